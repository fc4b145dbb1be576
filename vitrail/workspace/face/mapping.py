"""Exports that nothing maps yet: a mapping proposed, tried, and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.access import Action, require
from vitrail.workspace.open_workspace import OpenWorkspace

if TYPE_CHECKING:
    from vitrail.proposal import Answers, ProposedSource
    from vitrail.workspace.mapping import Draft, MappingReport


class MappingExports(OpenWorkspace):
    """Exports that nothing maps yet: a mapping proposed, tried, and written."""

    def draft_mapping(
        self,
        path: str | Path,
        answers: Answers | None = None,
        each: Mapping[str, Answers] | None = None,
        inside: str | None = None,
    ) -> Draft:
        """A mapping of a file, a folder or the address of a database, from names and a sample of
        the rows, with its questions.

        ``inside``: only what is so named there. ``answers`` hold for all of them; ``each`` for one
        export, by its label.
        """
        from vitrail.proposal import Answers
        from vitrail.workspace import mapping

        require(self.actor, Action.READ_SOURCES)
        return mapping.draft(self, path, answers or Answers(), each or {}, inside)

    def try_mapping(self, draft: Draft) -> MappingReport:
        """Read the rows as the draft maps them: what becomes testable, and whose rows they are."""
        from vitrail.workspace import mapping

        require(self.actor, Action.READ_SOURCES)
        return mapping.try_out(self, draft)

    def write_mapping(self, sources: Sequence[ProposedSource]) -> None:
        """Add sources to ``vitrail.toml``, which stays as it is otherwise; on record."""
        from vitrail.workspace import mapping

        require(self.actor, Action.MAP)
        mapping.write(self, sources)
