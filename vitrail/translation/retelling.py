"""A sentence that was made in English, told in the reader's language.

What a lower floor, another process or an earlier day has to say reaches a page as a finished
English sentence: an error, a release's note, a verdict. Its template is in the catalogue, so the
values in it can be found again and put in the told one. Where no template fits, it stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from string import Formatter
from typing import Final

from vitrail.translation.catalogue import catalogue
from vitrail.translation.figures import DAY, LONG_DAY, day, number
from vitrail.translation.speaking import SOURCE, language

_NUMBER: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+\.\d+")
_PERCENT: Final = re.compile(r"-?\d+%")
_SENTENCES: Final = re.compile(r"(?<=[.!?:;]) ")
_DEEPEST: Final = 4
#: How many letters of its own a template of a lower floor has at least, and one of a page, which is
#: found again only where it is a whole sentence; with fewer signs, its values are single words.
_FEWEST, _SENTENCE, _WEAK = 2, 20, 8
_ARTICLE: Final = re.compile(r"^an? ")
_NEXT_COUNT: Final = re.compile(r", (?=\d)")
_COUNTED: Final = re.compile(r"(\d{1,3}(?:,\d{3})*) (.+)", re.S)
#: How a sentence ends that goes on: marks that some languages set apart.
_MARKS: Final = {";": "{sentence};", ":": "{sentence}:"}
MARKS: Final = tuple(_MARKS.values())
#: Slots that hold names: data, whatever word of ours they are called like.
_NAMES: Final = frozenset(
    ("approved_by", "best", "label", "name", "name2", "parent", "proposed_by", "table", "who")
)
_DAY: Final = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Template:
    shape: re.Pattern[str]
    begins: str
    told: str
    sentences: int


def retold(sentence: str) -> str:
    """The sentence in the reader's language; one it has no template for as it is."""
    code = language()
    return sentence if code == SOURCE or not sentence else _retold(sentence, code, _DEEPEST)


def _retold(sentence: str, code: str, deep: int) -> str:
    plain, templates = _templates(code)
    head, _colon, rest = sentence.partition(": ")
    if _is_sentence(rest) and rest in plain and sentence not in plain:  # a note under its head
        return f"{head}\N{NO-BREAK SPACE}: {plain[rest]}"
    parts = _SENTENCES.split(sentence)
    if len(parts) == 1 or sentence in plain:
        return _whole(sentence, code, deep) or sentence
    surely = (one for one in templates if _is_all_of(one, sentence))
    told = _by_template(sentence, surely, code, deep)
    return told or " ".join(_in_runs(parts, code, deep))


def _is_sentence(words: str) -> bool:
    """A word or two may be anybody's."""
    return words.endswith((".", "!", "?")) or sum(map(str.isalpha, words)) >= _SENTENCE


def _is_all_of(template: _Template, sentence: str) -> bool:
    """Whether it begins in the template's words and is one sentence, whatever is said in it."""
    begun = len(template.begins) >= _WEAK and sentence.startswith(template.begins)
    found = template.shape.fullmatch(sentence) if begun else None
    return found is not None and not any(". " in value for value in found.groups())


def _in_runs(parts: list[str], code: str, deep: int) -> Iterator[str]:
    """Each sentence told, or as many of them together as one template has."""
    at = 0
    while at < len(parts):
        told, ends = parts[at], at + 1
        for end, longer in _runs(at, len(parts)):
            run = " ".join(parts[at:end])
            if (found := _several(run, end - at, code, deep, longer=longer)) is not None:
                told, ends = found, end
                break
        yield told
        at = ends


def _runs(at: int, end: int) -> Iterator[tuple[int, bool]]:
    """Ends of runs, the longest first, then those whose values hold sentences; one at last."""
    for longer in (False, True):
        yield from ((n, longer) for n in range(end, at + 1, -1))
    yield at + 1, False


def _several(run: str, many: int, code: str, deep: int, *, longer: bool) -> str | None:
    """``many`` sentences by one template that has as many, or where ``longer`` fewer."""
    if many == 1:
        if deep == _DEEPEST and not _is_sentence(run) and run[-1:] not in _MARKS:
            return None
        mark = _MARKS.get(run[-1:])
        told = _whole(run, code, deep)
        if told is None and mark and (told := _whole(run[:-1], code, deep)) is not None:
            return _filled(catalogue(code).words.gettext(mark), {"sentence": told})
        return told
    plain, templates = _templates(code)
    if run in plain:
        return plain[run]
    fit = (t for t in templates if _has(t, many, longer=longer))
    return _by_template(run, fit, code, deep)


def _has(template: _Template, many: int, *, longer: bool) -> bool:
    if longer:
        return 1 < template.sentences < many and len(template.begins) >= _WEAK
    return template.sentences == many


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
    counts = _counts(sentence.removesuffix("."), code, deep) if deep else None
    if counts is not None:
        return f"{counts}." if sentence.endswith(".") else counts
    return _by_template(sentence, templates, code, deep)


def _counts(sentence: str, code: str, deep: int) -> str | None:
    """``3 awaiting review, 12 without a time``: numbers, each with a word of a control's."""
    plain, _shaped = _templates(code)
    if (whole := _counted(sentence, code, deep)) is not None:
        return whole
    for parts in (_NEXT_COUNT.split(sentence), sentence.split(", ")):
        told = [plain.get(part) or _counted(part, code, deep) for part in parts]
        if None not in told:
            return ", ".join(filter(None, told))
    return None


def _counted(part: str, code: str, deep: int) -> str | None:
    found = _COUNTED.fullmatch(part)
    if found is None:
        return None
    plain, templates = _templates(code)
    told = plain.get(found[2]) or _by_template(found[2], templates, code, deep)
    return told and f"{_value(found[1], code, deep)} {told}"


def _by_template(sentence: str, templates: Iterable[_Template], code: str, deep: int) -> str | None:
    for template in templates if deep else ():
        if sentence.startswith(template.begins) and (found := template.shape.fullmatch(sentence)):
            values = {k: v if k in _NAMES else _value(v, code, deep - 1)
                      for k, v in found.groupdict().items()}  # fmt: skip
            end = "." if found.group()[-1:] == "." != template.told[-1:] else ""
            return _filled(template.told, values) + end
    return None


def _value(value: str, code: str, deep: int) -> str:
    """Numbers and days as the language writes them; words that it knows; data as it is."""
    if (written := _day(value)) is not None:
        return written
    if _NUMBER.fullmatch(value):
        decimals = len(value.partition(".")[2])
        return number(float(value.replace(",", "")), f",.{decimals}f")
    if _PERCENT.fullmatch(value):
        return number(int(value[:-1]) / 100, ".0%")
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
            many = len(_SENTENCES.split(english))
            shaped.append((len(own), _Template(shape, pieces[0][0], told, many)))
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
    return re.compile(rf"{written}\.?", re.S)  # a fragment may end the sentence it is in
