"""What goes along from one analysts' page to another: its time, its comparison, its filters.

Each page writes them its own way into its address; this reads and writes all four. What a page
cannot have (a filter that its facts do not know) it is not given, and the session keeps for the
next page that can. The address of a page always wins over what was carried.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vitrail.model import Span
from vitrail.ui.exploration import PERIODS
from vitrail.ui.periods import COMPARISONS, EVERYTHING, OWN, USUAL

Address = dict[str, list[str]]
#: The dimensions that a page filters by, each with the values to choose from.
Known = Mapping[str, Collection[str]]

#: The pages whose address this knows.
CARRYING: Final = ("trends", "campaigns", "audience", "explore")

_WEEKS: Final = {f"{n[0]} weeks": length for length, n in PERIODS.items() if n}
_MONTHS: Final = {f"{n[1]} months": length for length, n in PERIODS.items() if n}
#: Where a page of weeks or months begins with another length than most.
_USUAL: Final = {"campaigns": "12 months", "explore": "12 months"}
_TIMES: Final = ("from", "to", "weeks", "months", "period")


@dataclass(frozen=True, slots=True)
class CarriedScope:
    """The shared parts of a page's address; None and nothing where nothing was chosen."""

    time: str | Span | None = None
    comparison: str | None = None
    filters: tuple[tuple[str, str], ...] = ()


def read(page: str, address: Address, known: Known) -> CarriedScope:
    """The scope that a page shows by its address, with what is usual there."""
    usual = "nothing" if page == "explore" else COMPARISONS[0]
    named = _first(address, "compare")
    return CarriedScope(
        _time(page, address) or _usual(page, address),
        named if named in COMPARISONS else usual,
        tuple(pair for pair in _pairs(page, address) if pair[1] in known.get(pair[0], ())),
    )


def written(page: str, scope: CarriedScope, own: Address, known: Known) -> Address:
    """The address of a page with a scope; ``own`` is what is the page's alone."""
    address = dict(own)
    if isinstance(scope.time, Span):
        address |= {"from": [str(scope.time.first)], "to": [str(scope.time.last)]}
    if scope.time is not None:
        address |= _length(page, scope.time, own)
    if scope.comparison is not None:
        address["compare"] = [scope.comparison]
    held = [pair for pair in scope.filters if pair[1] in known.get(pair[0], ())]
    if page != "explore":
        return address | {name: [value] for name, value in held}
    return address | ({"where": [f"{name}={value}" for name, value in held]} if held else {})


def own_part(page: str, address: Address, known: Known) -> Address:
    """What of an address is the page's alone: its metric, its campaign, its question."""
    shared = {*_TIMES, "compare", "where"} | ({} if page == "explore" else known).keys()
    return {key: values for key, values in address.items() if key not in shared}


def after(
    page: str, address: Address, before: CarriedScope, own: Address, known: Known
) -> CarriedScope:
    """The scope to carry from a page that was reached with ``before`` and now has this address.

    What the page shows as it was carried stays as it was, so that weeks do not become months by
    passing a page of months; what was chosen on the page takes its place.
    """
    here = read(page, address, known)
    brought = read(page, written(page, before, own, known), known)
    passed = tuple(pair for pair in before.filters if pair not in brought.filters)
    chosen = {name for name, _value in here.filters}
    return replace(
        before,
        time=before.time if here.time == brought.time else here.time,
        comparison=before.comparison if here.comparison == brought.comparison else here.comparison,
        filters=(*here.filters, *(pair for pair in passed if pair[0] not in chosen)),
    )


def _time(page: str, address: Address) -> str | Span | None:
    if page == "explore":
        length = _first(address, "period")
        return _days(address) or (length if length in PERIODS else None)
    length = _first(address, "weeks" if _weekly(page, address) else "months") or ""
    if length == OWN:
        return _days(address)
    return length if length == EVERYTHING else {**_WEEKS, **_MONTHS}.get(length)


def _usual(page: str, address: Address) -> str:
    weeks = f"{USUAL['week']} weeks"
    return _WEEKS[weeks] if _weekly(page, address) else _USUAL.get(page, f"{USUAL['month']} months")


def _weekly(page: str, address: Address) -> bool:
    return page == "trends" and _first(address, "by") != "month"


def _length(page: str, time: str | Span, own: Address) -> Address:
    if page == "explore":
        return {} if isinstance(time, Span) else {"period": [time]}
    grain, lengths = ("weeks", _WEEKS) if _weekly(page, own) else ("months", _MONTHS)
    if isinstance(time, Span):
        return {grain: [OWN]}
    return {grain: [{v: k for k, v in lengths.items()}.get(time, time)]}


def _pairs(page: str, address: Address) -> list[tuple[str, str]]:
    if page == "explore":
        halves = [text.partition("=") for text in address.get("where", ())]
        return [(name, value) for name, _is, value in halves]
    return [(name, values[0]) for name, values in address.items() if values]


def _days(address: Address) -> Span | None:
    try:
        first, last = (date.fromisoformat(_first(address, key) or "") for key in ("from", "to"))
    except ValueError:
        return None
    return Span(first, last) if first <= last else None


def _first(address: Address, key: str) -> str | None:
    return next(iter(address.get(key, ())), None)
