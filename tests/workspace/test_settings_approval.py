"""Parameters, mappings, allow-lists and roles count once two people stand for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import vitrail
from vitrail.access import local_actor
from vitrail.errors import Forbidden, Refused, UsageError
from vitrail.model import Actor, Role
from vitrail.scan import ScanOptions
from vitrail.workspace import Workspace

AMELIE = Actor("amelie", frozenset({Role.ADMIN}))
BERTA = Actor("berta", frozenset({Role.AUDITOR}))
SIGN_IN = """
[sign_in]
metadata_url = "https://id.example.org/x"
address = "https://v.example.org"
client_id = "vitrail"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "vitrail.toml").write_text("[params]\nk = 10\n")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "notes.csv").write_text("note\nWrite to jeanne@example.org\n")
    return tmp_path


def opened(place: Path, actor: Actor) -> Workspace:
    return vitrail.open(place, actor)


def approve(place: Path) -> None:
    with opened(place, AMELIE) as one, opened(place, BERTA) as other:
        other.approve_settings(one.propose_settings().digest)


def test_one_person_proposes_and_another_approves(place: Path) -> None:
    with opened(place, AMELIE) as one, opened(place, BERTA) as other:
        first = one.settings_standing()
        assert "nobody has proposed" in first.words
        with pytest.raises(UsageError, match="Nobody has proposed"):
            other.approve_settings(first.digest)
        proposed = one.propose_settings()
        assert not proposed.approved
        with pytest.raises(Refused, match="yourself"):
            one.approve_settings(proposed.digest)
        with pytest.raises(UsageError, match="not the settings in force"):
            other.approve_settings("0" * 64)
        with pytest.raises(UsageError, match="not the settings in force"):
            other.approve_settings(proposed.digest[:7])
        assert other.approve_settings(proposed.digest[:8]).approved
        assert one.settings_standing().approved_by == "berta"
        kinds = [e.kind for e in one.events() if e.kind.startswith("settings")]
    assert kinds == ["settings_proposed", "settings_approved"]


def test_the_right_to_propose_and_to_approve_goes_by_role(place: Path) -> None:
    with opened(place, BERTA) as auditor, pytest.raises(Forbidden, match="admin"):
        auditor.propose_settings()
    for role in (Role.ANALYST, Role.INVESTIGATOR):
        with opened(place, Actor("x", frozenset({role}))) as other, pytest.raises(Forbidden):
            other.approve_settings("0" * 64)


def _other_k(place: Path) -> None:
    (place / "vitrail.toml").write_text("[params]\nk = 3\n")


def _a_role(place: Path) -> None:
    (place / "vitrail.toml").write_text('[params]\nk = 10\n[roles]\namelie = ["auditor"]\n')


def _an_allow_list(place: Path) -> None:
    (place / "recognizers.yaml").write_text("allow_list: [jeanne@example.org]\n")


def _a_policy(place: Path) -> None:
    (place / "policies").mkdir()
    (place / "policies" / "leadnlead-v202406.yaml").write_text("version: mine\n")


@pytest.mark.parametrize(
    ("change", "part"),
    [(_other_k, "params"), (_a_role, "roles"), (_an_allow_list, "recognizers"),
     (_a_policy, "policy_file")],
)  # fmt: skip
def test_whatever_is_changed_is_named_and_wants_a_new_approval(
    place: Path, change: Callable[[Path], None], part: str
) -> None:
    approve(place)
    change(place)
    with opened(place, AMELIE) as one:
        now = one.settings_standing()
        assert (now.approved, now.changed) == (False, (part,))


def test_a_list_beside_the_recognisers_counts_by_its_content(place: Path) -> None:
    (place / "recognizers.yaml").write_text("recognizers:\n- deny_list_file: names.txt\n")
    (place / "names.txt").write_text("Orion\n")
    approve(place)
    (place / "names.txt").write_text("Lyra\n")
    with opened(place, AMELIE) as one:
        assert one.settings_standing().changed == ("lists",)


def test_a_setting_of_the_environment_counts_too(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(place)
    monkeypatch.setenv("VITRAIL_SET_PARAMS__K", "2")
    with opened(place, AMELIE) as one:
        assert one.settings_standing().changed == ("params",)


def test_a_comment_and_the_order_of_lines_change_nothing(place: Path) -> None:
    approve(place)
    (place / "vitrail.toml").write_text("# as agreed\n[params]\nk = 10 # persons\n")
    with opened(place, AMELIE) as one:
        assert one.settings_standing().approved


def test_what_was_approved_once_and_replaced_wants_approval_again(place: Path) -> None:
    approve(place)
    before = (place / "vitrail.toml").read_text()
    _other_k(place)
    approve(place)
    (place / "vitrail.toml").write_text(before)
    with opened(place, AMELIE) as one:
        assert not one.settings_standing().approved


def test_a_run_says_under_which_settings_it_was_made(place: Path) -> None:
    with opened(place, local_actor()) as house:
        run = house.scan(ScanOptions(names="off", jobs=1))
        told = json.loads((Path(run.directory) / "run.json").read_text())["settings"]
        assert told["approved"] is False
        assert "NOT APPROVED" in dict(run.made_with)["Settings"]
        again, _ = house.scan_run(run.id)
        assert dict(again.made_with)["Settings"] == told["words"]
    approve(place)
    with opened(place, local_actor()) as house:
        check = house.check(only=["PAY-01"])
        assert "approved by berta" in check.settings
        assert house.check_run(check.id).settings == check.settings


def test_where_people_sign_in_nothing_runs_under_settings_of_one_person(place: Path) -> None:
    with (place / "vitrail.toml").open("a") as settings:
        settings.write(SIGN_IN)
    with opened(place, local_actor()) as house:
        for attempt in (house.scan, house.start_scan, house.check, house.import_exports):
            with pytest.raises(Refused, match="not approved by a second person"):
                attempt()
    approve(place)
    with opened(place, local_actor()) as house:
        assert house.import_exports()


def test_who_one_is_on_this_machine_is_no_matter_of_an_environment_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = local_actor().name
    for variable in ("USER", "LOGNAME", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "somebody-else")
    assert local_actor().name == before


def test_a_databases_password_is_shown_to_nobody(place: Path) -> None:
    (place / "vitrail.toml").write_text(
        '[sources.crm]\ntable = "accounts"\nurl = "postgresql://reader:a-secret-word@db.example/crm"\n'
    )
    with opened(place, AMELIE) as one:
        shown = json.dumps(one.settings_shown())
        assert "db.example" in shown
        assert "a-secret-word" not in shown
        assert "a-secret-word" not in repr(one.settings_standing())
