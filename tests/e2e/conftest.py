"""A real server and a real browser: Debian's Chromium, driven over loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.browser import chromium

HOUSE = Path(__file__).parent.parent.parent
#: Up to this width, in pixels, Streamlit folds the list of pages.
PHONE: Final = 768
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Server:
    """A cold workbench over a workspace, on a free port."""

    def __init__(self, workspace: Path, port: int | None = None, log: Path | None = None) -> None:
        self.port, self.log = port or _free_port(), log
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "vitrail",
                "app",
                "-C",
                str(workspace),
                "--port",
                str(self.port),
            ],
            cwd=HOUSE,
            env={**os.environ, "VITRAIL_WORKSPACE": str(workspace)},
            stdout=subprocess.DEVNULL if log is None else log.open("wb"),
            stderr=subprocess.DEVNULL if log is None else subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2)
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise TimeoutError("the workbench did not start")

    def stop(self, by: int = signal.SIGTERM) -> int:
        """Tell it to end; how it ended."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, by)
            self._process.wait(60)
        return int(self._process.returncode)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One that comes back, by a desk or a phone, which keep their own storage: whether the list of
    pages is folded. What the pages' programs are made of is fetched and read once."""

    def __init__(self, browser: Browser) -> None:
        self._desk, self._phone = browser.new_context(), browser.new_context()

    def page(self, width: int, scheme: Literal["light", "dark"]) -> Page:
        page = (self._desk if width > PHONE else self._phone).new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        return page


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Visitor:
    return Visitor(browser)


@pytest.fixture
def cold_server(demo_workspace: Path) -> Iterator[Server]:
    server = Server(demo_workspace)
    server.wait()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server(unopened_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a copy: what is saved and decided in the browser stays there."""
    server = Server(Path(shutil.copytree(unopened_demo, tmp_path_factory.mktemp("e2e") / "own")))
    server.wait()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def start_server() -> Callable[..., Server]:
    """Starts a cold workbench over a workspace, at a port that its settings name."""
    return Server


@pytest.fixture(scope="module")
def broken_server(
    tmp_path_factory: pytest.TempPathFactory, unopened_demo: Path
) -> Iterator[Server]:
    """A server that was started over a good workspace whose configuration then broke."""
    folder = tmp_path_factory.mktemp("broken")
    own = Path(shutil.copytree(unopened_demo, folder / "own"))
    server = Server(own, log=folder / "log")
    server.wait()
    (own / "vitrail.toml").write_text("exports = [not closed")
    yield server
    server.stop()
