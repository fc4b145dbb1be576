"""A source of ``vitrail.toml`` as it is proposed, before anybody wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vitrail.config import Source
from vitrail.exports.columns import covers
from vitrail.exports.mapping import feed_of
from vitrail.exports.presets import resolve
from vitrail.model import Dataset
from vitrail.proposal.answers import Answers
from vitrail.proposal.fitting import Fit
from vitrail.proposal.vocabulary import plain

_WORD: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the export lies: ``file`` is a glob relative to the workspace, None of a database,
    whose ``url`` holds no password; ``inside`` the table in it, ``names`` what its file, folder and
    sheet are called. ``taken``: names of other sources."""

    file: str | None
    inside: str | None
    system: str | None
    names: tuple[str, ...]
    taken: frozenset[str] = frozenset()
    url: str | None = None

    def entries(self, answers: Answers) -> dict[str, Any]:
        """The keys of a source that say where it is."""
        return {
            "file": self.file,
            "url": self.url,
            "inside": self.inside,
            "system": answers.system or self.system,
        }

    def source_name(self, number: int, table: str) -> str:
        """A name that no source has yet: the export's own, else with the table's behind it."""
        base = "_".join(_WORD.findall(plain(self.names[0]))) or table
        return self.free_name(base if number == 0 else f"{base}_{table}")

    def free_name(self, base: str) -> str:
        """The name, or with a number behind it where another source has it."""
        name, count = base, 2
        while name in self.taken:
            name, count = f"{base}_{count}", count + 1
        return name


@dataclass(frozen=True, slots=True)
class ProposedSource:
    """``entries`` are the keys of :class:`~vitrail.config.Source`; ``fits`` say why."""

    name: str
    table: str
    entries: Mapping[str, Any]
    fits: tuple[Fit, ...] = ()

    @property
    def source(self) -> Source:
        """As the configuration reads it."""
        return Source(**self.entries)

    @property
    def preset(self) -> str | None:
        return self.entries.get("preset")

    def columns(self, dataset: Dataset) -> tuple[tuple[str, str], ...]:
        """(canonical, exported) of all that would be used, presets' columns too."""
        feed, _ = feed_of(resolve(self.name, self.source), dataset)
        return tuple((canonical, exported) for exported, canonical in feed.exported())

    def used(self, dataset: Dataset) -> Iterator[str]:
        """The exported columns that it uses."""
        names = [exported for _, exported in self.columns(dataset)]
        return (c.name for c in dataset.columns if covers(names, c.name))
