"""The words of each language, made into patterns once a process.

``words/<language>.yaml`` holds them; ``words/schools.yaml`` the stages of schools by country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from vitrail.detect.minors.dates import WRITTEN

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "nl", "pt")
_WORDS: Final = Path(__file__).parent / "words"
_FIGURES: Final = r"(?<![\d.,:/+#-])\d{1,2}(?![\d%]|[.,:/]\d|\+)"
_ENDINGS: Final = r"(?:st|nd|rd|th|\.?[º°ª]|\.|e|ste|de|è?me|esim[oa])"
_OVER: Final = r"(?=[ ]?(?:$|[.!?;)\n…]|,(?! ?\d)|[:;]-?[)(DP]|[^\w\s.,;:/%€$'’\"«»&+<>*#°ºª-]|"


#: What may follow a number in words: "sechzehnjährig", "sixteen-year-old", not "sixteenfold".
_WHOLE: Final = (
    r"(?:(?=einhalb|j[aä]hr(?!e)|jarig)|(?=-(?:years?|j[aä]hr|jarig))|(?![\w-]|[ -]years? later))"
)
#: What else may follow one that is only mentioned: "dodicenne", "quinceañera", "zehndreiviertel".
_JOINED: Final = r"(?=enn[ei]|anera|dreiviertel|eneen ?half|enhalf)"
#: A number behind a letter for the sex: "m17", "f/15".
_SEXED: Final = r"(?:(?<=\b[mfhvw])|(?<=\b[mfhvw]/))\d\d(?![\w%]|[.,:/]\d|\+)"
#: What a year in words begins with; the rest is an age's word.
_MILLENNIUM: Final = (
    r"(?:duemila|zweitausend(?:und)?|tweeduizend(?:en)?"
    r"|(?:deux mille|dos mil|dois mil(?: e)?|two thousand(?: and)?|twenty)[ -])"
)
#: Of one kind: a language's own, and the shapes that hold in all; each is looked for by itself.
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Language:
    """How one language speaks of age.

    ``numbers``: the ages that it writes in words.
    """

    numbers: Mapping[str, int]
    number: re.Pattern[str]
    mentioned: re.Pattern[str]
    year: re.Pattern[str]
    now: Patterns
    soon: Patterns
    below: Patterns
    grown: Patterns
    noted: Patterns
    born: Patterns
    labelled: Patterns
    infant: Patterns
    minor: Patterns
    parents: Patterns
    before: re.Pattern[str]
    after: re.Pattern[str]
    people: re.Pattern[str]
    mine: re.Pattern[str]
    past: re.Pattern[str]
    bygone: re.Pattern[str]
    telling: re.Pattern[str]
    holder: Patterns
    others: re.Pattern[str]
    speaker: re.Pattern[str]
    at: re.Pattern[str]
    unit: re.Pattern[str]


@cache
def language(code: str) -> Language:
    """The patterns of a language of :data:`LANGUAGES`: they take long to make."""
    said = read(code)
    numbers, ordinals = (_ages(said[key]) for key in ("numbers", "ordinals"))
    written, nth = ("|".join(sorted(words, key=len, reverse=True)) for words in (numbers, ordinals))
    slots = {
        "{nth}": rf"(?:\d{{1,2}} ?{_ENDINGS}|{nth}|(?:{written})(?:ten?|de|ste)?)",
        "{n}enne": rf"(?:\d{{1,2}}|{written})enne",
        "{f}": r"\d{1,2}(?![\d/])",
        "{n}": rf"(?:{_FIGURES}|(?<![\w-])(?:{written}){_WHOLE})",
        "{w}": rf"(?:{written})",
        "{date}": WRITTEN,
        "{yy}": r"(?:0[5-9]|1\d)",
        "{end}": rf"{_OVER}(?:{said['end']}|{read('frames')['chat']})\b))",
    }
    own = {f"{{{name}}}": rf"(?:{words})" for name, words in said["slots"].items()}
    frames = {key: lines.splitlines() for key, lines in read("frames").items()}
    lists = {
        key: tuple(
            _either(lines, own | slots)
            for lines in (said.get(key, "").splitlines(), frames.get(key, ()))
            if lines
        )
        for key in _LISTS
    }
    return Language(
        numbers=ordinals | numbers,
        number=compiled(rf"\d{{1,2}}|{nth}|{written}"),
        mentioned=compiled(
            rf"(?<![^\W\d]){_FIGURES}|{_SEXED}|(?<![\w-])(?:{nth}|{written})(?:{_WHOLE}|{_JOINED})"
        ),
        year=compiled(rf"(?<!\w){_MILLENNIUM}(?:{written})(?!\w)"),
        before=re.compile(said["before"], re.I),
        after=re.compile(said["after"], re.I),
        people=re.compile(said["people"], re.I),
        mine=re.compile(said["mine"], re.I),
        past=re.compile(said["past"], re.I),
        bygone=re.compile(said["bygone"], re.I),
        telling=re.compile(said["telling"], re.I),
        others=re.compile(said["others"], re.I),
        speaker=_speaker(said),
        at=compiled(rf"\W*(?!as\b|als\b|being\b)(?:{said['slots']['at']})(?!\w)"),
        unit=compiled(rf" ?(?:{said['slots']['unit']})\b"),
        **lists,
    )


def heard(code: str) -> str:
    """A language's words, without one of which no pattern of it has anything to find."""
    said = read(code)
    words = [said["slots"][slot] for slot in _HEARD] + [said["mine"]]
    words += [rf"(?:{said['slots']['from']}) ?(?-i:[A-Z])\w*", *_HEARD_BEHIND]
    return folded("|".join(words))


