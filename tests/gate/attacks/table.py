"""The table of attacks as it is printed: what was measured, beside its control and its aim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.gate.attacks.trial import Attack
from tests.gate.attacks.wilson import Share

TABLE = Path(__file__).parents[3] / "bench" / "attacks.md"

#: Victims are balanced, so that knowing everyone else is right in half of all cases.
CONTROL = 0.5

_HEAD = """# Attacks on the gate

Written by `make attacks`. Each attack is played against the real gate: the attacker knows every
row but the victim's and how the gate works, not its key. He plays both worlds under keys of his
own, learns a linear discriminant on all that the answers show, and guesses under fresh keys.
Victims are balanced: who knows only the others is right in 0.500 of the cases. The interval is
Wilson's at 95 %; the residual risk is (attack − control) / (1 − control); an aim holds where the
interval's upper end is within it.

| attack | persons | undefended | attack | 95 % | aim | holds | residual risk |
|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Played:
    """One attack at one size."""

    attack: Attack
    persons: int
    share: Share

    @property
    def holds(self) -> bool:
        """Whether the whole interval is within the aim."""
        return self.attack.aim is None or self.share.interval[1] <= CONTROL + self.attack.aim

    @property
    def broken(self) -> bool:
        """Whether the whole interval is beyond the aim, which a short run can tell too."""
        return self.attack.aim is not None and self.share.interval[0] > CONTROL + self.attack.aim

    def __str__(self) -> str:
        low, high = self.share.interval
        aim = "told" if self.attack.aim is None else f"≤ {CONTROL + self.attack.aim:.2f}"
        held = "–" if self.attack.aim is None else "yes" if self.holds else "no"
        cells = [
            self.attack.name,
            f"{self.persons:,}",
            self.attack.undefended,
            f"{self.share.value:.3f}",
            f"{low:.3f}–{high:.3f}",
            aim,
            held,
            f"{self.share.risk_beside(CONTROL):.3f}",
        ]
        return f"| {' | '.join(cells)} |"


def write(played: Iterable[Played]) -> None:
    TABLE.write_text(_HEAD + "".join(f"{row}\n" for row in played), "utf-8")
