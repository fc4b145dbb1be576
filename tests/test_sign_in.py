"""What is set of sign-in, and whom a verified token lets in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vitrail import config
from vitrail.errors import ConfigError, EntryRefused
from vitrail.model import Role
from vitrail.sign_in import SignIn, client_secret, identify

SET = SignIn(
    metadata_url="https://id.example.org/.well-known/openid-configuration",
    address="https://vitrail.example.org",
    client_id="vitrail",
    role_claim="groups",
    roles={"auditors": [Role.AUDITOR], "admins": [Role.ADMIN]},
)
GOOD: dict[str, Any] = {
    "iss": "https://id.example.org", "sub": "1", "aud": "vitrail", "iat": 1, "exp": 9_999_999_999,
    "nonce": "n", "email": "Amelie@Example.org", "groups": ["auditors"],
}  # fmt: skip


def test_roles_come_from_the_claim_and_from_the_list_together() -> None:
    who = identify(GOOD, SET, {"amelie@example.org": [Role.ANALYST], "berta": [Role.ADMIN]})
    assert who.name == "amelie@example.org"
    assert who.roles == {Role.AUDITOR, Role.ANALYST}


def test_an_admin_neither_reveals_nor_decides_whatever_other_roles_they_hold() -> None:
    claims = {**GOOD, "groups": ["auditors", "admins"]}
    assert identify(claims, SET, {}).roles == {Role.ADMIN}
    everything = {"amelie@example.org": list(Role)}
    assert identify(GOOD, SET, everything).roles == {Role.ADMIN, Role.ANALYST}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"aud": "another"}, "audience"),
        ({"aud": "another", "azp": "vitrail"}, "audience"),
        ({"aud": ["vitrail", "another"], "azp": "another"}, "audience"),
        ({"aud": None}, "audience"),
        ({"groups": ["visitors"]}, "no_role"),
        ({"groups": {"auditors": True}}, "no_role"),
        ({"groups": "nobody"}, "no_role"),
        ({"email": None}, "no_name"),
        ({"email": ["amelie@example.org"]}, "no_name"),
        ({"email": "amelie\n@example.org"}, "no_name"),
        ({"email": "a" * 201}, "no_name"),
        ({"email_verified": False}, "unverified"),
        ({"exp": "soon"}, "expired"),
        ({"exp": None}, "expired"),
    ],
)
def test_a_token_that_is_not_good_for_this_house_is_refused_by_a_named_rule(
    changes: dict[str, Any], rule: str
) -> None:
    with pytest.raises(EntryRefused) as refused:
        identify({**GOOD, **changes}, SET, {})
    assert refused.value.rule == rule
    assert "example" not in str(refused.value)


def test_each_sign_in_is_a_session_of_its_own() -> None:
    assert identify(GOOD, SET, {}).session == identify(dict(GOOD), SET, {}).session
    for change in ({"nonce": "m"}, {"sub": "2"}, {"iss": "https://other.example"}):
        assert identify(GOOD, SET, {}).session != identify({**GOOD, **change}, SET, {}).session


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('address = "http://vitrail.example.org"', "https"),
        ('address = "https://vitrail.example.org/app"', "without a path"),
        ('metadata_url = "http://id.example.org/x"', "https"),
        ("idle_minutes = 0", "idle_minutes"),
        ('roles = {staff = ["owner"]}', "sign_in.roles.staff"),
        ('client_secret = "in the open"', "client_secret"),
    ],
)
def test_a_setting_that_would_open_the_door_too_far_is_told(
    tmp_path: Path, line: str, says: str
) -> None:
    given = {"metadata_url": "https://id.example.org/x", "address": "https://v.example.org"}
    lines = [f'{key} = "{value}"' for key, value in given.items() if not line.startswith(key)]
    text = "\n".join(["[sign_in]", 'client_id = "v"', *lines, line])
    (tmp_path / "vitrail.toml").write_text(text)
    with pytest.raises(ConfigError, match=says):
        config.load(tmp_path / "vitrail.toml")


def test_the_client_secret_comes_from_the_environment_or_from_a_file_for_its_owner_alone(
    tmp_path: Path,
) -> None:
    kept = SET.model_copy(update={"client_secret_file": "secret"})
    assert client_secret(kept, tmp_path, {"VITRAIL_CLIENT_SECRET": "told"}) == "told"
    with pytest.raises(ConfigError, match="nowhere"):
        client_secret(SET, tmp_path, {})
    with pytest.raises(ConfigError, match="cannot be read"):
        client_secret(kept, tmp_path, {})
    (tmp_path / "secret").write_text("kept\n")
    (tmp_path / "secret").chmod(0o640)
    with pytest.raises(ConfigError, match="open to others"):
        client_secret(kept, tmp_path, {})
    (tmp_path / "secret").chmod(0o600)
    assert client_secret(kept, tmp_path, {}) == "kept"
