"""``run.json`` and ``columns.json``, written and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vitrail.detect.entities import ENTITIES, EntityType, Family
from vitrail.errors import UsageError
from vitrail.model import (
    ColumnVerdict,
    InputFile,
    InputStatus,
    RunState,
    ScanRun,
    SettingsStanding,
    Severity,
)
from vitrail.scan.options import ScanOptions
from vitrail.scan.parts import write_json

if TYPE_CHECKING:
    import pyarrow as pa

RUN: Final = "run.json"
COLUMNS: Final = "columns.json"
_RUN_SCHEMA: Final = "vitrail.run/1"
_COLUMNS_SCHEMA: Final = "vitrail.columns/1"

_SETTINGS: Final = "Settings"

#: Options in the words of a report.
_ROWS: Final = {"exhaustive": "all", "quick": "a sample of each dataset"}
_NAMES: Final = {
    "auto": "looked for within a budget",
    "all": "looked for in every text",
    "off": "not looked for",
}


def write_run(directory: Path, document: Mapping[str, Any]) -> None:
    """Write ``run.json``; ``document`` holds all but its schema."""
    write_json(directory / RUN, {"schema": _RUN_SCHEMA, **document}, lasting=True)


def read_run(directory: Path) -> dict[str, Any]:
    """``run.json`` as it stands."""
    return _read(directory / RUN)


def note_settings(run: ScanRun, standing: SettingsStanding) -> ScanRun:
    """Write into ``run.json`` which settings a run was made with and who stands for them."""
    directory = Path(run.directory)
    noted = {
        "digest": standing.digest,
        "approved": standing.approved,
        "proposed_by": standing.proposed_by,
        "approved_by": standing.approved_by,
        "words": standing.words,
    }
    write_json(directory / RUN, {**read_run(directory), "settings": noted}, lasting=True)
    return replace(run, made_with=(*run.made_with, (_SETTINGS, standing.words)))


def kinds(document: Mapping[str, Any]) -> Mapping[str, EntityType]:
    """The entity types that a run knew, the user's own among them, by its ``run.json``."""
    own = [
        EntityType(kind["name"], Severity(kind["severity"]), kind["words"], Family(kind["family"]))
        for kind in document.get("own_types", ())
    ]
    return {**ENTITIES, **{kind.name: kind for kind in own}}


def write_columns(directory: Path, columns: Iterable[ColumnVerdict]) -> None:
    """Write ``columns.json``."""
    rows = [{**asdict(column), "hits": dict(column.hits)} for column in columns]
    write_json(directory / COLUMNS, {"schema": _COLUMNS_SCHEMA, "columns": rows}, lasting=True)


def input_json(file: InputFile) -> dict[str, Any]:
    """An input as ``run.json`` has it."""
    return {**asdict(file), "status": file.status.value}


_CELL_LIMIT: Final = "max_cell_mib"
_MEBIBYTE: Final = 1 << 20


def load(directory: Path) -> ScanRun:
    """A run as its documents tell it, whatever became of it."""
    document = read_run(directory)
    columns = _columns(directory) if (directory / COLUMNS).is_file() else ()
    return ScanRun(
        id=document["id"],
        directory=str(directory),
        state=RunState(document["state"]),
        started_at=datetime.fromisoformat(document["started_at"]),
        seconds=document["seconds"],
        inputs=tuple(
            InputFile(**{**file, "status": InputStatus(file["status"])})
            for file in document["inputs"]
        ),
        columns=columns,
        hits=document["totals"]["hits"],
        made_with=tuple(_made_with(document)),
    )


def _made_with(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a reader needs to judge a run by, and to make it again."""
    arguments = document["arguments"]
    types = {kind for kinds in document["recognizers"].values() for kind in kinds}
    digest = sha256(json.dumps(document.get("recognizer_versions", {}), sort_keys=True).encode())
    yield "Vitrail", document["version"]
    yield "Looked for", f"{len(types)} kinds of data of score {arguments['min_score']} or more"
    yield "Rows", _ROWS.get(arguments["sample"], arguments["sample"])
    yield "Names", _NAMES.get(arguments["names"], arguments["names"])
    yield "Languages", ", ".join(document["languages"])
    yield "Recognisers", f"digest {digest.hexdigest()[:16]}"
    yield from document["models"].items()
    if "settings" in document:
        yield _SETTINGS, document["settings"]["words"]


def read_options(directory: Path) -> ScanOptions:
    """The options that a run was begun with, so that it can go on with the same; those that its
    version did not know are at their default."""
    arguments = read_run(directory)["arguments"]
    chosen: dict[str, Any] = {}
    for name in (field.name for field in fields(ScanOptions) if field.name in arguments):
        value = arguments[name]
        chosen[name] = tuple(value) if isinstance(value, list) else value
    if _CELL_LIMIT in arguments:
        chosen["max_cell"] = round(arguments[_CELL_LIMIT] * _MEBIBYTE)
    return ScanOptions(**chosen)


def written_options(options: ScanOptions) -> dict[str, Any]:
    """Options as ``run.json`` has them. The longest cell in MiB: eight digits in a field that is
    called so would be taken for a phone number by a scan of the document."""
    chosen = asdict(options)
    chosen[_CELL_LIMIT] = chosen.pop("max_cell") / _MEBIBYTE
    return chosen


def read_columns(directory: Path) -> pa.Table:
    """``columns.json`` as a table, one row a column; ``hits`` counts cells over all types."""
    import pyarrow

    schema = pyarrow.schema(
        [("dataset", "string"), ("table", "string"), ("column", "string"), ("rows", "int64"),
         ("non_null", "int64"), ("distinct", "int64"), ("examined", "int64"),
         ("language", "string"), ("verdict", "string"), ("confidence", "float64"),
         ("hits", "int64"), ("reason", "string"), ("unread", "int64")]
    )  # fmt: skip
    rows = [
        {**asdict(column), "hits": sum(cells for _, cells in column.hits)}
        for column in _columns(directory)
    ]
    return pyarrow.Table.from_pylist(rows, schema=schema)


def _columns(directory: Path) -> tuple[ColumnVerdict, ...]:
    document = _read(directory / COLUMNS)
    return tuple(
        ColumnVerdict(**{**row, "hits": tuple(sorted(row["hits"].items()))})
        for row in document["columns"]
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError(
            f"There is no {path.name} in {path.parent.name}.",
            "Name the folder that a scan has written.",
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise UsageError(
            f"{path.name} in {path.parent.name} is damaged.", "Scan again into another folder."
        ) from None
    return dict(document)
