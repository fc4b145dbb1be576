"""Text from data, shown as text: nothing in it is read backwards, moves a line or has no end.

A file's name or a column's may hold controls, marks that turn the direction of reading, or
megabytes. Escaping for HTML or Typst is the templates' own; what is done here is left to do then.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import bidirectional, category

from markupsafe import Markup

#: Marks that change the direction in which what follows is read (Unicode, UAX #9).
_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_UNSEEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
#: Keeps what stands beside it in the order of the page, where a name is read from the right.
_FORWARD: Final = "\u200e"
#: More characters than any reason or comment has; a cell of megabytes would stop the browser.
MOST: Final = 4_000
#: Longer names no page has room for, longer texts no person reads.
_NAME, _TEXT = 160, 20_000
_COVERED: Final = Path(__file__).parent / "fonts" / "covered.txt"


def plain(text: str) -> str:
    """The text with controls and marks of direction written out, on one line, never endless."""
    shown = text[:MOST]
    if not (shown.isascii() and shown.isprintable()):
        shown = "".join(_written_out(c) if _is_unseen(c) else c for c in shown)
    return shown + _more(len(text) - MOST)


def brief(text: str, most: int = _NAME) -> str:
    """The text in no more characters than that; what was cut is told by ``…``."""
    return text if len(text) <= most else text[: most - 1] + "…"


def named(*parts: str | None) -> str:
    """Where something stands, each part as it is called: ``crm.xlsx · Clients › email``.

    The last of three is a column. Parts that are None are left out; each is plain and brief, and
    none can turn the order of the others.
    """
    dataset, table, column = (*parts, None, None)[:3]
    told = [plain(brief(part)) for part in (dataset, table) if part]
    turned = _is_turned("".join(part or "" for part in parts))
    mark = _FORWARD if turned else ""
    place = f"{mark} · {mark}".join(told)
    return place if column is None else f"{place}{mark} › {mark}{plain(brief(column))}"


def harmless(text: str) -> str:
    """What becomes of any text of a report: lines stay, marks are written out, the end is near."""
    shown = text[:_TEXT]
    if not (shown.isascii() and shown.isprintable()):
        kept = {"\n", "\t", _FORWARD}
        shown = "".join(_written_out(c) if _is_unseen(c) and c not in kept else c for c in shown)
    return shown + _more(len(text) - _TEXT)


def _more(rest: int) -> str:
    return f"… ⟨{rest:,} characters more⟩" if rest > 0 else ""


def printable(value: Any) -> Any:
    """A document, each text in it harmless and without characters that the type does not have.

    What is markup already (a picture) keeps its length.
    """
    if isinstance(value, str):
        return _typeset(value if isinstance(value, Markup) else harmless(value))
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def _typeset(text: str) -> str:
    if text.isascii():
        return str(text)
    covered = _covered()
    return "".join(
        c if ord(c) in covered or c in ("\n", "\t", _FORWARD) else _written_out(c) for c in text
    )


def _is_unseen(character: str) -> bool:
    return character in _TURNING or category(character) in _UNSEEN


def _is_turned(text: str) -> bool:
    return not text.isascii() and any(bidirectional(c) in ("R", "AL") for c in text[:_TEXT])


def _written_out(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


@cache
def _covered() -> frozenset[int]:
    found: set[int] = set()
    for line in _COVERED.read_text("ascii").splitlines():
        if not line.startswith("#"):
            first, _, last = line.partition("-")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
