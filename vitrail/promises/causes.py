"""Why a verdict is another than the last time, in words; nothing here but wording."""

from __future__ import annotations

from typing import Final

DATA: Final = "only the exported data changed"
CONTROL: Final = "the control itself was changed"
POLICY: Final = "our reading of the clause was changed"
MAPPING: Final = "the exports are mapped otherwise"
SAMPLED: Final = "one of the two scans examined a sample only"


def parameters(moved: str) -> str:
    return f"parameters were changed: {moved}"


def tool(now: str, before: str) -> str:
    return f"made by Vitrail {now}, before by {before}"


def systems(now: str, before: str) -> str:
    return f"now {now}, before {before}"


def lacking(now: str, before: str) -> str:
    """What the exports have not; empty where they have all."""
    return f"the exports lack {now or 'nothing'}, before {before or 'nothing'}"
