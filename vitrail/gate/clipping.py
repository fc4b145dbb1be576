"""To how much of it a cell cuts what one person brings: less cutting, or less noise.

The noise of a sum is as large as one contribution, so a sum cut lower has less. What is cut off
is a lean, which no noise tells of, so a cell is cut no lower than where next to nobody is cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from vitrail.gate.noise import NEVER_BEYOND

#: So many persons may bring more than the first rung under the bound, by a count with so much
#: noise: of one person more or less one choice tells in 52.5 % of cases at most, and together
#: with the sum in 53.5 %. With a σ of 4, and 6 for the sum, it was 55 % and 56 %.
_FEW_ABOVE: Final = 4.0
_ABOVE_SIGMA: Final = 8.0
#: By so many fewer for each halving: a sum of which three persons bring most, cut to a seventh,
#: would lie three of its own standard deviations too low.
_FEWER_BELOW: Final = 2.5


def lowest_rung(rungs: Sequence[int], above: Sequence[int], draw: Callable[[int], float]) -> int:
    """The place of the rung that is cut to; ``above`` are the persons who bring more than each.

    ``draw`` gives each rung a standard normal number of its own. From the bound down, as far as a
    noisy count finds few enough above: so what a sum is cut to, which its error tells, hangs on no
    single person, and a draw gone astray stops the way, where the sum has more noise, rather than
    cutting much of it off.
    """
    place = len(rungs) - 1
    while place > 0:
        below = rungs[place - 1]
        few = _FEW_ABOVE - _FEWER_BELOW * math.log2(rungs[-1] / below)
        surely = above[place - 1] - _ABOVE_SIGMA * NEVER_BEYOND > few
        if surely or above[place - 1] + _ABOVE_SIGMA * draw(below) > few:
            break
        place -= 1
    return place
