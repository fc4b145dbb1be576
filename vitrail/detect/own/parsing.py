"""A ``recognizers.yaml`` from its bytes to its definitions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from vitrail.detect.entities import ENTITIES
from vitrail.detect.own import checking
from vitrail.detect.own.automata import wider_form
from vitrail.detect.own.definition import (
    AllowRule,
    OwnModel,
    OwnPattern,
    OwnRecognizer,
    OwnRecognizers,
)
from vitrail.detect.own.describing import Types
from vitrail.detect.own.document import Document, Path, read_document
from vitrail.detect.own.listing import ReadFile, deny_list
from vitrail.detect.own.schema import FileEntry, PatternEntry, RecognizerEntry
from vitrail.detect.own.shaping import shaped
from vitrail.detect.wording import column_words
from vitrail.errors import ConfigError

_ENGINES: Final = {
    "gliner": "gliner", "GLiNERRecognizer": "gliner",
    "transformers": "transformers", "HuggingFaceNerRecognizer": "transformers",
}  # fmt: skip
_MODEL_KEYS: Final = ("model_name", "entity_mapping", "label_mapping", "threshold")
_PATTERN_KEYS: Final = (
    "patterns", "deny_list", "deny_list_file", "checks", "columns", "context",
    "global_regex_flags",
)  # fmt: skip
_THRESHOLD: Final = 0.5
_LEAST_SCORE: Final = 0.4


def parse(
    content: bytes,
    name: str,
    *,
    languages: Sequence[str],
    house: Collection[str],
    read_file: ReadFile,
) -> OwnRecognizers:
    """The definitions of a file; :class:`ConfigError` with the line of the first mistake.

    ``name``: what the file is called in sentences. ``languages`` that are judged; ``house``: the
    names of the built-in recognisers.
    """
    document = read_document(content, name)
    if document.data is None:
        return OwnRecognizers()
    if not isinstance(document.data, dict):
        raise document.mistake(
            (), "The file begins with something else than `recognizers:` or `allow_list:`.",
            "docs/recognizers.md shows an example.",
        )  # fmt: skip
    entry = shaped(document)
    return _Parsing(document, entry, languages, house, read_file).result()


class _Parsing:
    """One file under way."""

    def __init__(
        self,
        document: Document,
        entry: FileEntry,
        languages: Sequence[str],
        house: Collection[str],
        read_file: ReadFile,
    ) -> None:
        self._document = document
        self._entry = entry
        self._languages = languages
        self._house = house
        self._read_file = read_file
        self._types = Types(document)
        self._remarks: list[str] = []

    def result(self) -> OwnRecognizers:
        recognizers: list[OwnRecognizer] = []
        models: list[OwnModel] = []
        taken: dict[str, int] = {}
        for number, entry in enumerate(self._entry.recognizers):
            path: Path = ("recognizers", number)
            checking.check_name(self._document, path, entry.name, taken, self._house)
            self._check_languages(path, entry)
            engine = self._engine(path, entry)
            if engine is not None:
                models += [self._model(path, entry, engine)] * entry.enabled
            else:
                recognizers += [self._recognizer(path, entry)] * entry.enabled
        used = {r.entity for r in recognizers} | {e for m in models for e in m.entities}
        return OwnRecognizers(
            tuple(recognizers),
            tuple(models),
            tuple(self._allowed()),
            self._types.among(used),
            tuple(self._remarks),
        )

    def _mistake(self, path: Path, sentence: str, remedy: str) -> ConfigError:
        return self._document.mistake(path, sentence, remedy)

    def _check_languages(self, path: Path, entry: RecognizerEntry) -> None:
        if entry.supported_language is not None:
            here = (*path, "supported_language")
            checking.check_languages(
                self._document, here, [entry.supported_language], self._languages
            )
        for number, language in enumerate(entry.supported_languages or ()):
            here = (*path, "supported_languages", number)
            checking.check_languages(self._document, here, [language.language], self._languages)

    def _engine(self, path: Path, entry: RecognizerEntry) -> Any:
        """``gliner`` or ``transformers`` for a model, None for patterns and lists."""
        named = entry.class_name if entry.class_name is not None else entry.type
        engine = _ENGINES.get(named)
        if entry.type == "predefined" and engine is None:
            raise self._mistake(
                path, f"{entry.name} is Presidio's; what Vitrail uses of Presidio runs anyway.",
                "Delete the entry; `vitrail doctor` lists what is looked for.",
            )  # fmt: skip
        wrong = _PATTERN_KEYS if engine else _MODEL_KEYS
        if entry.class_name is not None and engine is None:
            raise self._mistake(
                (*path, "class_name"), "Vitrail runs no class of this name.",
                "Leave it out for patterns and lists; for a model write GLiNERRecognizer or "
                "HuggingFaceNerRecognizer.",
            )  # fmt: skip
        for key in wrong:
            if getattr(entry, key) is not None:
                what = "a model" if engine else "patterns or a list; a model needs `type: gliner`"
                raise self._document.mistake(
                    (*path, key), f"`{key}` does not go with {what}.",
                    "Delete it, or make an entry of its own.", key=True,
                )  # fmt: skip
        return engine

    def _recognizer(self, path: Path, entry: RecognizerEntry) -> OwnRecognizer:
        entity = self._types.entity_of(path, entry)
        flags = entry.global_regex_flags
        flags = self._entry.global_regex_flags if flags is None else flags
        denied = deny_list(self._document, path, entry, self._read_file)
        if bool(entry.patterns) == bool(denied):
            both = "both `patterns` and a deny-list" if denied else "neither `patterns` nor a list"
            raise self._mistake(
                path, f"This recogniser has {both}.", "Write one of them; two make two entries."
            )
        if entry.checks is not None:
            if denied:
                raise self._mistake(
                    (*path, "checks"), "`checks` go with patterns.", "A list needs no check."
                )
            checking.check_checks(self._document, path, entry.checks)
        return OwnRecognizer(
            name=entry.name,
            entity=entity,
            flags=flags,
            patterns=tuple(self._patterns(path, entry, flags)),
            deny_list=denied,
            deny_list_score=entry.deny_list_score,
            checks=entry.checks or (),
            context=tuple(dict.fromkeys(map(_words, _context(entry)))),
            columns=tuple(_phrase(word) for word in entry.columns or ()),
        )

    def _patterns(self, path: Path, entry: RecognizerEntry, flags: int) -> Iterator[OwnPattern]:
        for number, pattern in enumerate(entry.patterns or ()):
            here = (*path, "patterns", number)
            checking.compiled(self._document, here, pattern, flags)
            line = self._document.line(here)
            wider = wider_form(pattern.regex, flags)
            if wider is None:
                self._remarks.append(
                    f"{entry.name} (line {line}): the fast pass cannot take this regex, so the "
                    "recogniser looks at every cell, which is slower."
                )
            spoken = entry.checks or entry.columns or any(_context(entry))
            if pattern.score < _LEAST_SCORE and not spoken:
                self._remarks.append(
                    f"{entry.name} (line {line}): a score of {pattern.score:g} is under the usual "
                    f"--min-score of {_LEAST_SCORE:g} and no `context`, `columns` or `checks` can "
                    "raise it, so it is never reported."
                )
            yield OwnPattern(pattern.name, pattern.regex, pattern.score, wider)

    def _model(self, path: Path, entry: RecognizerEntry, engine: Any) -> OwnModel:
        if entry.model_name is None:
            raise self._mistake(path, "`model_name` is missing here.", "Name a folder or a model.")
        key = "entity_mapping" if engine == "gliner" else "label_mapping"
        mapping = getattr(entry, key)
        if not mapping:
            raise self._mistake(
                path, f"`{key}` is missing here.",
                "Say which of the model's labels is which entity type, as in `person: PERSON`.",
            )  # fmt: skip
        for entity in mapping.values():
            if entity not in ENTITIES:
                self._types.describe(path, entry, entity)
        return OwnModel(
            name=entry.name,
            engine=engine,
            model=entry.model_name,
            labels=tuple(sorted(mapping.items())),
            threshold=_THRESHOLD if entry.threshold is None else entry.threshold,
        )

    def _allowed(self) -> Iterator[AllowRule]:
        known = self._types.known()
        for number, entry in enumerate(self._entry.allow_list):
            path: Path = ("allow_list", number)
            if (entry.value is None) == (entry.regex is None):
                raise self._mistake(path, "Write either `value` or `regex`.", "Keep one of them.")
            if entry.entity is not None and entry.entity not in known:
                raise self._mistake(
                    (*path, "entity"), "Nothing finds this entity type.",
                    "`vitrail doctor` lists the types.",
                )  # fmt: skip
            if entry.regex is not None:
                pattern = PatternEntry(regex=entry.regex, score=1)
                checking.compiled(self._document, path, pattern, self._entry.global_regex_flags)
            yield AllowRule(
                entry.value, entry.regex, entry.entity, tuple(map(_phrase, entry.columns))
            )


def _context(entry: RecognizerEntry) -> Iterator[str]:
    """All context words, whichever language they are of: columns mix languages."""
    yield from entry.context or ()
    for language in entry.supported_languages or ():
        yield from language.context


def _words(phrase: str) -> str:
    """A context phrase as words are compared: ``N° d'adhérent`` → ``n d adhérent``."""
    return " ".join(re.findall(r"[^\W_]+", phrase.casefold()))


def _phrase(name: str) -> str:
    """A column's name as the words of one: ``memberNo`` → ``member no``."""
    words = column_words(name)
    return max(words, key=lambda word: word.count(" ")) if words else name.casefold()
