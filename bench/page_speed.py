"""How long a page takes until it stands, and a filter until its answer stands.

    python -m bench.page_speed WORKSPACE [--rounds N] [--browser]

In process, by Streamlit's own runner (the work of the server alone): each page is opened ``N``
times, each in a new session, then as often with one thing changed (a filter, the time, what is
looked at); each change is fresh once and answered from the cache of releases from then on. With
``--browser`` the same in Chromium against a server of its own on loopback: from the address typed
into a tab to the last chart drawn, the start of the workbench in that tab included. The first
opening of each page is told apart; the 95th percentile is of all others. In process the seconds of
CPU of each run are told too: on a machine with other work they say more than the clock.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.browser import chromium

HOUSE = Path(__file__).parent.parent

#: Each page with addresses that change one thing of it: a filter, or what is looked at.
PAGES: dict[str, tuple[dict[str, str], ...]] = {
    "trends": ({"region": "EEA"}, {"country": "FR"}, {"device": "mobile"}, {"by": "month"}),
    "campaigns": ({"region": "EEA"}, {"country": "FR"}, {"months": "24 months"}),
    "audience": ({"region": "EEA"}, {"country": "DE"}, {"device": "mobile"}),
    "explore": (
        {"fact": "activity", "by": "country"},
        {"fact": "activity", "by": "month", "where": "region=EEA"},
        {"fact": "orders", "by": "country", "measure": "sum(amount)"},
    ),
}


def main() -> None:
    """Print a line for each page: opened, changed; median and 95th percentile in seconds."""
    read = argparse.ArgumentParser(prog="bench.page_speed")
    read.add_argument("workspace", type=Path)
    read.add_argument("--rounds", type=int, default=12)
    read.add_argument("--browser", action="store_true")
    asked = read.parse_args()
    os.environ["VITRAIL_WORKSPACE"] = str(asked.workspace.resolve())
    os.chdir(HOUSE)
    if asked.browser:
        _in_browser(asked.workspace, asked.rounds)
    else:
        _in_process(asked.rounds)


def _told(page: str, opened: list[float], changed: list[float]) -> None:
    parts = []
    for what, seconds in (("ready", opened[1:]), ("changed", changed)):
        high = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
        parts.append(f"{what} {statistics.median(seconds):.2f} s, p95 {high:.2f} s")
    first = f"first {opened[0]:.2f} s"
    print(f"{page:10} {first}; {'; '.join(parts)} ({len(opened)} rounds)", flush=True)


def _in_process(rounds: int) -> None:
    from streamlit.testing.v1 import AppTest

    work: list[float] = []

    def run(page: str, address: dict[str, str]) -> float:
        test = AppTest.from_file(str(HOUSE / "pages" / f"{page}.py"), default_timeout=300)
        for key, value in address.items():
            test.query_params[key] = value
        began, working = time.perf_counter(), time.process_time()
        test.run()
        took = time.perf_counter() - began
        work.append(time.process_time() - working)
        if test.exception or test.error:
            raise SystemExit(f"{page} failed at {address}")
        return took

    _measured(run, rounds, work)


def _measured(
    run: Callable[[str, dict[str, str]], float], rounds: int, work: Sequence[float] = ()
) -> None:
    """Open each page, then change it; answers to a change are fresh in the first round only."""
    for page, changes in PAGES.items():
        opened = [run(page, {}) for _ in range(rounds)]
        changed = [run(page, changes[i % len(changes)]) for i in range(rounds)]
        _told(page, opened, changed)
        if work:
            print(f"{'':10} seconds of CPU: {', '.join(f'{s:.2f}' for s in work[-2 * rounds :])}")


def _in_browser(workspace: Path, rounds: int) -> None:
    from playwright.sync_api import sync_playwright

    from bench.screenshots import _free_port, _wait

    port = _free_port()
    command = [sys.executable, "-m", "vitrail", "app", "-C", str(workspace), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
            )

            view = browser.new_page(viewport={"width": 1440, "height": 900})

            def run(page: str, address: dict[str, str]) -> float:
                view.goto("about:blank")
                began = time.perf_counter()
                view.goto(f"http://127.0.0.1:{port}/{page}?{urllib.parse.urlencode(address)}")
                view.get_by_text("How this was made").first.wait_for(timeout=120_000)
                view.wait_for_function(
                    "() => document.querySelector('[data-testid=stApp]')"
                    "?.getAttribute('data-test-script-state') === 'notRunning'"
                    " && document.querySelector('.js-plotly-plot .main-svg')",
                    timeout=120_000,
                )
                return time.perf_counter() - began

            _measured(run, rounds)
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
