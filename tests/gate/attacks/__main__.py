"""Play attacks as often as one likes and print their rows of the table.

    python -m tests.gate.attacks WORDS --persons 300 --trials 8000

plays every attack whose name has these words in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.gate.attacks.suite import ATTACKS
from tests.gate.attacks.table import Played
from tests.gate.attacks.trial import play


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words")
    parser.add_argument("--persons", type=int, nargs="+", default=[300])
    parser.add_argument("--trials", type=int, default=8_000)
    options = parser.parse_args()
    for attack in (a for a in ATTACKS if options.words in a.name):
        for persons in options.persons:
            started = time.process_time()
            with tempfile.TemporaryDirectory() as folder:
                share = play(attack, Path(folder), persons, options.trials)
            used = time.process_time() - started
            told = f"{Played(attack, persons, share)}\n{share.trials:,} trials, {used:.0f} s of CPU"
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
