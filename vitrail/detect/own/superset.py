r"""A user's regex as one over UTF-8 bytes that Hyperscan takes and that matches wherever it does.

Two engines that read the same regex differ in hundreds of small ways: what ``\w`` is, which
letters are each other's capitals, what ``{,3}`` means. So the regex is parsed by Python, and
written anew from its parts: ASCII characters as they are, any other as "some character beyond
ASCII", assertions left out, repeats cut short. What comes out matches at least wherever the
original does, in any text; what it calls, the original judges.

None where Python cannot parse it (it knows less than the ``regex`` package) or where nothing is
left to look for; then the recogniser looks at every cell.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

_MOST_REPEATS: Final = 16
"""Counted repeats of more are cut to this many or more: they make large automata."""

_KNOWN_FLAGS: Final = int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.UNICODE)
#: What Python reads as plain characters and the ``regex`` package does not: errors allowed in a
#: match (``{e<=1}``) and POSIX classes.
_OTHER_SYNTAX: Final = re.compile(r"\{[^{}]*[esid<]|\[:")

_ANYTHING: Final = r"[\x00-\xff]*"
_BEYOND: Final = r"[\xc2-\xf4][\x80-\xbf]{1,3}"
#: ASCII letters that have partners beyond ASCII: ı İ, ſ, and the Kelvin sign.
_PARTNERS: Final = frozenset("iIsSkK")
#: Blanks to Python, none to the ``regex`` package.
_SEPARATORS: Final = frozenset("\x1c\x1d\x1e\x1f")
_ASSERTIONS: Final = frozenset({c.AT, c.ASSERT, c.ASSERT_NOT})
_ASCII: Final = tuple(chr(n) for n in range(128))


def superset(regex: str, flags: int) -> str | None:
    """The wider regex over bytes, without flags of its own; None where there is none."""
    if flags & ~_KNOWN_FLAGS or _OTHER_SYNTAX.search(regex):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # on sets in sets, which are not meant
            parsed = parser.parse(_without_properties(regex), flags)
    except (re.error, ValueError, OverflowError, RecursionError):
        return None
    written, least = _sequence(parsed, parsed.state.flags, outermost=True)
    return written if least else None


def _without_properties(regex: str) -> str:
    r"""``\p{L}`` and its like, which Python does not know, as any character."""
    parts, inside = [], None
    for part in _PART.findall(regex):
        if inside is None and part[0] == "[":
            inside = part.startswith("[^")
        elif part == "]":
            inside = None
        # Left out of a class that negates it, such a class lets more through.
        parts.append(_ANY[inside] if part[:2] in {r"\p", r"\P"} else part)
    return "".join(parts)


#: An escape, the beginning of a class with a ``]`` that belongs to it, any other character.
_PART: Final = re.compile(r"\\[pP]\{\^?\w+(?:[=:]\w+)?\}|\\.|\[\^?\]?|.", re.DOTALL)
_ANY: Final = {None: r"[\s\S]", False: r"\s\S", True: r"\U0010ffff"}


def _sequence(items: Iterable[Any], flags: int, *, outermost: bool = False) -> tuple[str, int]:
    """(regex, least number of bytes that it takes)."""
    parts = [item for item in items if item[0] not in _ASSERTIONS]
    written, least = [], 0
    for number, item in enumerate(parts):
        # What may follow the last needed character only adds to the ends that are reported.
        edge = outermost and number in {0, len(parts) - 1}
        text, size = _item(item, flags, shortest=edge)
        written.append(text)
        least += size
    return "".join(written), least


def _item(item: Any, flags: int, *, shortest: bool) -> tuple[str, int]:
    kind, argument = item
    if kind in {c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN}:
        return _character(kind, argument, flags), 1
    if kind in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
        low, high, inner = argument
        return _repeat(low, high, inner, flags, shortest=shortest)
    if kind is c.SUBPATTERN:
        _, on, off, inner = argument
        return _either([inner], (flags | on) & ~off)
    if kind in _ALTERNATIVES:
        return _either(_ALTERNATIVES[kind](argument), flags)
    return _ANYTHING, 0  # a back-reference


_ALTERNATIVES: Final[dict[Any, Callable[[Any], list[Any]]]] = {
    c.ATOMIC_GROUP: lambda argument: [argument],
    c.BRANCH: lambda argument: argument[1],
    c.GROUPREF_EXISTS: lambda argument: [argument[1], argument[2] or []],
}


def _either(options: Iterable[Any], flags: int) -> tuple[str, int]:
    written = [_sequence(option, flags) for option in options]
    return "(?:" + "|".join(text for text, _ in written) + ")", min(n for _, n in written)


def _repeat(low: int, high: Any, inner: Any, flags: int, *, shortest: bool) -> tuple[str, int]:
    text, least = _sequence(inner, flags)
    low_kept = min(int(low), _MOST_REPEATS)
    if shortest:
        return (f"(?:{text}){{{low_kept}}}", least * low_kept) if low_kept else ("", 0)
    unbounded = high is c.MAXREPEAT or high > _MOST_REPEATS or low > _MOST_REPEATS
    return f"(?:{text}){{{low_kept},{'' if unbounded else int(high)}}}", least * low_kept


def _character(kind: Any, argument: Any, flags: int) -> str:
    r"""One character: the ASCII ones that fit, and any beyond ASCII where one may."""
    fits = [letter for letter in _ASCII if _fits(letter, kind, argument, flags)]
    beyond = (
        kind is not c.LITERAL
        or argument > 127
        or bool(flags & re.IGNORECASE and not _PARTNERS.isdisjoint(fits))
    )
    ascii_class = "[" + "".join(f"\\x{ord(letter):02x}" for letter in fits) + "]" if fits else ""
    options = [ascii_class] * bool(fits) + [_BEYOND] * beyond
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def _fits(letter: str, kind: Any, argument: Any, flags: int) -> bool:
    forms = {letter}
    if flags & re.IGNORECASE:
        forms |= {letter.lower(), letter.upper()}
    if kind is c.ANY:
        return bool(flags & re.DOTALL) or letter != "\n"
    if kind is c.LITERAL:
        return any(ord(form) == argument for form in forms) or (
            argument > 127 and bool(flags & re.IGNORECASE) and letter in _PARTNERS
        )
    if kind is c.NOT_LITERAL:
        return ord(letter) != argument or len(forms) > 1
    return _in_class(forms, argument, flags)


def _in_class(forms: set[str], members: Any, flags: int) -> bool:
    """Whether any writing of the letter may be in the class; in doubt it is."""
    negated = any(kind is c.NEGATE for kind, _ in members)
    if not _SEPARATORS.isdisjoint(forms) and any(kind is c.CATEGORY for kind, _ in members):
        return True
    inside = {form: any(_member(form, kind, value) for kind, value in members) for form in forms}
    if negated:
        return not all(inside.values())
    folded = bool(flags & re.IGNORECASE) and any(form in _PARTNERS for form in forms)
    wide = any(
        (kind is c.LITERAL and value > 127) or (kind is c.RANGE and value[1] > 127)
        for kind, value in members
    )
    return any(inside.values()) or (folded and wide)


def _member(form: str, kind: Any, value: Any) -> bool:
    code = ord(form)
    if kind is c.LITERAL:
        return bool(code == value)
    if kind is c.RANGE:
        return bool(value[0] <= code <= value[1])
    if kind is c.CATEGORY:
        return re.match(_CATEGORIES[value], form) is not None
    return False


_CATEGORIES: Final = {
    c.CATEGORY_DIGIT: r"\d", c.CATEGORY_NOT_DIGIT: r"\D",
    c.CATEGORY_SPACE: r"\s", c.CATEGORY_NOT_SPACE: r"\S",
    c.CATEGORY_WORD: r"\w", c.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
