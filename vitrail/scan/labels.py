"""What datasets, tables and columns are called in anything that is written down.

A path or a JSON key can itself be personal data (``jane.doe@example.com.csv``). Such a part is
replaced by its mask and a few letters of its fingerprint, so that two stay two and the same one
keeps its label from run to run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import ColumnContext
from vitrail.detect.names.in_titles import people_in
from vitrail.detect.names.words import Lists
from vitrail.keys import Keyring
from vitrail.normalisation import normalise_text

if TYPE_CHECKING:
    from vitrail.detect.detector import Detector

#: What files are called at their end.
_ENDINGS: Final = (
    "csv|tsv|txt|log|jsonl?|ndjson|parquet|avro|xlsx|sqlite3?|db|duckdb|gz|zst|bz2|xz|zip"
)
#: Anything of an address's form, whether or not its domain could exist: a path's ending
#: (``.csv``) or the next JSON key would else spoil the detector's check of it. A file's ending is
#: no part of it, and what is masked already is none.
_ADDRESS: Final = re.compile(
    r"[^\s/\\@\[\]:;,|=&?•]+@[^\s/\\@\[\]:;,|=&?•]+?"
    rf"(?=(?:\.(?:{_ENDINGS}))*"
    r"(?:[\s/\\@\[\]:;,|=&?•]|$))",
    re.IGNORECASE,
)

#: A score that only a form with its own signs has, or one that a word in the name speaks for.
_SURE: Final = 0.8
#: Types of which less is enough: nothing innocent is written so.
_LEAST: Final = {
    "US_MBI": 0.5,
    "UK_DRIVING_LICENCE": 0.5,
    "MAC_ADDRESS": 0.6,
    "CRYPTO": 0.6,
    "DATE_OF_BIRTH": 0.5,
    "STREET_ADDRESS": 0.5,
    **dict.fromkeys(  # told by a word beside them alone
        (
            "DE_FUEHRERSCHEIN",
            "DE_TAX_NUMBER",
            "DE_KFZ",
            "US_ITIN",
            "US_PASSPORT",
            "US_DRIVER_LICENSE",
            "US_BANK_NUMBER",
            "US_SSN",
            "ES_PASSPORT",
            "IT_DRIVER_LICENSE",
            "IT_IDENTITY_CARD",
            "IT_PASSPORT",
            "UK_PASSPORT",
        ),
        0.4,
    ),
}
#: Types that a name may be called by: companies and places are nobody.
_NOBODY: Final = frozenset({"FR_SIREN", "IT_VAT_CODE", "LOCATION", "UK_POSTCODE", "URL"})
#: The least first number of a dotted quad that is no version of a program.
_LEAST_QUAD: Final = 10
_JOINT: Final = re.compile(rf"[_/\[\]]|\.(?=(?:{_ENDINGS})(?:[./]|\Z))", re.IGNORECASE)
#: Hexadecimal digits as letters: six digits in a name could be taken for part of a number.
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
_APART: Final = re.compile(r"[_.+\-]+")

#: A place in a name: start, end, entity type, score, recogniser.
_Span = tuple[int, int, str, float, str]


@dataclass(frozen=True, slots=True)
class NameHit:
    """Personal data in a name: its type, place in code points, fingerprint and shape."""

    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    fingerprint: str
    masked: str


def _is_sure(kind: str, score: float, value: str) -> bool:
    """Whether it can be nothing innocent. Of phone numbers only those with a country's code: a
    date and a time in a file's name look like any other. Short quads are versions."""
    if kind == "PHONE_NUMBER":
        return value[:1] == "+"
    if kind == "IP_ADDRESS":
        return ":" in value or int(value.partition(".")[0]) >= _LEAST_QUAD
    return kind not in _NOBODY and score >= _LEAST.get(kind, _SURE)


def _said(kind: str, value: str) -> str:
    """The value as a cell would have it: ``Marie_Dupont`` has a blank in it."""
    return _APART.sub(" ", value) if kind == "PERSON" else value


