"""The last check: how many promises hold, and which do not, in one quiet list."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.kept_height import kept_height
from vitrail.model import Assessment, Verdict
from vitrail.translation import _, moment, ngettext, number, retold
from vitrail.ui.anatomy import chips, empty
from vitrail.ui.entrance import workspace
from vitrail.ui.palette import both
from vitrail.ui.plain_text import hypertext
from vitrail.ui.run_reports import check_reports
from vitrail.ui.settings_view import unapproved_notice
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.verdicts import ORDER, VERDICTS, verdict_word
from vitrail.workspace import CheckRun

_LINE: Final = (
    "display:flex;flex-wrap:wrap;gap:0.2rem 0.9rem;padding:0.65rem 0.2rem;align-items:baseline;"
    "border-top:1px solid color-mix(in srgb,currentColor 14%,transparent)"
)
_BADGE: Final = "flex:0 0 8.6rem;font-size:0.82rem;font-weight:600;color:{tone};white-space:nowrap"


def last_check() -> CheckRun:
    """The last check, with the button for a new one; where there is none yet, how to make one."""
    run = workspace().latest_check()
    if run is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            chips((
                _("policy {version}", version=run.policy.version),
                _("tested {at} UTC", at=moment(run.at)),
                ngettext("{count} control", "{count} controls", len(run.assessments)),
                run.id,
            ))  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        unapproved_notice()
        if st.button(_("Test the promises now"), icon=":material/play_arrow:", key="check"):
            with st.spinner(_("Testing each promise against the exports…")):
                workspace().check()
            st.rerun()
        if run is not None:
            check_reports(run)
    if run is None:
        empty("No promise tested yet", "A check holds each clause of the policy against the "
              "exports. Press the button above, or run:", "vitrail check")  # fmt: skip
        st.stop()
    return run


def verdict_tiles(run: CheckRun) -> None:
    """How many of each verdict, the broken first; never a percentage of compliance."""
    shown = []
    for verdict, look in VERDICTS.items():
        count = sum(a.verdict is verdict for a in run.assessments)
        shown.append(Tile(verdict_word(verdict), number(count), quiet=not count, tone=look.tone))
    tiles(shown, width=138)


def unkept(run: CheckRun) -> None:
    """Each promise that is broken, stale or unsettled, one line each, the worst first."""
    lines = sorted(
        (a for a in run.assessments if a.verdict is not Verdict.PASS or a.stale),
        key=lambda a: (ORDER[a.verdict], -a.severity.rank, a.control),
    )
    if lines:
        with st.container(key=kept_height("unkept", len(lines))):
            st.html(f'<div class="vitrail-unkept">{"".join(map(_line, lines))}</div>')
    else:
        st.caption(_("✓ Every promise that was tested holds."))


def _line(assessment: Assessment) -> str:
    stale = f" {_('◷ STALE')}" if assessment.stale else ""
    tone = both(VERDICTS[assessment.verdict].tone)
    word = f"{verdict_word(assessment.verdict)}{stale}"
    badge = f'<span style="{_BADGE.format(tone=tone)}">{word}</span>'
    small = f'style="font-size:0.84rem;color:{both("mute")}"'
    return (
        f'<div style="{_LINE}">{badge}'
        f'<div style="flex:1 1 20rem"><div><b>{hypertext(_(assessment.title))}</b></div>'
        f"<div>{hypertext(finding_of(assessment))}</div>"
        f"<div {small}>{hypertext(assessment.control)} · {sections(assessment.section)} · "
        f"{_(assessment.severity.value)} · {hypertext(retold(assessment.scope))}</div></div></div>"
    )


def finding_of(assessment: Assessment) -> str:
    """The assessment's sentence without its scope, which stands beside it."""
    found = assessment.sentence.removeprefix(f"In {assessment.scope}, ")
    told = retold(found)
    if told == found:  # what was counted, then what is still open, each a template of its own
        told = "; ".join(map(_part, found.removesuffix(".").split("; "))) + "."
    return told[:1].upper() + told[1:]


def _part(words: str) -> str:
    """``12 awaiting review``: a number and a word of the control's."""
    count, _space, rest = words.partition(" ")
    told = retold(words)
    return f"{count} {retold(rest)}" if told == words else told


def sections(section: str) -> str:
    """``section 6`` or ``sections 3, 4``."""
    which = section.removeprefix("§").strip()
    if "," in which:
        return _("sections {numbers}", numbers=which)
    return _("section {number}", number=which)
