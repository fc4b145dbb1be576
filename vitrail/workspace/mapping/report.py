"""What a proposed mapping is, before and after it was tried on the exports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vitrail.model import Dataset, InputFile
from vitrail.proposal import Proposal, ProposedSource, Subject


class Standing(StrEnum):
    """Where an export stands: ``MAPPED`` by ``vitrail.toml`` already, or nothing fits it."""

    PROPOSED = "proposed"
    MAPPED = "mapped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MappedExport:
    """One dataset, or several files of one shape: ``files`` of them, under the glob ``file``.

    ``mapped_by``: names of the sources that read it already, and ``fed`` the tables that they fill.
    ``lost``: what its values lose.
    ``rows`` of tables about persons and ``alone``, those of them that nobody can be told from;
    ``known``: how many are of an account that other exports have. None where not tried.
    """

    dataset: Dataset
    file: str
    files: int
    standing: Standing
    proposal: Proposal
    mapped_by: tuple[str, ...] = ()
    fed: tuple[str, ...] = ()
    rows: int | None = None
    alone: int | None = None
    known: int | None = None
    lost: tuple[InputFile, ...] = ()

    @property
    def label(self) -> str:
        """How it is named to people: its glob, with the table inside."""
        inside = self.dataset.table
        return self.file if inside is None else f"{self.file} · {inside}"

    @property
    def tables(self) -> tuple[str, ...]:
        """The canonical tables that it feeds, or would."""
        return (*self.fed, *(source.table for source in self.proposal.sources))

    @property
    def undecided(self) -> bool:
        """Whether its table is still a question: what a table says of people is not guessed."""
        return any(q.subject is Subject.TABLE for q in self.proposal.questions)

    @property
    def ties_nobody(self) -> bool:
        """Whether it has rows about persons, and not one that tells whose it is."""
        return bool(self.rows) and self.alone == self.rows


@dataclass(frozen=True, slots=True)
class MissingColumn:
    """A column (or table) that is not mapped, and the controls that wait for it.

    ``alone``: those that become testable by it alone; ``among``: those that lack more besides.
    ``candidates``: exported columns that nothing uses and whose values could stand there.
    """

    name: str
    alone: tuple[str, ...]
    among: tuple[str, ...]
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingReport:
    """The exports looked at, the controls that become testable, and what would open more.

    ``unreadable``: files that could not be read and so were not looked at.
    """

    exports: tuple[MappedExport, ...]
    opened: tuple[str, ...]
    missing: tuple[MissingColumn, ...]
    unreadable: tuple[InputFile, ...]

    @property
    def sources(self) -> tuple[ProposedSource, ...]:
        """All that would be written."""
        return tuple(s for e in self.exports for s in e.proposal.sources)

    @property
    def ties_nobody(self) -> tuple[MappedExport, ...]:
        """The exports of which every row would be nobody's."""
        return tuple(e for e in self.exports if e.ties_nobody)
