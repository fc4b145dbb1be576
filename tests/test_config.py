from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vitrail import config
from vitrail.errors import ConfigError


def _load(folder: Path, text: str) -> config.Settings:
    (folder / "vitrail.toml").write_text(text)
    return config.load(folder / "vitrail.toml")


def test_a_mapping_is_read_as_written(tmp_path: Path) -> None:
    settings = _load(
        tmp_path,
        """
        asof = 2026-11-20
        [sources.crm]
        file = "exports/users.xlsx"
        table = "accounts"
        columns = {account_id = "ID", created_at = "Créé le"}
        dates = {format = "%d/%m/%Y", day_first = true}
        [params]
        minor_age = 16
        """,
    )
    assert settings.asof == date(2026, 11, 20)
    assert settings.sources["crm"].columns["created_at"] == "Créé le"
    assert settings.params.minor_age == 16
    assert settings.params.dsar_days == 30


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("asof = ", "not valid TOML"),
        ("colour = 1", "colour"),
        ("[sources.a]\ntable = 'accounts'", "either `file` or `url`"),
        ("[sources.a]\nfile = 'x.csv'", "`preset`"),
        ("[sources.a]\nfile = 'x.csv'\ntable = 't'\nrole = 'owner'", "sources.a.role"),
        ("[params]\nk = 'ten'", "params.k"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        _load(tmp_path, text)


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="vitrail demo"):
        config.load(tmp_path / "vitrail.toml")


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITRAIL_SET_POLICY", "other-v1")
    assert _load(tmp_path, "policy = 'this-v1'").policy == "other-v1"


def test_the_nearest_folder_above_is_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(config.WORKSPACE_VARIABLE, raising=False)
    (tmp_path / "vitrail.toml").write_text("")
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert config.find() == tmp_path
    monkeypatch.setenv(config.WORKSPACE_VARIABLE, "/elsewhere")
    assert config.find() == Path("/elsewhere")
    assert config.find(tmp_path / "a") == tmp_path / "a"


def test_outside_any_workspace_the_remedy_names_the_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(config.WORKSPACE_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="-C DIR"):
        config.find()
