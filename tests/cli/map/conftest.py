from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.map.clients import CLIENTS, CONFIG, Mapped
from vitrail.cli.commands import application
from vitrail.cli.exits import run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace of one list of clients that nothing maps."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "vitrail.toml").write_text(CONFIG)
    (tmp_path / "exports" / "clients.csv").write_text(CLIENTS)
    return tmp_path


@pytest.fixture
def mapped(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Mapped:
    """``mapped("exports/x.csv", "--write")``: exit code and both streams; no value on either."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        words = ["vitrail", "map", *map(str, arguments), "-C", str(place)]
        monkeypatch.setattr(sys, "argv", words)
        capsys.readouterr()
        code = run(application)
        out, err = capsys.readouterr()
        assert "zzqraw" not in (out + err).casefold()
        assert "Traceback" not in out + err
        return code, out, err

    return call
