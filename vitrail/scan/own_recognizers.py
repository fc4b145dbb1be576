"""``recognizers.yaml`` from disk; what stands in it is :mod:`vitrail.detect.own`'s to judge."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from vitrail.detect.detector import LANGUAGES
from vitrail.detect.own.definition import OwnRecognizers
from vitrail.detect.own.parsing import parse
from vitrail.detect.registry import built_in_names
from vitrail.errors import ConfigError

_MOST_BYTES: Final = 64 << 20


def read_recognizers(path: Path) -> OwnRecognizers:
    """The definitions in ``path``; a :class:`ConfigError` says in which line it is wrong."""
    try:
        content = _content(path)
    except OSError as error:
        raise ConfigError(
            f"{path.name} cannot be read: {error.strerror or error}.",
            "Name a YAML file of recognisers; docs/recognizers.md shows one.",
        ) from None
    return _parsed(content, path)


@cache
def _house() -> frozenset[str]:
    return built_in_names()


def _parsed(content: bytes, path: Path) -> OwnRecognizers:
    return parse(
        content,
        path.name,
        languages=LANGUAGES,
        house=_house(),
        read_file=lambda name: _content(path.parent / name),
    )


def _content(path: Path) -> bytes:
    """A regular file of bounded size: a pipe or a device would be read for ever."""
    if path.exists() and not path.is_file():
        raise OSError("it is no regular file")
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise OSError(f"it is larger than {_MOST_BYTES >> 20} MB")
    return content
