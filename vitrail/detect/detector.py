"""The way in: a column's distinct values go in, places and shapes of personal data come out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pyarrow as pa

from vitrail.detect import identity, models, own_models, registry
from vitrail.detect.allowing import AllowList
from vitrail.detect.detections import Detections
from vitrail.detect.entities import EntityType
from vitrail.detect.explaining import explanation
from vitrail.detect.first_look import FirstLook
from vitrail.detect.judgement import Judge
from vitrail.detect.known import KnownDigests
from vitrail.detect.known_hashes import KnownHashes
from vitrail.detect.languages import language_of
from vitrail.detect.names import NameJudge
from vitrail.detect.own.definition import OwnRecognizers
from vitrail.detect.placeholders import without_placeholders
from vitrail.detect.prefilter import Prefilter
from vitrail.detect.sweep import Column, Sweep
from vitrail.detect.titles import with_siblings
from vitrail.detect.wording import column_words
from vitrail.detect.written import Writer
from vitrail.keys import Keyring
from vitrail.model import ColumnType

__all__ = ["LANGUAGES", "ColumnContext", "Detections", "Detector", "DetectorOptions"]

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pt", "nl")
_LIBRARIES: Final = ("presidio-analyzer", "hyperscan", "phonenumbers", "python-stdnum", "spacy")
_LANGUAGE_SAMPLE: Final = 500


@dataclass(frozen=True)
class DetectorOptions:
    """What to look for. ``entities`` None: every type of :data:`~vitrail.detect.entities.ENTITIES`.

    ``names``: "auto" judges columns of names and a bounded share of free text, "all" every text,
    "off" runs no model. Scores under ``min_score`` are dropped. ``own``: a user's recognisers.
    ``known``: addresses and numbers whose hashes are personal data too.
    """

    languages: tuple[str, ...] = LANGUAGES
    entities: tuple[str, ...] | None = None
    min_score: float = 0.4
    names: Literal["auto", "all", "off"] = "auto"
    own: OwnRecognizers = registry.NONE
    known: KnownDigests | None = None


@dataclass(frozen=True)
class ColumnContext:
    """What is known of the column that the values come from; its name speaks for its cells.

    With a ``first_look`` the verdict on a value depends on that value alone; without one, the
    values that are judged together speak for their column.
    """

    name: str
    type: ColumnType = ColumnType.TEXT
    language: str | None = None
    dataset: str = ""
    siblings: tuple[str, ...] = ()
    first_look: FirstLook | None = None


_EMPTY_TYPES: Final = frozenset({ColumnType.BOOLEAN, ColumnType.TIME})
#: Bytes come as the text that they hold.
_TEXTS: Final = frozenset({ColumnType.TEXT, ColumnType.BINARY})
_NUMERIC: Final = frozenset({ColumnType.INTEGER, ColumnType.FLOAT, ColumnType.DECIMAL})
_DATES: Final = frozenset({ColumnType.DATE, ColumnType.TIMESTAMP})


class Detector:
    """Judges columns. Building one compiles or loads the patterns; keep it for a whole run.

    ``cache`` is a folder for compiled patterns; without it each process compiles its own.
    """

    def __init__(self, options: DetectorOptions, keys: Keyring, cache: Path | None = None) -> None:
        self.options = options
        self._keys = keys
        entities = None if options.entities is None else tuple(options.entities)
        ready = judges_of if options.own == registry.NONE else judges_of.__wrapped__
        judges, self._coverage = ready(tuple(options.languages), entities, options.own)
        self._sentences = {(j.entity, j.name): j for j in judges}
        prefilter = Prefilter(judges, options.min_score, cache)
        self._sweep = Sweep(judges, prefilter, options.min_score)
        self._names = _name_judge(options, cache)
        self._wanted = registry.chosen(options.entities, options.own)
        self._writer = Writer(
            keys, judges, self._sweep.rules, self._wanted, AllowList(options.own.allowed)
        )

        self._hashes = None if options.known is None else KnownHashes(options.known, self._wanted)

    def prepare(self) -> None:
        """Compile the patterns now, into the cache, before several processes want them at once."""
        self._sweep.prepare()

    def judge(
        self,
        values: pa.Array,
        context: ColumnContext,
        *,
        names: bool = True,
        counts: np.ndarray | None = None,
    ) -> Detections:
        """What stands in ``values``: a column's distinct, non-null texts.

        ``names``: whether the models look too. ``counts``: how often each value occurs; the
        models' time goes to the frequent first.
        """
        if len(values) == 0 or context.type in _EMPTY_TYPES:
            return Detections.none()
        values = values.cast(pa.string())
        with _collector_paused():
            column = _column(context)
            swept = self._sweep.run(values, column)
            notes: tuple[str, ...] = ()
            if names and self._names is not None and context.type in _TEXTS:
                look = context.first_look
                language = context.language or (None if look else self.language_of(values))
                notes = self._names.add(values, column.words, language, counts, swept.found, look)
            found = self._writer.write(values, swept, column.words, notes)
            if self._hashes is None or context.type not in _TEXTS:
                return found
            return self._hashes.beside(found, values)

    def first_look(self, values: pa.Array, context: ColumnContext, distinct: int) -> FirstLook:
        """What some of a column's distinct values tell of it; ``distinct``: about how many it has
        in all. The language is taken from the context."""
        if len(values) == 0 or context.type in _EMPTY_TYPES:
            return FirstLook()
        values = values.cast(pa.string())
        column = _column(replace(context, first_look=None))  # the values tell, nobody else
        fitting, chance, codes = self._sweep.look(without_placeholders(values), column)
        look = FirstLook(fitting, chance, codes, self._sweep.spoken(column))
        if self._names is None or context.type not in _TEXTS:
            return look
        words = with_siblings(context.name, context.siblings)
        kind, read, possible, texts = self._names.look(values, words, distinct)
        return replace(look, names=kind, read=read, read_possible=possible, texts_read=texts)

    def language_of(self, values: pa.Array) -> str | None:
        """The language that most of the values are written in, None where it cannot be told."""
        step = max(1, len(values) // _LANGUAGE_SAMPLE)
        sample = values.take(pa.array(np.arange(0, len(values), step)[:_LANGUAGE_SAMPLE]))
        return language_of((t[:1000] for t in sample.to_pylist() if t), self.options.languages)

    def coverage(self) -> Mapping[str, tuple[str, ...]]:
        """Entity types that are looked for, by language."""
        if self._names is None:
            return self._coverage
        read = self._wanted & ({"PERSON"} | self.options.own.model_types)
        return {
            language: (*found, *sorted(read.difference(found)))
            for language, found in self._coverage.items()
        }

    def versions(self) -> Mapping[str, str]:
        """Versions of the libraries and models that judge."""
        own = own_models.versions(self.options.own.models)
        libraries = {name: identity.library_version(name) for name in _LIBRARIES}
        return libraries | models.versions() | own

    def recognizer_versions(self) -> Mapping[str, str]:
        """``ENTITY_TYPE/Recognizer`` → a digest of what it does; ``*/…`` for what concerns every
        type. Where all are the same, the verdict on the same cells is the same."""
        judges = self._sentences.items()
        versions = {f"{t}/{name}": identity.recognizer_version(j.source) for (t, name), j in judges}
        return {
            **versions,
            **identity.own_versions(self.options.own, versions, self._keys),
            **(known.versions(self._keys) if (known := self.options.known) else {}),
            f"{identity.EVERY_TYPE}/code": identity.code_version("detect", "normalisation.py"),
            f"{identity.EVERY_TYPE}/libraries": identity.versions_digest(self.versions()),
        }

    def explain(
        self, entity_type: str, recognizer: str, kinds: Mapping[str, EntityType] | None = None
    ) -> str:
        """Why such a hit was flagged, in plain sentences. ``kinds``: the entity types that the run
        knew, where they are not this detector's."""
        judge = self._sentences.get((entity_type, recognizer))
        return explanation(entity_type, judge, recognizer, kinds or self.options.own.kinds)


