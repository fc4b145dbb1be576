"""Signing in with a real provider: npm's certified ``oidc-provider``, and Debian's Chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from filelock import FileLock
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, BrowserContext, Page, expect

import vitrail

pytestmark = pytest.mark.e2e
PROGRAM = Path(__file__).parent / "provider"
PIECES = ("package.json", "package-lock.json", "provider.mjs")
CLIENT, SECRET = "vitrail-tests", "a-secret-between-the-two-of-them"
PAGES = sorted(page.stem for page in (Path(__file__).parents[2] / "pages").glob("*.py"))
#: A page of each role; the guard of all of them is asked without a browser in tests/pages.
SOME = ("trends", "findings", "minors", "people")
COOKIE = "_streamlit_user"
PATIENCE = 30_000

SETTINGS = """
[sign_in]
metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
address = "http://127.0.0.1:{workbench}"
client_id = "{client}"
client_secret_file = "client-secret"
role_claim = "groups"
prompt = "login"

[sign_in.roles]
vitrail-auditors = ["auditor"]

[roles]
"amelie@example.org" = ["analyst"]
"unverified@example.org" = ["analyst"]
"expired@example.org" = ["analyst"]
"elsewhere@example.org" = ["analyst"]
"unsigned@example.org" = ["analyst"]
"""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _installed() -> Path:
    """The folder of the provider with its packages as the lock file pins them, made once."""
    content = b"".join((PROGRAM / piece).read_bytes() for piece in PIECES)
    place = platformdirs.user_cache_path("vitrail-tests") / sha256(content).hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / "lock"):
        if not (place / "ready").exists():
            for piece in PIECES:
                shutil.copy(PROGRAM / piece, place)
            _install(place)
            (place / "ready").touch()
    return place


def _install(place: Path) -> None:
    words = ""
    if shutil.which("node") is None or shutil.which("npm") is None:
        words = "node and npm are not installed; on Debian: apt-get install nodejs npm"
    else:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(command, cwd=place, capture_output=True, timeout=120).returncode:
            words = "npm cannot fetch its packages"
    if words:
        # where nobody reads skipped lines, its absence must not pass for success
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop(f"No provider to sign in with: {words}.")


class House:
    """A workbench with sign-in, its provider, and browsers that come to it."""

    def __init__(self, workspace: Path, url: str, log: Path, browser: Browser) -> None:
        self.workspace, self.url, self.log = workspace, url, log
        self._browser = browser
        self.contexts: list[BrowserContext] = []

    def visitor(self) -> Page:
        """A browser that was never here."""
        context = self._browser.new_context(viewport={"width": 1360, "height": 900})
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return context.new_page()

    def signs_in(self, name: str, page: Page | None = None) -> Page:
        """Through the provider's own form, until it has sent the browser back."""
        page = page or self.visitor()
        if page.url == "about:blank":
            page.goto(self.url)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill("any")
        page.locator("button[type=submit]").click()
        page.wait_for_url(re.compile(re.escape(self.url)))
        return page

    def noted(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        with vitrail.open(self.workspace) as workspace:
            return [(e.actor, e.payload) for e in workspace.events() if e.kind == kind]

    def refused(self) -> set[tuple[str, str]]:
        return {(actor, payload["rule"]) for actor, payload in self.noted("entry_refused")}

    def writes(self, old: str, new: str) -> None:
        settings = self.workspace / "vitrail.toml"
        text = settings.read_text()
        assert old in text
        settings.write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def house(
    browser: Browser,
    small_workspace: Path,
    tmp_path_factory: pytest.TempPathFactory,
    start_server: Callable[..., Any],
) -> Iterator[House]:
    expect.set_options(timeout=PATIENCE)
    folder = tmp_path_factory.mktemp("sign-in")
    workspace = Path(shutil.copytree(small_workspace, folder / "workspace"))
    ports = {"provider": _free_port(), "workbench": _free_port()}
    url = f"http://127.0.0.1:{ports['workbench']}"
    with (workspace / "vitrail.toml").open("a") as settings:
        settings.write(SETTINGS.format(**ports, client=CLIENT))
    (workspace / "client-secret").write_text(SECRET + "\n")
    (workspace / "client-secret").chmod(0o600)
    provider = subprocess.Popen(
        ["node", "provider.mjs", str(ports["provider"]), CLIENT, SECRET, url],
        cwd=_installed(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert provider.stdout is not None
    assert provider.stdout.readline().strip() == "ready"
    server = start_server(workspace, ports["workbench"], folder / "server.log")
    server.wait()
    yield House(workspace, url, folder / "server.log", browser)
    server.stop()
    provider.terminate()
    provider.wait(30)


@pytest.fixture(autouse=True)
def _closed(house: House) -> Iterator[None]:
    yield
    while house.contexts:
        house.contexts.pop().close()


def _settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def _asks_to_sign_in(page: Page) -> None:
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    _settled(page)
    assert page.locator(".vitrail-pages a").count() == 0
    assert page.get_by_test_id("stDataFrame").count() == 0
    assert page.locator(".vitrail-tile").count() == 0


@pytest.mark.parametrize(
    "pages",
    [pytest.param(SOME, id="some"), pytest.param(PAGES, id="all", marks=pytest.mark.attack)],
)
def test_a_cold_server_asked_for_any_page_shows_the_door_and_nothing_else(
    house: House, pages: Sequence[str]
) -> None:
    page = house.visitor()
    for name in pages:
        page.goto(f"{house.url}/{name}")
        expect(page.get_by_text("Sign in to see this workspace")).to_be_visible()
        _asks_to_sign_in(page)


def test_whoever_signs_in_sees_the_pages_of_their_role_and_no_other(house: House) -> None:
    page = house.signs_in("amelie")
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
    expect(page.locator(".vitrail-pages a")).to_have_count(4)  # the analysts' pages
    expect(page.get_by_text("amelie@example.org")).to_be_visible()
    page.goto(f"{house.url}/findings")
    expect(page.get_by_text("You may not see this page")).to_be_visible()
    assert page.get_by_test_id("stDataFrame").count() == 0
    begun = house.noted("session_begun")
    assert ("amelie@example.org", ["analyst"]) in [(who, p["roles"]) for who, p in begun]


def test_a_group_of_the_providers_gives_a_role_and_signing_out_ends_the_session(
    house: House,
) -> None:
    page = house.signs_in("berta")
    expect(page.get_by_role("heading", name="Promises", level=1)).to_be_visible()
    kept = page.context.cookies()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Yes, sign me out").click()
    _asks_to_sign_in(page)
    page.context.add_cookies(kept)  # as someone who had copied them
    page.goto(f"{house.url}/promises")
    expect(page.get_by_text("You have signed out")).to_be_visible()
    _asks_to_sign_in(page)
    assert ("berta@example.org", "sign_out") in [
        (who, payload["cause"]) for who, payload in house.noted("session_ended")
    ]


@pytest.mark.parametrize(
    ("name", "who", "rule"),
    [
        ("expired", "unknown", "token_refused"),
        ("unsigned", "unknown", "token_refused"),
        ("elsewhere", "elsewhere@example.org", "audience"),
        ("unverified", "unverified@example.org", "unverified"),
        ("stranger", "stranger@example.org", "no_role"),
    ],
)
def test_a_token_that_is_not_good_for_this_house_opens_nothing_and_is_noted(
    house: House, name: str, who: str, rule: str
) -> None:
    _asks_to_sign_in(house.signs_in(name))
    assert (who, rule) in house.refused()


def test_a_role_that_is_changed_counts_from_the_next_click(house: House) -> None:
    page = house.signs_in("amelie")
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
    house.writes('"amelie@example.org" = ["analyst"]', '"amelie@example.org" = ["auditor"]')
    page.goto(f"{house.url}/trends")
    expect(page.get_by_text("You may not see this page")).to_be_visible()
    house.writes('"amelie@example.org" = ["auditor"]', '"amelie@example.org" = ["analyst"]')
    page.goto(f"{house.url}/trends")
    expect(page.locator(".vitrail-tile").first).to_be_visible()
    changes = [p["roles"] for who, p in house.noted("session_roles")]
    assert changes == [["auditor"], ["analyst"]]


def test_a_forged_cookie_opens_nothing_and_is_noted(house: House) -> None:
    page = house.visitor()
    claims = (
        f'{{"sub": "amelie", "email": "amelie@example.org", "aud": "{CLIENT}", "exp": 9999999999, '
        f'"origin": "{house.url}", "is_logged_in": true, "provider": "default"}}'
    )
    forged = URLSafeTimedSerializer("another secret", salt=COOKIE).dumps(claims)
    page.context.add_cookies([{"name": COOKIE, "value": forged, "url": house.url}])
    page.goto(f"{house.url}/trends")
    _asks_to_sign_in(page)
    assert ("unknown", "unknown_cookie") in house.refused()


def test_after_the_idle_time_one_signs_in_again(house: House) -> None:
    page = house.signs_in("amelie")
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
    with closing(sqlite3.connect(house.workspace / "ledger.db", isolation_level=None)) as ledger:
        ledger.execute("UPDATE sessions SET seen_at = '2026-01-01T00:00:00+00:00'")
    page.goto(f"{house.url}/trends")
    expect(page.get_by_text("You were away for a while")).to_be_visible()
    _asks_to_sign_in(page)
    house.signs_in("amelie", page)
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()


def test_signing_out_everywhere_shuts_the_pages_that_stand_open_elsewhere(house: House) -> None:
    here, elsewhere = house.signs_in("amelie"), house.signs_in("amelie")
    for page in (here, elsewhere):
        expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
        _settled(page)
    here.get_by_role("button", name="Sign out everywhere").click()
    expect(elsewhere.get_by_text("You have signed out everywhere")).to_be_visible()
    _asks_to_sign_in(elsewhere)


def test_the_secret_is_in_no_log_no_command_line_and_no_file_that_others_may_read(
    house: House,
) -> None:
    assert SECRET not in house.log.read_text()
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes()
        except OSError:
            continue
        assert SECRET.encode() not in words or b"provider.mjs" in words
    holders = [
        place for place in house.workspace.rglob("*")
        if place.is_file() and place.stat().st_size < 1_000_000
        and SECRET.encode() in place.read_bytes()
    ]  # fmt: skip
    assert {place.name for place in holders} == {"client-secret", "secrets.toml"}
    assert all(place.stat().st_mode & 0o077 == 0 for place in holders)
