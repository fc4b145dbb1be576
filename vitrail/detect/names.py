"""Which columns hold names, and which texts speak of somebody.

A column of short cells is judged as a whole, by votes: its name, the first names in it, the model.
Two must agree, so that cities, products, companies and statuses are not taken for people. Free
text goes to the model only where a first name stands in it, and only so much as the budget allows;
what was left out is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from statistics import median
from typing import Final
from zlib import crc32

import numpy as np
import pyarrow as pa

from vitrail.detect import models
from vitrail.detect.first_look import FirstLook, NamesKind
from vitrail.detect.first_names import first_names, without_accents
from vitrail.detect.judgement import Span
from vitrail.detect.own_models import OwnModelReader
from vitrail.detect.sweep import Found
from vitrail.detect.titles import Hint, hint_of

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*\.?")
_PART: Final = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*\.?,?"
_NAME_LIKE: Final = re.compile(rf"\s*{_PART}(?:[ \u00a0]{_PART}){{0,4}}\s*")
_SAMPLE, _MODEL_SAMPLE = 400, 120
_TEXTS_A_CALL, _TEXTS_A_COLUMN, _LOOKED_AT = 300, 1_500, 20_000
_LONGEST: Final = 2_000


class Kind(Enum):
    """What a column's cells are, for the search for names."""

    NAMES = "names"
    TEXT = "text"
    OTHER = "other"


