"""One test of the promises as pages and the command line get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vitrail.model import Assessment, InputFile
from vitrail.promises import Policy


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One test of the promises: when, against which policy, with which verdicts.

    ``problems``: what of the exports could not be read or mapped; of a check from its folder, none.
    ``settings``: which settings it was made with and who stood for them, in words.
    """

    id: str
    directory: Path
    at: datetime
    policy: Policy
    assessments: tuple[Assessment, ...]
    problems: tuple[InputFile, ...] = ()
    settings: str = ""