@cache
def kin() -> re.Pattern[str]:
    """Others of the writer's family, in whatever language."""
    return re.compile(read("frames")["kin"], re.I)


@cache
def unreal() -> re.Pattern[str]:
    """What would have been, in whatever language: "as a 15 year old I'd have loved it"."""
    return re.compile(read("frames")["unreal"], re.I)


def _speaker(said: Mapping[str, Any]) -> re.Pattern[str]:
    words = "|".join(said["slots"][slot] for slot in ("self", "have", "iam", "first", "atmy"))
    return compiled(rf"(?<![\w])(?:{words})(?![\w])")


#: What speaks of age in whatever language: "15-jährige", "recién cumplidos".
_HEARD_BEHIND: Final = (r"\d ?-?(?:ja?hrige?|jarige?)\w*", "recien", r"[a-z0-9]+enne")
_HEARD: Final = (
    "wehave", "having", "atmy", "seek", "weare", "celebrating", "millennium", "mychild",
    "being", "formyself",
    "self", "first", "unit", "age", "have", "iam", "person", "greeting", "closing", "customer",
    "bornword", "bornlabel", "bornyear", "iborn", "birthday", "howold", "turning",
)  # fmt: skip


def folded(text: str) -> str:
    """A text without accents, of the same length: people leave them out, and put wrong ones.

    What takes a statement away is read with them: *él* is he, *el* is the.
    """
    return text if text.isascii() else text.translate(_FOLDED)


_FOLDED: Final = str.maketrans(
    "àáâãäåèéêëìíîïòóôõöùúûüýÿñçÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜÝÑÇ",
    "aaaaaaeeeeiiiiooooouuuuyyncAAAAAAEEEEIIIIOOOOOUUUUYNC",
)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for folded text, of whatever case."""
    return re.compile(folded(pattern), re.I | re.M)


_LISTS: Final = (
    "now",
    "soon",
    "below",
    "grown",
    "noted",
    "born",
    "labelled",
    "infant",
    "minor",
    "parents",
    "holder",
)


#: "15ans" is written as often as "15 ans".
_CLOSE: Final = re.compile(r"\{n\} (?=\(?(?:\?:)?(?:ans?|anni|años|anos|jaar|jahre)\b)")

#: What must follow a number's stem inside a word.
_ALONE: Final = re.compile(r"\(\?=\w+\)")


def age_in(words: Language, text: str) -> int | None:
    """The last age in a text, in figures or words; None where there is none."""
    ages = [match[0].casefold() for match in words.number.finditer(text)]
    if not ages:
        return None
    found = ages[-1]
    if found.isdigit():
        return int(found)
    return next(
        (
            n
            for w, n in words.numbers.items()
            if re.match(folded(_ALONE.sub("", w)) + r"\Z", found, re.I)
        ),
        None,
    )


def _ages(said: Mapping[int, str]) -> dict[str, int]:
    return {word: age for age, words in said.items() for word in words.split("|")}


def _either(lines: list[str], slots: Mapping[str, str]) -> re.Pattern[str]:
    return compiled("|".join(filled(lines, slots)))


def filled(lines: Iterable[str], slots: Mapping[str, str]) -> Iterator[str]:
    """Patterns with their slots filled; each begins where a word does."""
    for line in lines:
        line = _CLOSE.sub("{n} ?", line)  # noqa: PLW2901
        for slot, pattern in (*slots.items(), *slots.items()):  # a slot's words may have slots
            line = line.replace(slot, pattern)  # noqa: PLW2901 - slots are filled one by one
        yield rf"(?:{line})" if line.startswith(("^", "(", r"\b")) else rf"(?:(?<!\w){line})"


@cache
def read(name: str) -> Mapping[str, Any]:
    """The document ``words/<name>.yaml``."""
    text = (_WORDS / f"{name}.yaml").read_text("utf-8")
    return dict(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506
