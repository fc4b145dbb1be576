"""What a verdict rests on, as digests: the same digests, the same verdicts on the same cells.

A recogniser's digest covers its patterns, words and settings, its source and the sources that it
draws on among its neighbours. What all of them share (the rest of this package, the libraries,
the models) has an entry of its own, under :data:`EVERY_TYPE`.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import vitrail
from vitrail.detect.own.definition import OwnRecognizers
from vitrail.keys import Keyring

#: Stands for the entity type of what concerns every type.
EVERY_TYPE: Final = "*"
_OWN: Final = "vitrail.detect.recognizers"
_APART: Final = "detect/recognizers/"
_CODE: Final = {".py", ".yaml", ".sql", ".toml", ".json"}
_DIGITS: Final = 16


def recognizer_version(recognizer: Any) -> str:
    """The digest of one recogniser: how it is set up and, where it is ours, its code."""
    kind = type(recognizer)
    sources = sorted(drawn_on(kind.__module__)) if kind.__module__.startswith(_OWN) else []
    settings = {
        name: value
        for name, value in sorted(vars(recognizer).items())
        if name not in {"id", "_id", "supported_language"}  # an address; which of equal copies
    }
    text = json.dumps([kind.__module__, kind.__qualname__, settings], default=_plain)
    return digest([text.encode(), *(_source(name) for name in sources)])


@cache
def code_version(*places: str) -> str:
    """The digest of the code and data under ``places``, folders or files of the package."""
    files = code_files(*places)
    return digest(part for n, file in files.items() for part in (n.encode(), file.read_bytes()))


def code_files(*places: str) -> dict[str, Path]:
    """What :func:`code_version` covers; recognisers are left out, they have their own digests."""
    package = Path(vitrail.__file__).parent
    found = {
        file.relative_to(package).as_posix(): file
        for place in places
        for file in [package / place, *(package / place).rglob("*")]
        if file.suffix in _CODE
    }
    return {name: file for name, file in sorted(found.items()) if not name.startswith(_APART)}


@cache
def library_version(name: str) -> str:
    """The version of an installed library: it stays while the process runs, and to look it up takes
    as long as to judge a thousand cells."""
    return version(name)


def versions_digest(versions: Mapping[str, str]) -> str:
    """The digest of libraries and models by their versions."""
    return digest(f"{name} {version}".encode() for name, version in sorted(versions.items()))


def own_versions(own: OwnRecognizers, versions: Mapping[str, str], keys: Keyring) -> dict[str, str]:
    """What a user's own definitions add. Under the key: a list of a few names could be guessed
    from a plain digest of it."""
    names = {r.name for r in own.recognizers}
    found = {place: v for place, v in versions.items() if place.partition("/")[2] in names}
    found |= {
        f"{entity}/{model.name}": json.dumps([model.model, model.labels, model.threshold])
        for model in own.models
        for entity in model.entities
    }
    if own.allowed:
        rules = [[r.value, r.regex, r.entity, r.columns] for r in own.allowed]
        found[f"{EVERY_TYPE}/allowed"] = json.dumps(rules)
    return {place: keys.fingerprint("recognizer", text)[:_DIGITS] for place, text in found.items()}


def digest(parts: Iterable[bytes]) -> str:
    """16 hex digits of SHA-256 over parts that cannot run into each other."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()[:_DIGITS]


@cache
def drawn_on(module: str) -> frozenset[str]:
    """A module and the neighbours that it imports, and those that they import."""
    found, left = set(), [module]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += _imports(_source(name))
    return frozenset(found)


def _imports(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_OWN):
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in [node.module or "", *inside] if _is_module(name))
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith(_OWN))


def _is_module(name: str) -> bool:
    try:
        return name != _OWN and find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@cache
def _source(module: str) -> bytes:
    spec = find_spec(module)
    return Path(spec.origin).read_bytes() if spec and spec.origin else b""


def _plain(value: Any) -> Any:
    """A setting that JSON does not know: Presidio's patterns by their parts, sets in order."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return getattr(value, "__name__", None) or type(value).__qualname__
