"""A sentence that was made in English, told in the reader's language.

What a lower floor, another process or an earlier day has to say reaches a page as a finished
English sentence: an error, a release's note, a verdict. Its template is in the catalogue, so the
values in it can be found again and put in the told one. Where no template fits, it stays English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from string import Formatter
from typing import Final

from vitrail.translation.catalogue import catalogue
from vitrail.translation.figures import DAY, LONG_DAY, day, number
from vitrail.translation.speaking import SOURCE, language

_NUMBER: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+\.\d+")
_SENTENCES: Final = re.compile(r"(?<=[.!?:;]) ")
_DEEPEST: Final = 4
#: How many letters of its own a template of a lower floor has at least, and one of a page, which is
#: found again only where it is a whole sentence; with fewer signs, its values are single words.
_FEWEST, _SENTENCE, _WEAK = 2, 20, 8
_ARTICLE: Final = re.compile(r"^an? ")
_DAY: Final = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Template:
    shape: re.Pattern[str]
    begins: str
    told: str


def retold(sentence: str) -> str:
    """The sentence in the reader's language; one it has no template for as it is."""
    code = language()
    return sentence if code == SOURCE or not sentence else _retold(sentence, code, _DEEPEST)


def _retold(sentence: str, code: str, deep: int) -> str:
    plain, _shaped = _templates(code)
    head, _colon, rest = sentence.partition(": ")
    if rest in plain:  # a note under its own head
        return f"{head}\N{NO-BREAK SPACE}: {plain[rest]}"
    told = _whole(sentence, code, deep)
    if told is not None:
        return told
    parts = _SENTENCES.split(sentence)
    if len(parts) > 1:
        return " ".join(_whole(part, code, deep) or part for part in parts)
    return sentence


def _whole(sentence: str, code: str, deep: int) -> str | None:
    plain, templates = _templates(code)
    if sentence in plain:
        return plain[sentence]
    bare = _ARTICLE.sub("", sentence)
    if bare in plain:
        return plain[bare]
    alone = f"{sentence[:1].upper()}{sentence[1:]}."
    if alone in plain:  # a sentence that was put into another
        told = plain[alone].removesuffix(".")
        return f"{told[:1].lower()}{told[1:]}"
    for template in templates if deep else ():
        if sentence.startswith(template.begins) and (found := template.shape.fullmatch(sentence)):
            values = {k: _value(v, code, deep - 1) for k, v in found.groupdict().items()}
            return _filled(template.told, values)
    return None


def _value(value: str, code: str, deep: int) -> str:
    """Numbers and days as the language writes them; words that it knows; data as it is."""
    if (written := _day(value)) is not None:
        return written
    if _NUMBER.fullmatch(value):
        decimals = len(value.partition(".")[2])
        return number(float(value.replace(",", "")), f",.{decimals}f")
    return _retold(value, code, deep)


def _day(value: str) -> str | None:
    """A day that was written out in English, or for a machine."""
    if not _DAY.fullmatch(value):
        return None
    for shape, pattern in (("%Y-%m-%d", DAY), ("%d %b %Y", DAY), ("%d %B %Y", LONG_DAY)):
        try:
            return day(datetime.strptime(value, shape).date(), pattern)
        except ValueError:
            continue
    return None


def _filled(told: str, values: dict[str, str]) -> str:
    pieces = Formatter().parse(told)
    return "".join(text + (values.get(name, "") if name else "") for text, name, _, _ in pieces)


@lru_cache(maxsize=8)
def _templates(code: str) -> tuple[dict[str, str], tuple[_Template, ...]]:
    """Sentences without values, and the others: those with the most words of their own first."""
    plain: dict[str, str] = {}
    shaped: list[tuple[int, _Template]] = []
    read = catalogue(code)
    for english, told in read.pairs:
        pieces = list(Formatter().parse(english)) if "{" in english else []
        own = "".join(text for text, *_ in pieces)
        if not any(name for _, name, *_ in pieces):
            plain[english] = told
        elif sum(map(str.isalpha, own)) >= (_FEWEST if english in read.finished else _SENTENCE):
            shape = _shape(pieces, r".+?" if len(own) >= _WEAK else r"\S+?(?: %)?")
            shaped.append((len(own), _Template(shape, pieces[0][0], told)))
    shaped.sort(key=lambda one: -one[0])
    return plain, tuple(template for _, template in shaped)


def _shape(
    pieces: list[tuple[str, str | None, str | None, str | None]], value: str
) -> re.Pattern[str]:
    written, seen = "", set[str]()
    for text, name, _, _ in pieces:
        written += re.escape(text)
        if name:
            written += f"(?P={name})" if name in seen else f"(?P<{name}>{value})"
            seen.add(name)
    return re.compile(written, re.S)
