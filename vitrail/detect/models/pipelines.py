"""spaCy's ``md`` pipelines for English and French: people, places, organisations.

Only the entity recogniser of each is run. Leaving ``tok2vec`` out beside tagger and parser does
not change its answers, for it has its own, and is half as fast again.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final, NamedTuple

from vitrail.detect.models import MODULES, PIPELINES, REMEDY
from vitrail.errors import ModelMissing

PERSON, LOCATION, OTHER = "PERSON", "LOCATION", "OTHER"
_EXCLUDED: Final = ("tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer")
_LABELS: Final = {
    "PERSON": PERSON, "PER": PERSON, "GPE": LOCATION, "LOC": LOCATION, "ORG": OTHER,
    "PRODUCT": OTHER, "WORK_OF_ART": OTHER, "FAC": OTHER, "EVENT": OTHER, "NORP": OTHER,
}  # fmt: skip
_BATCH: Final = 64


class Entity(NamedTuple):
    """A stretch of text; ``label``: PERSON, LOCATION or OTHER for what has another name."""

    start: int
    end: int
    label: str


def entities(texts: Sequence[str], language: str) -> Iterator[list[Entity]]:
    """For each text its named entities; ``language``: one of :data:`~vitrail.detect.models
    .PIPELINES`."""
    model = _load(language)
    for document in model.pipe((_capitalised(t) for t in texts), batch_size=_BATCH):
        yield [
            Entity(entity.start_char, entity.end_char, _LABELS[entity.label_])
            for entity in document.ents
            if entity.label_ in _LABELS
        ]


@cache
def _load(language: str) -> Any:
    package = PIPELINES[language]
    try:
        import_module("spacy")  # sets its own warning filters, so before ours
        with warnings.catch_warnings():
            # Trained with a release before; the answers are measured in bench/.
            warnings.filterwarnings("ignore", message=r".*\[W095\]")
            return import_module(MODULES[package]).load(exclude=list(_EXCLUDED))
    except (ImportError, OSError) as error:
        raise ModelMissing(f"The name model {package} could not be loaded.", REMEDY) from error


def _capitalised(text: str) -> str:
    """Texts all in capitals or all in small letters as a model knows them; lengths are kept."""
    if not (text.isupper() or text.islower()):
        return text
    titled = text.title()
    return titled if len(titled) == len(text) else text
