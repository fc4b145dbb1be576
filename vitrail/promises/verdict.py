"""The one function that makes the verdict of every control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from vitrail.exports.canonical import CANONICAL
from vitrail.model import Control, ProofKind, Verdict
from vitrail.promises.tally import Loose, Tally

#: More undecidable cases than this share of all, and a clean rest proves nothing.
UNDECIDABLE_SHARE: Final = 0.01

#: From this rate on, or in this many calendar months, breaches are systemic and not isolated.
SYSTEMIC_RATE: Final = 0.01
SYSTEMIC_MONTHS: Final = 3

#: Standard normal quantile of a two-sided 95 % interval.
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the clause that says why this one."""

    verdict: Verdict
    reason: str


def judge(
    control: Control, missing: Sequence[str], tally: Tally, asof: date | None = None
) -> Judgement:
    """The verdict on a control, from what it lacks and what it counted: the first rule that holds.

    Zero violations of zero are NOT TESTED, whatever else is true. On a day ``asof`` before all that
    was counted nothing can have been kept yet.
    """
    made = (rule(control, missing, tally) for rule in _RULES)
    kept = Judgement(Verdict.PASS, _kept(control, tally.cases("undecidable")))
    judgement = next((one for one in made if one is not None), kept)
    if judgement.verdict in (Verdict.PASS, Verdict.WARN) and _lies_ahead(tally, asof):
        ahead = "all that was counted is later than the day asked for"
        return Judgement(Verdict.INCONCLUSIVE, ahead)
    return judgement


def _lies_ahead(tally: Tally, asof: date | None) -> bool:
    first = tally.covered[0]
    return asof is not None and first is not None and first.date() > asof


def pattern(tally: Tally) -> str | None:
    """Whether breaches are ``isolated`` or ``systemic``; None without any."""
    fails = tally.cases("fail")
    if not fails:
        return None
    often = fails >= SYSTEMIC_RATE * tally.denominator and fails > 1
    return "systemic" if often or tally.months >= SYSTEMIC_MONTHS else "isolated"


def wilson(found: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a rate (Wilson 1927, JASA 22:209)."""
    rate, z2 = found / of, _Z * _Z
    middle = (rate + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(rate * (1 - rate) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def untied(loose: Loose) -> str:
    """How many rows of a table are tied to nobody."""
    return f"{loose.rows:,} of {loose.of:,} rows of {loose.table} can be tied to nobody"


# --- the rules, in the order in which they are asked ------------------------------------------


def _exports_cannot_say(control: Control, _: Sequence[str], __: Tally) -> Judgement | None:
    if control.kind is not ProofKind.NONE:
        return None
    return Judgement(Verdict.NOT_PROVABLE, "exports cannot say whether this was kept")


def _something_is_missing(_: Control, missing: Sequence[str], __: Tally) -> Judgement | None:
    """Without a table or column nothing is tested; rows without time or link decide nothing."""
    lacking = [name for name in missing if not _is_time_or_link(name)]
    if any(name.startswith("scan_") for name in lacking):
        return Judgement(Verdict.NOT_TESTED, "no scan has read these exports")
    if lacking:
        return Judgement(Verdict.NOT_TESTED, f"the exports hold no {_list(lacking)}")
    if missing:
        reason = f"the exports hold the rows but no {_list(missing)}"
        return Judgement(Verdict.INCONCLUSIVE, reason)
    return None


def _broken(_: Control, __: Sequence[str], tally: Tally) -> Judgement | None:
    if not tally.cases("fail"):
        return None
    return Judgement(Verdict.FAIL, f"{_words(tally, 'fail')}; {pattern(tally)}")


def _nothing_examined(control: Control, _: Sequence[str], tally: Tally) -> Judgement | None:
    if tally.denominator:
        return None
    if tally.cases("undecidable"):
        return Judgement(Verdict.INCONCLUSIVE, _words(tally, "undecidable"))
    said = dict(control.reasons)["nothing"].rstrip(".")
    said = said[0].lower() + said[1:]
    return Judgement(Verdict.NOT_TESTED, f"there was nothing to examine: {said}")


def _awaits_a_look(_: Control, __: Sequence[str], tally: Tally) -> Judgement | None:
    return Judgement(Verdict.WARN, _words(tally, "warn")) if tally.cases("warn") else None


def _followed_into_nothing(_: Control, __: Sequence[str], tally: Tally) -> Judgement | None:
    """Nothing was found where nobody could be: rows of a table that are tied to nobody."""
    if not tally.loose:
        return None
    return Judgement(Verdict.INCONCLUSIVE, ", ".join(map(untied, tally.loose)))


def _too_much_unsettled(_: Control, __: Sequence[str], tally: Tally) -> Judgement | None:
    unsettled = tally.cases("undecidable")
    if unsettled <= UNDECIDABLE_SHARE * (tally.denominator + unsettled):
        return None
    return Judgement(Verdict.INCONCLUSIVE, _words(tally, "undecidable"))


def _can_only_refute(control: Control, _: Sequence[str], __: Tally) -> Judgement | None:
    if control.kind is not ProofKind.REFUTES:
        return None
    return Judgement(Verdict.NOT_PROVABLE, "nothing was found against it, and absence is no proof")


_RULES: Final = (
    _exports_cannot_say,
    _something_is_missing,
    _broken,
    _nothing_examined,
    _awaits_a_look,
    _followed_into_nothing,
    _too_much_unsettled,
    _can_only_refute,
)


def _is_time_or_link(name: str) -> bool:
    """Whether ``table.column`` is a time, or what ties a row to a person or another row."""
    table, _, column = name.partition(".")
    if not column or table not in CANONICAL:
        return False
    kind = CANONICAL[table].view_columns.get(column, "")
    return kind.startswith(("TIMESTAMP", "DATE")) or column.endswith(("_id", "_key"))


def _words(tally: Tally, level: str) -> str:
    return ", ".join(f"{c.cases:,} {c.words}" for c in tally.counted if c.level == level)


def _kept(control: Control, undecidable: int) -> str:
    notes = ["no case against it"]
    if undecidable:
        notes.append(f"{undecidable:,} could not be settled")
    if control.kind is ProofKind.LOG:
        notes.append("as good as the log that was kept by hand")
    return ", ".join(notes)


def _list(names: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *head, tail = names
    return f"{', '.join(head)} or {tail}" if head else tail
