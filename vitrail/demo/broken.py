"""Which promises the company breaks: all of them, none, or a chosen few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError
from vitrail.house import carried


@dataclass(frozen=True, slots=True)
class Broken:
    """The controls whose faults are planted; ``None``: each that there is."""

    controls: frozenset[str] | None

    def __str__(self) -> str:
        if self.controls is None:
            return "every promise that a control tests"
        return f"{', '.join(sorted(self.controls))} on purpose" if self.controls else "no promise"

    def any(self, *controls: str) -> bool:
        """Whether one of these is broken on purpose."""
        return self.controls is None or not self.controls.isdisjoint(controls)

    def strays(self) -> bool:
        """Whether people's data strays into texts and links."""
        return self.any(*FORBIDDEN.values())

    def allows(self, template: str) -> bool:
        """Whether a text breaks no promise by its kinds of data, or only one that is broken."""
        held = [control for kind, control in FORBIDDEN.items() if f"{{{kind}" in template]
        return all(self.any(control) for control in held)

    @classmethod
    def of(cls, words: str) -> Broken:
        """``all``, ``few`` or ``none``; or controls by comma, such as ``MKT-02,RET-01``."""
        if words.strip().lower() in _WORDS:
            return _WORDS[words.strip().lower()]
        ids, known = [word.strip().upper() for word in words.split(",")], _known()
        for name in ids:
            if name not in known:
                raise UsageError(
                    f"There is no control of that name to break.{did_you_mean(name, known)}",
                    f"Name some of {', '.join(known)}; or {', '.join(_WORDS)}.",
                )
        return cls(frozenset(ids))


def _known() -> tuple[str, ...]:
    from vitrail.promises import load_controls

    return tuple(control.id for control in load_controls(carried("queries", "promises")))


#: Kinds of data that no text may hold, by the control that says so.
FORBIDDEN: Final = {"CREDIT_CARD": "PAY-01", "IBAN_CODE": "PAY-03", "SECRET": "PAY-07"}

EVERYTHING: Final = Broken(None)
NOTHING: Final = Broken(frozenset())

#: What a company that means well gets wrong: most promises are kept, one of nearly every clause
#: is not. Card numbers, addresses in links and ages in messages are there for the scan to find.
A_FEW: Final = Broken(
    frozenset({
        "ANA-02", "COO-02", "DSR-01", "MIN-01", "MIN-02", "MKT-02", "PAY-01", "RET-01", "SHR-01",
        "TST-01",
    })
)  # fmt: skip

_WORDS: Final = {"all": EVERYTHING, "few": A_FEW, "none": NOTHING}
