"""Pictures of every page in both themes, for the README and for looking at.

    python -m bench.screenshots WORKSPACE [OUT [WIDTH [PAGE…]]]

needs Chromium (Debian: ``apt-get install chromium-headless-shell``).
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bench.browser import chromium

PAGES = (
    "trends", "campaigns", "audience", "explore", "promises", "scan", "findings", "inventory",
    "minors", "trace", "sources", "registers", "remedies", "access_log", "people", "settings",
)  # fmt: skip
#: What a page is asked, where its first look is not the one to show.
ASKED = {"explore": "?fact=activity&by=month&by=country&by=device"}
HEIGHT = 1000
#: A page that reads exports is slow to come where much else runs, in milliseconds.
PATIENCE = 300_000


def main(workspace: Path, out: Path, width: int = 1440, pages: Sequence[str] = PAGES) -> None:
    """Write ``<page>-<theme>.png`` for each page and theme."""
    out.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    command = [sys.executable, "-m", "vitrail", "app", "-C", str(workspace), "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ}, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
            for theme in ("light", "dark"):
                page = browser.new_page(
                    color_scheme=theme,
                    viewport={"width": width, "height": HEIGHT},
                )
                for name in pages:
                    address = f"http://127.0.0.1:{port}/{name}{ASKED.get(name, '')}"
                    _shoot(page, address, out / f"{name}-{theme}.png")
                page.close()
    finally:
        server.terminate()


def _shoot(page: Page, url: str, place: Path) -> None:
    page.goto(url)
    page.get_by_role("heading", level=1).wait_for(timeout=PATIENCE)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')"
        "?.getAttribute('data-test-script-state') === 'notRunning'",
        timeout=PATIENCE,
    )
    page.wait_for_function(  # charts are drawn by scripts that load when they are needed
        "() => !document.querySelector('[data-testid=stSkeleton]')", timeout=PATIENCE
    )
    page.get_by_text("Looking into the exports").wait_for(state="hidden", timeout=PATIENCE)
    page.wait_for_timeout(1500)
    _kept(page.screenshot(), place)
    print(place.name)


def _kept(picture: bytes, place: Path) -> None:
    """In 256 colours, which a flat page does with: a third of the bytes, and kept for good."""
    with Image.open(BytesIO(picture)) as whole:
        few = whole.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(place, optimize=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2] if len(sys.argv) > 2 else "docs/images"),
        int(sys.argv[3]) if len(sys.argv) > 3 else 1440,
        sys.argv[4:] or PAGES,
    )