class NameJudge:
    """Finds persons (and places, where asked for) in columns and texts."""

    def __init__(
        self,
        mode: str,
        *,
        places: bool,
        cache: Path | None,
        readers: Sequence[OwnModelReader] = (),
    ) -> None:
        """``readers``: models of the user's own, which read the texts that are read here."""
        self._readers = readers
        self._everything = mode == "all"
        self._places = places
        self._first_names: Callable[[], frozenset[str]] = lambda: first_names(cache)

    def add(
        self,
        values: pa.Array,
        words: frozenset[str],
        language: str | None,
        counts: np.ndarray | None,
        found: Found,
        look: FirstLook | None = None,
    ) -> tuple[str, ...]:
        """Add to ``found`` what the names stage sees; sentences on what it did not look at."""
        if look is not None:
            return self._by_look(values, look, words, language, found)
        kind = self._kind(_sample(values, _SAMPLE), words, language)
        if kind is Kind.NAMES:
            self._whole_cells(values, hint_of(words), found)
        elif kind is Kind.TEXT:
            return self._texts(values, language, counts, found)
        return ()

    def look(
        self, values: pa.Array, words: frozenset[str], language: str | None, distinct: int
    ) -> tuple[NamesKind, float]:
        """What some values tell of a column with about ``distinct`` of them: what the cells are,
        and the share of texts that keeps to the model's budget."""
        kind = self._kind(_sample(values, _SAMPLE), words, language)
        if kind is not Kind.TEXT:
            return ("names" if kind is Kind.NAMES else "other"), 1.0
        if self._everything:
            return "text", 1.0
        called = len(self._called(values, None)) / len(values)
        return "text", min(1.0, _TEXTS_A_COLUMN / max(1.0, called * distinct))

    def _by_look(
        self,
        values: pa.Array,
        look: FirstLook,
        words: frozenset[str],
        language: str | None,
        found: Found,
    ) -> tuple[str, ...]:
        """As the first look says, so that no value's verdict depends on another's."""
        if look.names == "names":
            self._whole_cells(values, hint_of(words), found)
        if look.names != "text":
            return ()
        bound = int(look.read * 2**32)
        texts = ((index, text[:_LONGEST]) for index, text in enumerate(values.to_pylist()))
        chosen = [
            (index, text)
            for index, text in texts
            if crc32(text.encode("utf-8", "surrogatepass")) < bound and self._names_somebody(text)
        ]
        self._read(chosen, language, found)
        if look.read < 1:
            return (f"Names: the model read {look.read:.1%} of the texts that may hold some.",)
        return ()

    def _read(self, chosen: list[tuple[int, str]], language: str | None, found: Found) -> None:
        texts = [text for _, text in chosen]
        for (index, text), row in zip(chosen, models.entities(texts, language), strict=True):
            spans = [s for place in row for s in self._credible(text, *place)]
            if spans:
                found.setdefault(index, (text, []))[1].extend(spans)
        for reader in self._readers:
            reader.read(chosen, language, found)

    # --- columns of short cells -------------------------------------------------------------

    def _kind(self, sample: list[str], words: frozenset[str], language: str | None) -> Kind:
        sizes = [len(text.split()) for text in sample]
        if not sizes:
            return Kind.OTHER
        hint = hint_of(words)
        if median(sizes) > 4 or (np.mean(sizes) > 4 and hint is not Hint.CERTAIN):
            # An address or a product's name runs to eight words and is no text about somebody.
            return Kind.OTHER if hint is Hint.AGAINST and median(sizes) <= 8 else Kind.TEXT
        like = [text for text in sample if _is_name_like(text)]
        if hint is Hint.AGAINST or len(like) < 0.7 * len(sample):
            return Kind.OTHER
        return Kind.NAMES if self._votes(like, hint, language) else Kind.OTHER

    def _votes(self, like: list[str], hint: Hint, language: str | None) -> bool:
        if hint is Hint.CERTAIN:
            return True
        known = sum(self._has_first_name(text) for text in like) / len(like)
        if known < 0.2:
            return False
        few = like[:_MODEL_SAMPLE]
        persons = sum(
            any(label == "PERSON" and end - start >= 0.6 * len(text) for start, end, label in row)
            for text, row in zip(few, models.entities(few, language), strict=True)
        ) / len(few)
        if hint is Hint.LIKELY:
            return known + persons >= 0.7
        several = sum(len(text.split()) > 1 for text in like) >= 0.6 * len(like)
        return several and known >= 0.5 and persons >= 0.5

    def _has_first_name(self, text: str) -> bool:
        known = self._first_names()
        words = [w.rstrip(".").casefold() for w in _WORD.findall(text)[:3]]
        return any(w in known or without_accents(w) in known for w in words)

    def _whole_cells(self, values: pa.Array, hint: Hint, found: Found) -> None:
        score = 0.9 if hint is Hint.CERTAIN else 0.8
        for index, text in enumerate(values.to_pylist()):
            if not _is_name_like(text) or text.casefold() in _NOBODY:
                continue
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            span = Span("PERSON", start, end, score, "NameColumn", spoken=hint is Hint.CERTAIN)
            found.setdefault(index, (text, []))[1].append(span)

    # --- free text --------------------------------------------------------------------------

    def _texts(
        self,
        values: pa.Array,
        language: str | None,
        counts: np.ndarray | None,
        found: Found,
    ) -> tuple[str, ...]:
        called = self._called(values, counts)
        chosen = called if self._everything else called[:_TEXTS_A_CALL]
        self._read(chosen, language, found)
        left = len(called) - len(chosen)
        if left or (len(values) > _LOOKED_AT and not self._everything):
            return (f"Names: the model read {len(chosen)} of the texts that may hold some.",)
        return ()

    def _called(self, values: pa.Array, counts: np.ndarray | None) -> list[tuple[int, str]]:
        """Texts in which a first name stands as a name would, the most frequent first."""
        order = np.arange(len(values)) if counts is None else np.argsort(-counts, kind="stable")
        if not self._everything:
            order = order[:_LOOKED_AT]
        texts = values.take(pa.array(order)).to_pylist()
        return [
            (int(index), text[:_LONGEST])
            for index, text in zip(order, texts, strict=True)
            if self._names_somebody(text[:_LONGEST])
        ]

    def _names_somebody(self, text: str) -> bool:
        known = self._first_names()
        cased = not (text.islower() or text.isupper())
        for word in _WORD.findall(text):
            if cased and not word[0].isupper():
                continue
            small = word.rstrip(".").casefold()
            if small in known or without_accents(small) in known:
                return True
        return False

    def _credible(self, text: str, start: int, end: int, label: str) -> list[Span]:
        piece = text[start:end].partition("\n")[0].rstrip()
        if label == "LOCATION":
            place = Span(label, start, start + len(piece), 0.6, "SpacyRecognizer")
            return [place] if self._places and piece else []
        if len(piece) < 3 or any(c.isdigit() or c in "@/_:" for c in piece):
            return []
        parts = _WORD.findall(piece)
        if len(parts) > 5 or not (self._has_first_name(piece) or 2 <= len(parts) <= 4):
            return []
        if not piece[0].isupper() and not (text.islower() or text.isupper()):
            return []
        score = 0.85 if len(parts) > 1 else 0.6
        return [Span(label, start, start + len(piece), score, "SpacyRecognizer")]


_NOBODY: Final = frozenset({
    "unknown", "n/a", "na", "none", "null", "anonymous", "test", "admin", "user", "guest", "root",
    "customer", "inconnu", "anonyme", "unbekannt", "desconocido", "sconosciuto", "deleted",
    "system", "other", "total", "yes", "no", "true", "false",
})  # fmt: skip


def _is_name_like(text: str) -> bool:
    return 1 < len(text) <= 60 and _NAME_LIKE.fullmatch(text) is not None


def _sample(values: pa.Array, size: int) -> list[str]:
    step = max(1, len(values) // size)
    texts: list[str] = values.take(pa.array(np.arange(0, len(values), step)[:size])).to_pylist()
    return [text for text in texts if text and not text.isspace()]
