"""What files, columns and keys are called in a copy: as before, unless they say who someone is."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from vitrail.detect.detector import Detector
from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.redaction.options import Operator
from vitrail.scan.labels import Labels

if TYPE_CHECKING:
    from vitrail.redaction.operators import Operators

#: Endings that say what a file is; of a name that is replaced they are kept.
_ENDING: Final = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{0,7}){0,2}\Z")
_KNOWN: Final = frozenset(
    {"csv", "tsv", "tab", "psv", "ssv", "txt", "log", "json", "ndjson", "jsonl", "ldjson",
     "parquet", "avro", "xlsx", "sqlite", "sqlite3", "db", "duckdb", "zip", "gz", "zst", "bz2",
     "xz", "md", "xml", "html", "htm", "eml", "sql", "yaml", "yml"}
)  # fmt: skip


def copy_names(detector: Detector, keys: Keyring, operators: Operators) -> Labels:
    """Names in a copy: a value in one is a pseudonym, so that two names stay two."""

    def word(kind: str, value: str) -> str:
        return operators.text(Operator.PSEUDONYM, kind, value)

    return Labels(detector, keys, word)


def copy_path(name: str, names: Labels) -> Path:
    """Where a dataset's file lies in the copy, relative to its root."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or parts[0] == "/":
        raise UsageError("A file's name leads out of its folder.", "Name its folder as the place.")
    return Path(*map(names.label, parts[:-1]), _file_name(parts[-1], names))


def _file_name(name: str, names: Labels) -> str:
    new = names.label(name)
    if new == name:
        return name
    ending = "".join(f".{part}" for part in _endings(name))
    return new if new.endswith(ending) else new + ending


def _endings(name: str) -> list[str]:
    """The known endings of a name, at most two: ``csv``, ``gz``."""
    found = _ENDING.search(name)
    parts = found[0].split(".")[1:] if found else []
    kept: list[str] = []
    for part in reversed(parts):
        if part.lower() not in _KNOWN:
            break
        kept.insert(0, part)
    return kept
