"""Own recognisers from YAML, judged by a detector that has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from vitrail.detect import registry
from vitrail.detect.detector import LANGUAGES, ColumnContext, Detector, DetectorOptions
from vitrail.detect.own.definition import OwnRecognizers
from vitrail.detect.own.parsing import parse
from vitrail.keys import Keyring

Found = list[tuple[str, str]]
Read = Callable[..., OwnRecognizers]
Look = Callable[..., Found]


@pytest.fixture(scope="session")
def read() -> Read:
    """``read(yaml, folder)``: the definitions of a file."""
    house = registry.built_in_names()

    def parsed(text: str | bytes, folder: Path = Path()) -> OwnRecognizers:
        content = text.encode() if isinstance(text, str) else text
        return parse(
            content,
            "recognizers.yaml",
            languages=LANGUAGES,
            house=house,
            read_file=lambda name: (folder / name).read_bytes(),
        )

    return parsed


@pytest.fixture(scope="session")
def detector_of(read: Read, cache: Path) -> Callable[..., Detector]:
    """``detector_of(yaml, entities)``: a detector for the file's own types, or for ``entities``."""

    def built(text: str, entities: tuple[str, ...] | None = None) -> Detector:
        own = read(text)
        chosen = entities or tuple({r.entity for r in own.recognizers})
        options = DetectorOptions(names="off", own=own, entities=chosen)
        return Detector(options, Keyring(bytes(32)), cache)

    return built


@pytest.fixture(scope="session")
def look_with() -> Look:
    """``look_with(detector, *cells, column="note")``: what it finds in a column of these cells."""

    def found(detector: Detector, *cells: str, column: str = "note") -> Found:
        hits = detector.judge(pa.array(cells, pa.string()), ColumnContext(column))
        return [
            (entity, cells[value][start:end])
            for value, entity, start, end in zip(
                hits.value, hits.entity_type, hits.start, hits.end, strict=True
            )
        ]

    return found
