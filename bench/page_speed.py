"""How long a page takes until it stands, and a filter until its answer stands.

    python -m bench.page_speed WORKSPACE [--rounds N] [--browser]

In process, by Streamlit's own runner (the work of the server alone): each page is opened ``N``
times, each in a new session, then as often with one thing changed (a filter, the time, what is
looked at); each change is fresh once and answered from the cache of releases from then on. With
``--browser`` the same in Chromium against a server of its own on loopback, as a person does it:
opened is an address typed into a tab, the start of the workbench in that tab included; changed is
a choice clicked in a box of the page that stands open. Each ends where the page changes no more:
the last chart is drawn. The first opening of each page is told apart; the 95th percentile is of
all others. The seconds of CPU, in the browser those of the server, are told too: on a machine with
other work they say more than the clock.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

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


#: In a browser: the boxes of each page, and what is chosen in them one after the other.
CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "trends": (("By", "month"), ("Country", "FR"), ("By", "week"), ("Country", "DE")),
    "campaigns": (("Country", "FR"), ("Country", "DE")),
    "audience": (("Device", "mobile"), ("Country", "DE"), ("Device", "desktop"),
                 ("Country", "FR")),
    "explore": (("Time", "24 months"), ("Time", "12 months"), ("Compare with", "previous year"),
                ("Compare with", "nothing")),
}  # fmt: skip
#: So many milliseconds without a change on the page, and it stands.
QUIET = 600
#: In each tab: when the page changed last, and when something on it was pressed. What a canvas
#: holds is never drawn: a table puts its words for a screen reader there 0.3 s after it stands.
_WATCHED = """
const drawn = (place) => !(place.nodeType === 1 ? place : place.parentElement)?.closest("canvas");
new MutationObserver((changes) => {
  const page = document.querySelector("[data-testid=stMain]");
  if (page && changes.some(({ target }) => page.contains(target) && drawn(target)))
    window.changed = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
addEventListener("click", () => { window.pressed = performance.now(); }, true);
"""
_STANDS = f"""() => window.changed && performance.now() - window.changed > {QUIET}
  && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
  && !document.querySelector("[data-testid=stSkeleton]")
  && document.querySelector(".js-plotly-plot .main-svg")"""


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
    run: Callable[[str, dict[str, str]], float], rounds: int, work: Sequence[float]
) -> None:
    """Open each page, then change it; answers to a change are fresh in the first round only."""
    for page, changes in PAGES.items():
        opened = [run(page, {}) for _ in range(rounds)]
        changed = [run(page, changes[i % len(changes)]) for i in range(rounds)]
        _told(page, opened, changed)
        _told_work(work[-2 * rounds :])


def _told_work(work: Sequence[float]) -> None:
    print(f"{'':10} seconds of CPU: {', '.join(f'{s:.2f}' for s in work)}", flush=True)


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
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.set_default_timeout(120_000)
            tab.add_init_script(_WATCHED)
            for page, choices in CHOICES.items():
                work = [_spent(server.pid)]
                opened, changed = [], []
                for _ in range(rounds):
                    opened.append(_opened(tab, f"http://127.0.0.1:{port}/{page}"))
                    work.append(_spent(server.pid))
                for i in range(rounds):
                    changed.append(_chosen(tab, *choices[i % len(choices)]))
                    work.append(_spent(server.pid))
                _told(page, opened, changed)
                _told_work([after - before for before, after in pairwise(work)])
    finally:
        server.terminate()


def _opened(tab: Page, address: str) -> float:
    """Seconds from the address to the page that stands."""
    tab.goto("about:blank")
    tab.goto(address)
    tab.wait_for_function(_STANDS)
    return float(tab.evaluate("window.changed")) / 1000


def _chosen(tab: Page, label: str, option: str) -> float:
    """Seconds from a click on an option to the page that stands with its answer."""
    box = tab.get_by_role("combobox", name=label, exact=True)
    if not box.is_visible():
        tab.get_by_role("button", name="Filter").click()
    box.click()
    chosen = tab.get_by_role("option", name=option, exact=True)
    chosen.wait_for()
    tab.wait_for_function(_STANDS)
    before = tab.url
    chosen.click()
    tab.wait_for_function("before => location.href !== before", arg=before)
    tab.wait_for_function(_STANDS)
    took = float(tab.evaluate("window.changed - window.pressed"))
    tab.keyboard.press("Escape")
    return took / 1000


def _spent(pid: int) -> float:
    spent = psutil.Process(pid).cpu_times()
    return float(spent.user + spent.system)


if __name__ == "__main__":
    main()