@lru_cache(maxsize=4)
def judges_of(
    languages: tuple[str, ...], entities: tuple[str, ...] | None, own: OwnRecognizers
) -> tuple[tuple[Judge, ...], Mapping[str, tuple[str, ...]]]:
    """The judges of the first language, which find the same in every other, and the coverage.

    A scan has several detectors; to make the judges takes most of the time that one takes to make.
    """
    built = registry.build(languages, entities, own)
    judges = tuple(Judge(r) for r in built.recognizers if r.supported_language == languages[0])
    return judges, registry.coverage(built)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Millions of small tuples make Python look for cycles among them, for half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _name_judge(options: DetectorOptions, cache: Path | None) -> NameJudge | None:
    """None where names are not asked for; ModelMissing where they are and cannot be judged.

    Places are noise in most columns, so they are told only where asked for by name or with "all".
    """
    wanted = registry.chosen(options.entities, options.own)
    read = registry.BY_MODEL | {"STREET_ADDRESS"} | options.own.model_types
    if options.names == "off" or not wanted & read:
        return None
    models.require(options.languages)
    own_models.require(options.own.models)
    places = options.names == "all" or (
        options.entities is not None and "LOCATION" in options.entities
    )
    readers = [own_models.OwnModelReader(model, wanted) for model in options.own.models]
    return NameJudge(options.names, places=places, cache=cache, readers=readers)


def _column(context: ColumnContext) -> Column:
    only = frozenset({"DATE_OF_BIRTH"}) if context.type in _DATES else None
    words = frozenset(column_words(context.name))
    look = context.first_look
    return Column(
        words,
        numeric=context.type in _NUMERIC,
        only=only,
        fitting=None if look is None else look.fitting,
        chance=None if look is None else look.chance,
        codes=None if look is None else look.codes,
    )
