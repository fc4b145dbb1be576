"""What a trace came to: by dataset and column, with what can be taken away of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Timer
from typing import Final

import streamlit as st

from vitrail.errors import UsageError
from vitrail.trace import Place, Trace
from vitrail.translation import _, ngettext, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell
from vitrail.ui.scan_words import size
from vitrail.ui.trace_form import TraceRequest
from vitrail.ui.unread import lost

#: How long a package waits in memory to be taken, in seconds.
KEPT: Final = 900.0
_KEY: Final = "traced"


@dataclass
class Outcome:
    """A trace, which tells no value, and the file made of it, which may hold a person's data."""

    trace: Trace
    words: str
    standings: Sequence[tuple[Place, str, str]] = ()
    file: bytes | None = None
    name: str = ""
    mime: str = "application/zip"

    def forget(self) -> None:
        self.file = None


def look(request: TraceRequest | None) -> Outcome | None:
    """Trace what the form asks for; the last outcome of this session where it asks nothing."""
    if request is not None:
        forget()
        with st.spinner(_("Looking through every export…")):
            outcome = _traced(request)
        timer = Timer(KEPT, outcome.forget)
        timer.daemon = True
        timer.start()
        st.session_state[_KEY] = outcome
    held = st.session_state.get(_KEY)
    return held if isinstance(held, Outcome) else None


def forget() -> None:
    """Forget the last outcome, file and all."""
    held = st.session_state.pop(_KEY, None)
    if isinstance(held, Outcome):
        held.forget()


def _traced(request: TraceRequest) -> Outcome:
    case, reason = request.case, request.reason
    if request.use == "package":
        if request.each:
            raise UsageError("A package is of one person.", "Untick “each line”.")
        made, file = workspace().access_archive(
            request.lines, case=case, reason=reason, names=request.names
        )
        words = _("Read it before you hand it over: others in it are masked where they were known.")
        return Outcome(made.trace, words, file=file, name="vitrail-access-package.zip")
    if request.use == "proof":
        from vitrail.workspace.package_archive import zipped  # it loads the detection

        proof = workspace().deletion_proof(
            request.lines, case=case, reason=reason, each=request.each
        )
        return Outcome(
            proof.trace,
            _("{verdict} as of {day}.", verdict=_(proof.verdict.value), day=proof.as_of),
            proof.standings,
            zipped(proof.folder), f"vitrail-{proof.folder.name}.zip",
        )  # fmt: skip
    found = workspace().trace(request.lines, case=case, reason=reason, each=request.each)
    document = json.dumps(found.to_json(), ensure_ascii=False, indent=1).encode()
    return Outcome(found, "", file=document, name="vitrail-trace.json", mime="application/json")


def trace_result(outcome: Outcome) -> None:
    """Where the person is, one row a column; shapes and keyed row names, never a value."""
    trace = outcome.trace
    if trace.unread:
        lost(trace.unread, _("could not be read: of these nothing is said"))
    rows = len({(p.dataset, p.table, p.row) for p in trace.places})
    exports = len({p.dataset for p in trace.places})
    found = _(
        "Found in {rows} of {exports}",
        rows=ngettext("{count:,} row", "{count:,} rows", rows),
        exports=ngettext("{count:,} export", "{count:,} exports", exports),
    )
    looked = _(
        "Looked through {datasets}, {size}, in {seconds:.1f} s.",
        datasets=ngettext("{count:,} dataset", "{count:,} datasets", trace.datasets),
        size=size(trace.bytes),
        seconds=trace.seconds,
    )
    st.markdown(f"**{found if trace.places else _('Found nowhere')}.** {looked} {outcome.words}")
    if trace.places:
        st.dataframe(_table(outcome), hide_index=True)
    with st.container(horizontal=True, gap="small"):
        if outcome.file is not None:
            st.download_button(
                _("Download {form}", form=outcome.name.rpartition(".")[2].upper()),
                outcome.file, outcome.name,
                outcome.mime, icon=":material/download:", on_click="ignore", key="trace-download",
            )  # fmt: skip
        st.button(_("Forget this result"), icon=":material/delete:", key="trace-forget",
                  on_click=forget)  # fmt: skip


def _table(outcome: Outcome) -> list[dict[str, object]]:
    standing = {id(place): (how, ground) for place, how, ground in outcome.standings}
    counts: Counter[tuple[str, ...]] = Counter()
    for place in outcome.trace.places:
        how, ground = standing.get(id(place), ("", ""))
        sure = _("yes") if place.certain else _("one of that name")
        at = (place.dataset, place.table or "", place.column)
        found = (_(place.kind), _(place.how), place.masked)
        counts[(*at, *found, sure, _(how), retold(ground))] += 1
    heads = [_("dataset"), _("table"), _("column"), _("what"), _("found by"), _("looks like"),
             _("certain")]  # fmt: skip
    if outcome.standings:
        heads += [_("standing"), _("ground")]
    return [
        {**{h: cell(t) for h, t in zip(heads, key, strict=False)}, _("places"): count}
        for key, count in sorted(counts.items())
    ]
