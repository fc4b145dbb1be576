"""A user's own models, GLiNER's or a transformers token classifier, through Presidio's recognisers.

They come from a folder or from the model hub's cache on this machine; nothing is downloaded. They
read the texts that the search for names reads, no others, and so stay within its budget.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from vitrail.detect.judgement import Span
from vitrail.detect.own.definition import OwnModel
from vitrail.detect.tally import Found
from vitrail.errors import ModelMissing

_PACKAGES: Final = {"gliner": ("gliner", "torch"), "transformers": ("transformers", "torch")}
_QUIET: Final = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}


class OwnModelReader:
    """One model, loaded when the first text comes."""

    def __init__(self, model: OwnModel, wanted: Collection[str]) -> None:
        self._model = model
        self._wanted = frozenset(model.entities) & frozenset(wanted)

    def read(self, texts: Sequence[tuple[int, str]], language: str | None, found: Found) -> None:  # noqa: ARG002 - models know several languages
        """Add to ``found`` what the model sees in (index, text)."""
        if not texts or not self._wanted:
            return
        recognizer = _load(self._model)
        for index, text in texts:
            spans = [span for span in self._spans(recognizer, text) if span.start < span.end]
            if spans:
                found.setdefault(index, (text, []))[1].extend(spans)

    def _spans(self, recognizer: Any, text: str) -> Iterator[Span]:
        for result in recognizer.analyze(text, sorted(self._wanted)):
            if result.entity_type in self._wanted and result.score >= self._model.threshold:
                start, end = _trimmed(text, result.start, result.end)
                # A model's score is no proof: 1 is kept for what a validator has checked.
                score = min(float(result.score), 0.99)
                yield Span(result.entity_type, start, end, score, self._model.name)


def require(models: Sequence[OwnModel]) -> None:
    """Refuse at once where a model, or what runs it, is not here (:class:`ModelMissing`)."""
    for model in models:
        for package in _PACKAGES[model.engine]:
            if find_spec(package) is None:
                raise ModelMissing(
                    f"The model of {model.name} needs the package {package}.",
                    f"Install it with `pip install 'vitrail[{model.engine}]'`, or set "
                    "`enabled: false` in recognizers.yaml.",
                )
        if not _is_here(model.model):
            raise _missing(model)


def versions(models: Sequence[OwnModel]) -> dict[str, str]:
    """The packages that run these models, and each model by what its folder holds."""
    found = {}
    for package in sorted({p for model in models for p in _PACKAGES[model.engine]}):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found | {f"model {m.name}": _state(m.model) for m in models}


def _state(model: str) -> str:
    """Sizes and times of a folder's files as one number: changed weights are another model."""
    from vitrail.detect.identity import digest

    folder = _folder(model)
    files = sorted(p for p in folder.rglob("*") if p.is_file()) if folder else []
    stats = ((p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in files)
    return digest([model.encode(), *(repr(stat).encode() for stat in stats)])


def _is_here(model: str) -> bool:
    return _folder(model) is not None


def _folder(model: str) -> Path | None:
    """The model's folder: as named, or in the hub's cache."""
    path = Path(model).expanduser()
    if path.is_dir():
        return path
    _keep_quiet()
    from huggingface_hub.constants import HF_HUB_CACHE

    snapshots = Path(HF_HUB_CACHE) / f"models--{model.replace('/', '--')}" / "snapshots"
    found = sorted(snapshots.iterdir()) if snapshots.is_dir() else []
    return found[-1] if found else None


@cache
def _load(model: OwnModel) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            recognizer = _recognizer(model)
            recognizer.load()
        except Exception as error:
            raise _missing(model, type(error).__name__) from error
    return recognizer


def _recognizer(model: OwnModel) -> Any:
    _keep_quiet()
    from presidio_analyzer.predefined_recognizers import (
        GLiNERRecognizer,
        HuggingFaceNerRecognizer,
    )

    where = str(_folder(model.model) or model.model)
    if model.engine == "gliner":
        return GLiNERRecognizer(
            entity_mapping=dict(model.labels), model_name=where, name=model.name,
            threshold=model.threshold, local_files_only=True,
        )  # fmt: skip
    return HuggingFaceNerRecognizer(
        label_mapping=dict(model.labels), model_name=where, name=model.name,
        threshold=model.threshold,
    )  # fmt: skip


def _missing(model: OwnModel, reason: str = "") -> ModelMissing:
    how = f" ({reason})" if reason else ""
    return ModelMissing(
        f"The model of {model.name} is not on this machine or cannot be loaded{how}.",
        "Vitrail downloads nothing: fetch it once with `hf download NAME --local-dir FOLDER` and "
        "name that folder as `model_name`, or set `enabled: false`.",
    )


def _keep_quiet() -> None:
    """Before the hub's client is imported: no network, no bars; no log line that quotes a text."""
    os.environ.update(_QUIET)
    logging.getLogger("presidio-analyzer").setLevel(logging.CRITICAL)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without blanks at its ends: tokenisers take the one before a word along."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
