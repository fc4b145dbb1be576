"""What an assessment says in words: a sentence for the board, a paragraph for a lawyer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from vitrail.model import Control, ProofKind, Verdict
from vitrail.promises.verdict import Judgement, untied

if TYPE_CHECKING:
    from vitrail.promises.tally import Tally

#: Levels that the verdict's own reason may leave unsaid.
_OPEN: Final = ("warn", "undecidable", "unexamined")

_PROOF: Final = {
    ProofKind.PROVES: "The data can show this promise kept as well as broken.",
    ProofKind.REFUTES: "The data can only refute this promise; finding nothing is no proof.",
    ProofKind.LOG: "This is only as good as a log that is kept by hand.",
    ProofKind.NONE: "Exports cannot say whether this promise was kept.",
}


def board_sentence(control: Control, judgement: Judgement, tally: Tally, scope: str) -> str:
    """One sentence: what was looked at, how many of how many, and what is still open."""
    if judgement.verdict in (Verdict.NOT_TESTED, Verdict.NOT_PROVABLE):
        return f"{control.title}: {_PLAIN[judgement.verdict]}, for {judgement.reason}."
    if tally.denominator == 0:
        return f"{control.title}: inconclusive, for {judgement.reason}."
    return f"{_found(control, tally, scope)}{_still_open(tally)}."


def _found(control: Control, tally: Tally, scope: str) -> str:
    fails = tally.cases("fail")
    if tally.denominator == 1 and not fails:
        return f"In {scope}, none of the {control.unit}, of which there is one, {control.breach}"
    found, breach = f"{fails:,}" if fails else "none", _breach(control, fails)
    return f"In {scope}, {found} of {tally.denominator:,} {control.unit} {breach}"


def _breach(control: Control, fails: int) -> str:
    return control.breach_of_one if fails == 1 else control.breach


_PLAIN: Final = {Verdict.NOT_TESTED: "not tested", Verdict.NOT_PROVABLE: "not provable"}


def _still_open(tally: Tally) -> str:
    """The warnings, what could not be settled, and where nobody could be followed:
    ``; 12 awaiting review``."""
    parts = [f"{c.cases:,} {c.words}" for c in tally.counted if c.level == "warn"]
    if undecidable := tally.cases("undecidable"):
        parts.append(f"{undecidable:,} could not be settled")
    parts += map(untied, tally.loose)
    return "".join(f"; {part}" for part in parts)


def explanation(
    control: Control,
    judgement: Judgement,
    tally: Tally,
    parameters: Mapping[str, Any],
    interval: tuple[float, float] | None,
    pattern: str | None,
) -> str:
    """One paragraph: what was asked, what was counted, how sure it is, what it cannot say."""
    parts = [
        control.checks.format_map(parameters),
        _figures(control, tally, interval),
        *(f"{c.cases:,} {c.words}." for c in tally.counted if c.level in _OPEN),
        *(
            f"Beside this verdict: {c.cases:,} {c.words}."
            for c in tally.counted
            if c.level == "note"
        ),
        _when(tally, pattern),
        _PROOF[control.kind],
        f"Verdict: {judgement.verdict.value.replace('_', ' ')}, for {judgement.reason}.",
    ]
    return " ".join(part for part in parts if part)


def _figures(control: Control, tally: Tally, interval: tuple[float, float] | None) -> str:
    if tally.denominator == 0:
        return ""
    fails = tally.cases("fail")
    breach = _breach(control, fails)
    text = f"Of {tally.denominator:,} {control.unit}, {fails:,} {breach}"
    if interval is not None:
        low, high = interval
        text += "; "
        text += (
            f"they are a sample, and with 95 % confidence the rate among all is between "
            f"{100 * low:.3g} % and {100 * high:.3g} %"
        )
    return f"{text}."


def _when(tally: Tally, pattern: str | None) -> str:
    if pattern is None:
        return ""
    if tally.first is None or tally.last is None:
        return f"The breaches are {pattern}."
    if tally.first.date() == tally.last.date():
        return f"The breaches, on {day(tally.first)}, are {pattern}."
    return f"The breaches, from {day(tally.first)} to {day(tally.last)}, are {pattern}."


def scope(
    systems: tuple[int, int] | None,
    covered: tuple[datetime | None, datetime | None],
    asof: date,
) -> str:
    """``exports covering 8 of 11 systems, from 1 May 2024 to 20 November 2026``.

    Days by which something was due may lie after ``asof``; the exports do not reach there.
    """
    text = "the exports"
    if systems is not None:
        covering, registered = systems
        text = f"exports covering {covering:,} of {registered:,} systems"
    if covered[0] is None or covered[1] is None or covered[0].date() > asof:
        return text
    first, last = covered[0].date(), min(covered[1].date(), asof)
    if first == last:
        return f"{text}, for the one day {day(first)}"
    return f"{text}, from {day(first)} to {day(last)}"


def aged(system: str, days: int, allowed: int) -> str:
    """How much older a system's export is than the policy file lets it be."""
    return f"{system}: {days:,} days old, {allowed:,} allowed"


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
