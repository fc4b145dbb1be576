"""Every control as its file says, with what it needs and where its figures come from."""

from __future__ import annotations

from handbook.tables import code, table
from vitrail.house import carried
from vitrail.model import Control
from vitrail.promises.control import load_controls


def controls() -> tuple[Control, ...]:
    """The controls that come with Vitrail."""
    return load_controls(carried("queries", "promises"))


def page() -> str:
    """One table of all of them."""
    head = ("control", "section", "what is tested", "kind", "severity", "needs")
    return table(head, (_row(one) for one in controls()))


def _row(control: Control) -> tuple[str, ...]:
    needs = ", ".join(code(name) for name, _ in control.needs)
    return (
        f"**{control.id}**",
        control.section,
        f"**{control.title}.** {control.checks}",
        control.kind.value,
        control.severity.value,
        needs,
    )
