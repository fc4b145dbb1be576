"""What Tab offers on the command line beside commands and options: names of this workspace.

A completer is called at each Tab, so it loads little and says nothing where something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import vitrail
from vitrail.errors import VitrailError

if TYPE_CHECKING:
    from vitrail.workspace import Workspace

_MOST = 200


def controls(incomplete: str) -> list[str]:
    """Controls of the catalogue, behind a comma too: ``PAY-01,MKT-``."""
    from vitrail.house import carried
    from vitrail.promises import load_controls

    done, _, begun = incomplete.rpartition(",")
    before = f"{done}," if done else ""
    names = (control.id for control in load_controls(carried("queries", "promises")))
    return _fitting((before + name for name in names), before + begun.upper())


def facts(incomplete: str) -> list[str]:
    """What may be asked of."""
    return _of_the_workspace(lambda ws: (fact.name for fact in ws.facts()), incomplete)


def dimensions(incomplete: str) -> list[str]:
    """What may be asked by, behind a comma too."""
    done, _, begun = incomplete.rpartition(",")
    before = f"{done}," if done else ""
    return _of_the_workspace(
        lambda ws: {f"{before}{d.name}" for fact in ws.facts() for d in fact.dimensions},
        f"{before}{begun}",
    )


def runs(incomplete: str) -> list[str]:
    """Scans and checks whose reports can be written."""
    return _of_the_workspace(
        lambda ws: ["latest", *(path.name for path in ws.layout.runs.glob("*-*"))], incomplete
    )


def entity_types(incomplete: str) -> list[str]:
    """Kinds of personal data."""
    from vitrail.detect.entities import ENTITIES

    return _fitting(ENTITIES, incomplete.upper())


def _of_the_workspace(names: Callable[[Workspace], Iterable[str]], incomplete: str) -> list[str]:
    try:
        with vitrail.open() as workspace:
            return _fitting(names(workspace), incomplete)
    except VitrailError:  # no workspace here, no role, no facts yet
        return []


def _fitting(names: Iterable[str], incomplete: str) -> list[str]:
    return sorted(name for name in names if name.startswith(incomplete))[:_MOST]