class Labels:
    """Turns names into labels; what it has seen once it remembers.

    ``word``: what stands for a value of a type within a name; without it its mask and a few letters
    of its fingerprint.
    """

    def __init__(
        self, detector: Detector, keys: Keyring, word: Callable[[str, str], str] | None = None
    ) -> None:
        self._detector = detector
        self._keys = keys
        self._word = word or self._mask
        self._lists = Lists(cache_folder())
        self._known: dict[str, str] = {}
        self._found: dict[str, tuple[NameHit, ...]] = {}

    def label(self, name: str) -> str:
        """``name`` with personal data in it masked; most names come back as they are."""
        if name not in self._known:
            self.learn([name])
        return self._known[name]

    def is_masked(self, name: str) -> bool:
        return self.label(name) != name

    def found(self, name: str) -> tuple[NameHit, ...]:
        """The personal data in ``name``, in order, none overlapping another."""
        self.label(name)
        return self._found[name]

    def learn(self, names: list[str]) -> None:
        """Judge many names in one pass."""
        new = sorted({name for name in names if name not in self._known})
        if not new:
            return
        for name, spans in zip(new, self._spans(new), strict=True):
            self._known[name] = self._replaced(name, spans)
            self._found[name] = tuple(self._hit(name, span) for span in spans)

    def _spans(self, texts: list[str]) -> list[list[_Span]]:
        """The personal data in each text, in order. Of what overlaps the longest stays, and a
        person's name gives way to what holds it."""
        by_detector = self._by_detector(texts)
        found = []
        for number, text in enumerate(texts):
            spans = [
                (m.start(), m.end(), "EMAIL_ADDRESS", _SURE, "EmailRecognizer")
                for m in _ADDRESS.finditer(text)
            ]
            spans = sorted(
                [*spans, *by_detector.get(number, ())], key=lambda s: (s[0] - s[1], -s[3])
            )
            people = people_in(text, self._lists)
            spans += [(start, end, "PERSON", _SURE, "NameInTitle") for start, end in people]
            kept: list[_Span] = []
            for span in spans:
                if all(span[1] <= one[0] or one[1] <= span[0] for one in kept):
                    kept.append(span)
            found.append(sorted(kept))
        return found

    def _by_detector(self, names: list[str]) -> dict[int, list[_Span]]:
        """What the recognisers are sure of, by a name's number. Each name is read as it is, and
        with its words set apart, for to a pattern ``bsn_111222333.csv`` is one word."""
        spans: dict[int, list[_Span]] = {}
        read = [*names, *(_JOINT.sub(" ", name) for name in names)]
        found = self._detector.judge(pa.array(read), ColumnContext(name=""), names=False)
        for value, kind, start, end, score, recognizer in zip(
            found.value, found.entity_type, found.start, found.end, found.score,
            found.recognizer, strict=True,
        ):  # fmt: skip
            if _is_sure(kind, float(score), read[int(value)][int(start) : int(end)]):
                told = (int(start), int(end), kind, float(score), recognizer)
                spans.setdefault(int(value) % len(names), []).append(told)
        return spans

    def in_sentence(self, sentence: str) -> str:
        """A sentence of an error with personal data in it masked, and every name that has a label
        of its own replaced, the longest first: one may be part of another."""
        for name in sorted(self._known, key=len, reverse=True):
            if name != self._known[name]:
                sentence = sentence.replace(name, self._known[name])
        (spans,) = self._spans([sentence])
        return self._replaced(sentence, spans)

    def _replaced(self, name: str, spans: list[_Span]) -> str:
        for start, end, kind, *_ in reversed(spans):
            name = name[:start] + self._word(kind, _said(kind, name[start:end])) + name[end:]
        return name

    def _hit(self, name: str, span: _Span) -> NameHit:
        from vitrail.detect.masking import mask

        start, end, kind, score, recognizer = span
        value = _said(kind, name[start:end])
        print_of = self._keys.fingerprint(kind, normalise_text(value))
        return NameHit(kind, start, end, score, recognizer, print_of, mask(kind, value))

    def _mask(self, kind: str, value: str) -> str:
        from vitrail.detect.masking import mask

        told = self._keys.fingerprint(kind, normalise_text(value))[:6].translate(_LETTERS)
        return f"{mask(kind, value)}~{told}"
