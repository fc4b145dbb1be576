"""What datasets, tables and columns are called in anything that is written down.

A path or a JSON key can itself be personal data (``jane.doe@example.com.csv``). Such a part is
replaced by its mask and a few digits of its fingerprint, so that two stay two and the same one
keeps its label from run to run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.detect.detector import ColumnContext
from vitrail.keys import Keyring
from vitrail.normalisation import normalise_text

if TYPE_CHECKING:
    from vitrail.detect.detector import Detector

#: Anything of an address's form, whether or not its domain could exist: a path's ending
#: (``.csv``) or the next JSON key would else spoil the detector's check of it. A file's ending is
#: no part of it, and what is masked already is none.
_ADDRESS: Final = re.compile(
    r"[^\s/\\@\[\]:;,|=&?•]+@[^\s/\\@\[\]:;,|=&?•]+?"
    r"(?=(?:\.(?:csv|tsv|txt|log|jsonl?|ndjson|parquet|avro|xlsx|sqlite3?|db|duckdb|gz|zst|bz2|xz|zip))*"
    r"(?:[\s/\\@\[\]:;,|=&?•]|$))",
    re.IGNORECASE,
)

_SURE: Final = 0.8
#: Types that digits in an innocent file name (dates, versions, ports) are not taken for, each with
#: the score from which on: a form with its own signs says enough without a word beside it.
_LEAST: Final = {
    **dict.fromkeys(
        (
            "CREDIT_CARD",
            "IBAN_CODE",
            "SECRET",
            "CRYPTO",
            "FR_NIR",
            "ES_NIF",
            "ES_NIE",
            "IT_FISCAL_CODE",
            "BE_NN",
            "UK_NINO",
            "PL_PESEL",
            "SE_PERSONNUMMER",
        ),
        _SURE,
    ),
    "US_SSN": 0.5,
    "MAC_ADDRESS": 0.6,
    "DATE_OF_BIRTH": 0.5,
}


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


def _is_sure(kind: str, score: float, first: str) -> bool:
    """Whether it can be nothing innocent. Of phone numbers only those with a country's code: a
    date and a time in a file's name look like any other."""
    if kind == "PHONE_NUMBER":
        return first == "+"
    return score >= _LEAST.get(kind, 2.0)


class Labels:
    """Turns names into labels; what it has seen once it remembers.

    ``word``: what stands for a value of a type within a name; without it its mask and a few digits
    of its fingerprint.
    """

    def __init__(
        self, detector: Detector, keys: Keyring, word: Callable[[str, str], str] | None = None
    ) -> None:
        self._detector = detector
        self._keys = keys
        self._word = word or self._mask
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
        spans: dict[int, list[tuple[int, int, str, float, str]]] = {}
        found = self._detector.judge(pa.array(new), ColumnContext(name=""), names=False)
        for value, kind, start, end, score, recognizer in zip(
            found.value, found.entity_type, found.start, found.end, found.score,
            found.recognizer, strict=True,
        ):  # fmt: skip
            if _is_sure(kind, float(score), new[int(value)][int(start)]):
                told = (int(start), int(end), kind, float(score), recognizer)
                spans.setdefault(int(value), []).append(told)
        for index, name in enumerate(new):
            addresses = [
                (m.start(), m.end(), "EMAIL_ADDRESS", _SURE, "EmailRecognizer")
                for m in _ADDRESS.finditer(name)
            ]
            self._learned(name, addresses + spans.get(index, []))

    def in_sentence(self, sentence: str) -> str:
        """A sentence of an error with every name in it that has a label of its own replaced."""
        for name, label in self._known.items():
            if name != label:
                sentence = sentence.replace(name, label)
        from vitrail.detect.masking import mask

        return _ADDRESS.sub(lambda match: mask("EMAIL_ADDRESS", match[0]), sentence)

    def _learned(self, name: str, spans: list[tuple[int, int, str, float, str]]) -> None:
        from vitrail.detect.masking import mask

        label, last, found = name, len(name), list[NameHit]()
        for start, end, kind, score, recognizer in sorted(spans, reverse=True):
            if end > last:
                continue  # overlaps one that is already replaced
            value, last = name[start:end], start
            label = label[:start] + self._word(kind, value) + label[end:]
            print_of = self._keys.fingerprint(kind, normalise_text(value))
            shape = mask(kind, value)
            found.append(NameHit(kind, start, end, score, recognizer, print_of, shape))
        self._known[name] = label
        self._found[name] = tuple(reversed(found))

    def _mask(self, kind: str, value: str) -> str:
        from vitrail.detect.masking import mask

        return f"{mask(kind, value)}~{self._keys.fingerprint(kind, normalise_text(value))[:6]}"
