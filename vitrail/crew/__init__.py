"""Processes that load what a scan takes while the one that wants it is still starting.

Nothing heavy is imported here, so a command can begin with it.
"""

from vitrail.crew.ahead import HERE_BYTES, crew_for
from vitrail.crew.crew import Crew, Member

__all__ = ["HERE_BYTES", "Crew", "Member", "crew_for"]
