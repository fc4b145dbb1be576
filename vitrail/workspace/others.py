"""Other persons in somebody's rows: their data is masked before the rows are handed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa

from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.detect.normal import normal_form
from vitrail.keys import Keyring
from vitrail.normalisation import normalise_text
from vitrail.redaction.operators import Operators
from vitrail.redaction.options import Operator
from vitrail.redaction.splicing import Span, splice
from vitrail.trace import Identifier, Kind
from vitrail.trace.rows import Cell

#: What tells another person. A whole cell of the last two is the row's own person's.
_CONTACT: Final = ("EMAIL_ADDRESS", "PHONE_NUMBER", "PERSON")
_WITHIN: Final = ("IBAN_CODE", "CREDIT_CARD")
_KIND_OF: Final = {"EMAIL_ADDRESS": Kind.EMAIL, "PHONE_NUMBER": Kind.PHONE, "PERSON": Kind.NAME}
_FEWEST_DIGITS: Final = 8


class Others:
    """Masks what is not the person's own. ``masked`` counts."""

    def __init__(self, own: Sequence[Identifier], keys: Keyring, *, names: bool) -> None:
        entities = (*_CONTACT, *_WITHIN)
        options = DetectorOptions(entities=entities, names="all" if names else "off")
        self._detector = Detector(options, keys, cache_folder())
        self._operators = Operators(keys)
        self._own = {(i.kind, _normal(i.kind, i.text)) for i in own}
        self._words = {
            word for i in own if i.kind is Kind.NAME for word in normalise_text(i.text).split()
        }
        self.masked = 0

    def without(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells with everybody else's data masked, in the same order."""
        columns: dict[str, list[int]] = {}
        for at, cell in enumerate(cells):
            columns.setdefault(cell.column, []).append(at)
        result = list(cells)
        for name, places in columns.items():
            texts = list(dict.fromkeys(cells[at].text for at in places))
            clean = dict(zip(texts, self._clean(name, texts), strict=True))
            for at in places:
                result[at] = replace(cells[at], text=clean[cells[at].text])
        return result

    def _clean(self, column: str, texts: list[str]) -> Iterable[str]:
        found = self._detector.judge(pa.array(texts, pa.string()), ColumnContext(column))
        spans: list[list[Span]] = [[] for _ in texts]
        rows = zip(
            found.value.tolist(), found.start.tolist(), found.end.tolist(), found.entity_type,
            strict=True,
        )  # fmt: skip
        for value, start, end, kind in rows:
            if self._is_anothers(str(kind), texts[value], start, end):
                spans[value].append(Span(start, end, str(kind)))
        self.masked += sum(map(len, spans))
        for text, own in zip(texts, spans, strict=True):
            yield splice(text, own, self._put) if own else text

    def _put(self, span: Span, value: str) -> str:
        return self._operators.text(Operator.TAG, span.entity_type, value)

    def _is_anothers(self, entity: str, text: str, start: int, end: int) -> bool:
        value = text[start:end]
        if entity in _WITHIN:
            return value.strip() != text.strip()
        kind = _KIND_OF.get(entity)
        if kind is None:
            return False
        if kind is Kind.NAME:
            return not set(normalise_text(value).split()) <= self._words
        return (kind, _normal(kind, value)) not in self._own


def _normal(kind: Kind, text: str) -> str:
    """So that two writings of one value are one; of a number its last digits, for one writing
    tells the country and another does not."""
    if kind is Kind.EMAIL:
        return normal_form("EMAIL_ADDRESS", text)
    if kind is Kind.PHONE:
        return normal_form("PHONE_NUMBER", text)[-_FEWEST_DIGITS:]
    return text.strip().casefold()
