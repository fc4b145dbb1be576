"""Visits to a page of a workspace by Streamlit's own test runner, and the words it shows."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from vitrail.access import local_actor
from vitrail.model import Actor
from vitrail.ui import entrance

HOUSE = Path(__file__).parent.parent.parent


class Visit:
    """Visits to one page, each with what stands in its address."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
        self._monkeypatch = monkeypatch
        self._page = page

    def __call__(self, workspace: Path, **address: str | list[str]) -> AppTest:
        self._monkeypatch.setenv("VITRAIL_WORKSPACE", str(workspace))
        self._monkeypatch.chdir(HOUSE)
        page = HOUSE / "pages" / f"{self._page}.py"
        test = AppTest.from_file(str(page), default_timeout=120)
        for key, value in address.items():
            test.query_params[key] = value
        return test.run()


class Desk:
    """The pages of one workspace, as whoever sits there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, workspace: Path) -> None:
        self._monkeypatch = monkeypatch
        self._workspace = workspace

    def __call__(self, page: str, actor: Actor | None = None, **address: str) -> AppTest:
        self._monkeypatch.setattr(
            entrance, "current_actor", lambda **_acting: actor or local_actor()
        )
        return Visit(self._monkeypatch, page)(self._workspace, **address)


def words(shown: AppTest) -> str:
    """All words of a page, whatever element holds them."""
    kinds = (shown.title, shown.header, shown.subheader, shown.markdown, shown.caption, shown.html,
             shown.info, shown.success, shown.warning, shown.error, shown.code)  # fmt: skip
    return as_read(
        " ".join(str(getattr(e, "value", getattr(e, "body", ""))) for k in kinds for e in k)
    )


def as_read(markdown: str) -> str:
    """Words as they are read: without what keeps Markdown from making something of them."""
    return markdown.replace("\\", "").replace("\u2060", "")


def address(shown: AppTest) -> dict[str, list[str]]:
    """What stands in the address now."""
    params = dict(shown.query_params)
    return {k: [v] if isinstance(v, str) else list(v) for k, v in params.items()}


def to_copy(shown: AppTest) -> list[str]:
    """What stands in boxes to be copied."""
    boxes = (re.search(r'<pre class="vitrail-code".*?><code>(.*)</code>', html.body, re.DOTALL)
             for html in shown.html)  # fmt: skip
    return [unescape(box.group(1)) for box in boxes if box]
