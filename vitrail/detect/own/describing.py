"""The entity types that a file brings along, each with its severity and plain words."""

from __future__ import annotations

from vitrail.detect.entities import ENTITIES, EntityType, Family, plain_words
from vitrail.detect.own import checking
from vitrail.detect.own.document import Document, Path
from vitrail.detect.own.schema import RecognizerEntry
from vitrail.model import Severity


class Types:
    """The new types of a file, noted as its entries name them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._types: dict[str, EntityType] = {}
        self._described: dict[str, Path] = {}

    def among(self, names: set[str]) -> tuple[EntityType, ...]:
        """The new types of these names."""
        return tuple(kind for kind in self._types.values() if kind.name in names)

    def known(self) -> frozenset[str]:
        """Every type that something finds."""
        return frozenset(ENTITIES) | frozenset(self._types)

    def entity_of(self, path: Path, entry: RecognizerEntry) -> str:
        """The one type that patterns or a list find."""
        several = entry.supported_entities or ()
        if entry.supported_entity is not None and several:
            raise self._document.mistake(
                (*path, "supported_entities"), "`supported_entity` says it already.", "Keep one."
            )
        if len(several) > 1:
            raise self._document.mistake(
                (*path, "supported_entities"), "Patterns and lists find one entity type.",
                "Make an entry for each.",
            )  # fmt: skip
        entity = entry.supported_entity or (several[0] if several else None)
        if entity is None:
            raise self._document.mistake(path, "`supported_entity` is missing here.", "Add it.")
        self.describe(path, entry, entity)
        return entity

    def describe(self, path: Path, entry: RecognizerEntry, entity: str) -> None:
        """Note a new entity type with its severity and words; two entries must not disagree."""
        checking.check_entity(self._document, path, entry, entity)
        if entity in ENTITIES:
            return
        known = self._types.get(entity)
        severity = entry.severity or (known.severity if known else Severity.MEDIUM)
        words = entry.words or (known.words if known else plain_words(entity))
        described = entry.severity is not None or entry.words is not None
        kind = EntityType(entity, severity, words, Family.IDENTIFIER)
        if described and entity in self._described and kind != known:
            raise self._document.mistake(
                path, f"{entity} is described another way in line "
                f"{self._document.line(self._described[entity])}.",
                "Write `severity` and `words` once.",
            )  # fmt: skip
        if described:
            self._described[entity] = path
        self._types[entity] = kind
