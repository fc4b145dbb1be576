"""How long an answer with differential privacy takes, beside the everyday gate's.

    python -m bench.private_speed [DIR] [--accounts N] [--pairs N]

DIR is a demo company as for bench.ask_speed, and so are the questions but for averages, which the
private mode does not draw. Both ways go through the
workspace as a user's do, ledger and all: the private one plans, bounds each person, draws, walks
the chain and spends from a budget, so that each time is a new release. Five interleaved pairs,
medians. Required: at most twice the gated answer.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from bench.ask_speed import DATA, KEYS, QUESTIONS, prepare, seconds
from vitrail.access import local_actor
from vitrail.config import FILE_NAME, Privacy, load
from vitrail.ledger import Ledger
from vitrail.workspace import Layout, Workspace

#: ρ of the first release of a question; each later one has a millionth more, so none is free.
RHO = 0.01


def workspace(directory: Path, ledger: Path) -> Workspace:
    """The company under the key that its facts were built with, and a ledger of its own."""
    settings = load(directory / FILE_NAME).model_copy(update={"privacy": Privacy(rho_total=100)})
    layout = Layout(directory, directory / settings.exports)
    return Workspace(layout, settings, KEYS, Ledger.open(ledger, KEYS.check_value), local_actor())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    directory = options.directory or DATA / f"demo-{options.accounts}"
    prepare(directory, options.accounts)
    with (
        tempfile.TemporaryDirectory() as place,
        workspace(directory, Path(place) / "ledger.db") as company,
    ):
        print(f"{'private ms':>10} {'gate ms':>9} {'ratio':>6}  question")
        ratios = []
        for question in QUESTIONS:
            if question.measure.startswith("avg"):
                continue
            asked = question.gated
            pairs = [
                (
                    seconds(lambda q=asked, n=turn: company.ask_private(q, RHO + n / 1e6)),  # type: ignore[misc]
                    seconds(lambda q=asked: company.ask(q)),  # type: ignore[misc]
                )
                for turn in range(options.pairs + 1)
            ][1:]
            private, gate = (statistics.median(times) for times in zip(*pairs, strict=True))
            ratios.append(statistics.median(one / other for one, other in pairs))
            print(f"{private * 1000:10.0f} {gate * 1000:9.0f} {ratios[-1]:6.2f}  {asked}")
        print(f"median ratio {statistics.median(ratios):.2f}, worst {max(ratios):.2f} (at most 2)")


if __name__ == "__main__":
    main()
