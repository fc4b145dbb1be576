"""The way in: a column's distinct values go in, places and shapes of personal data come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from vitrail.keys import Keyring
from vitrail.model import ColumnType

if TYPE_CHECKING:
    import pyarrow as pa

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")


@dataclass(frozen=True)
class DetectorOptions:
    """What to look for. ``entities`` None: every type of :data:`~vitrail.detect.entities.ENTITIES`.

    ``names``: "auto" judges columns of names and a bounded share of free text, "all" every text,
    "off" runs no model. Scores under ``min_score`` are dropped.
    """

    languages: tuple[str, ...] = LANGUAGES
    entities: tuple[str, ...] | None = None
    min_score: float = 0.4
    names: Literal["auto", "all", "off"] = "auto"


@dataclass(frozen=True)
class ColumnContext:
    """What is known of the column that the values come from; its name speaks for its cells."""

    name: str
    type: ColumnType = ColumnType.TEXT
    language: str | None = None
    dataset: str = ""
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detections:
    """Hits in columns of equal length, ordered by value, then start. Never a raw value.

    ``value`` is an index into the values that were judged; ``start`` and ``end`` are code
    points, half open. ``notes`` are sentences about what was not looked at, and why.
    """

    value: np.ndarray
    entity_type: list[str]
    start: np.ndarray
    end: np.ndarray
    score: np.ndarray
    recognizer: list[str]
    fingerprint: list[str]
    masked: list[str]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.entity_type)

    @classmethod
    def none(cls, notes: tuple[str, ...] = ()) -> Detections:
        index = np.empty(0, np.int64)
        place = np.empty(0, np.int32)
        return cls(index, [], place, place, np.empty(0, np.float32), [], [], [], notes)


class Detector:
    """Judges columns. Building one compiles or loads the patterns; keep it for a whole run."""

    def __init__(self, options: DetectorOptions, keys: Keyring, cache: Path | None = None) -> None:
        self.options = options
        self._keys = keys
        self._cache = cache

    def judge(
        self,
        values: pa.Array,
        context: ColumnContext,
        *,
        names: bool = True,
        counts: np.ndarray | None = None,
    ) -> Detections:
        """What stands in ``values``: a column's distinct, non-null texts."""
        return Detections.none()

    def language_of(self, values: pa.Array) -> str | None:
        """The language that most of the values are written in, None where it cannot be told."""
        return None

    def coverage(self) -> Mapping[str, tuple[str, ...]]:
        """Entity types that are looked for, by language."""
        return {}

    def versions(self) -> Mapping[str, str]:
        """Versions of the libraries and models that judge."""
        return {}

    def explain(self, entity_type: str, recognizer: str) -> str:
        """Why such a hit was flagged, in one sentence."""
        return ""
