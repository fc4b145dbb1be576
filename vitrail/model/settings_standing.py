"""Whether the settings that runs rest on were seen by two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SettingsStanding:
    """The settings as they are now, by digest, and who spoke for them.

    ``parts``: the digest of each file or set of values; ``changed``: those that differ from what
    was approved last, all where nothing was; ``ever_approved``: whether anything was.
    ``proposed_by`` and ``approved_by`` are of these very
    settings, None where nobody has.
    """

    digest: str
    parts: Mapping[str, str] = field(hash=False)
    changed: tuple[str, ...] = ()
    proposed_by: str | None = None
    proposed_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    ever_approved: bool = False

    @property
    def approved(self) -> bool:
        return self.approved_by is not None

    def since(self, part: str) -> str:
        """What became of a part since the last approval."""
        if not self.ever_approved:
            return "never approved"
        return "changed" if part in self.changed else "as approved"

    @property
    def words(self) -> str:
        """One sentence for a report: what stands, and what is still wanted."""
        short = self.digest[:12]
        if self.approved_by is not None and self.approved_at is not None:
            return (
                f"{short}, proposed by {self.proposed_by} and approved by {self.approved_by} "
                f"on {self.approved_at:%-d %b %Y}"
            )
        if self.proposed_by is not None:
            return f"{short}, NOT APPROVED: proposed by {self.proposed_by} alone"
        return f"{short}, NOT APPROVED: nobody has proposed them"
