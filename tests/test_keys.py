from __future__ import annotations

import pickle
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.errors import KeyMismatch
from vitrail.keys import KEY_FILE_VARIABLE, Keyring
from vitrail.normalisation import normalise_code, normalise_digits, normalise_email, normalise_text

KEYS = Keyring(bytes(range(32)))


def test_a_new_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    Keyring.create(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    Keyring.create(tmp_path / "key")
    with pytest.raises(FileExistsError):
        Keyring.create(tmp_path / "key")


def test_a_lost_key_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(KeyMismatch, match="Restore"):
        Keyring.load(tmp_path / "key")


@pytest.mark.parametrize("content", ["", "zz", "00" * 31, "00" * 33])
def test_a_damaged_key_is_told_as_damaged(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    with pytest.raises(KeyMismatch, match="damaged"):
        Keyring.load(tmp_path / "key")


def test_the_environment_may_say_where_the_key_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keyring.create(tmp_path / "elsewhere")
    monkeypatch.setenv(KEY_FILE_VARIABLE, str(tmp_path / "elsewhere"))
    assert Keyring.load(tmp_path / "key").check_value == keys.check_value


def test_a_keyring_never_shows_its_secret() -> None:
    assert bytes(range(32)).hex() not in repr(KEYS)


def test_each_label_derives_another_key() -> None:
    derived = [KEYS.subject, KEYS.person, KEYS.fingerprints, KEYS.evidence, KEYS.noise]
    assert len(set(derived)) == len(derived)


def test_derived_values_are_frozen_for_good() -> None:
    # a change here would unlink every workspace there is
    assert KEYS.subject_key("Ann.Lee@Example.org") == "26e520fafad22282412d3157645a9a32"
    assert KEYS.person_key("A-1") == 7916374369127334355
    assert KEYS.row_key("orders", "7") == "1e552ec9e2f56e38eaf6cf00a6f7b787"
    assert KEYS.check_value == "96e301b3644caa19"
    normal = "ann.lee@example.org"
    assert KEYS.fingerprint("EMAIL_ADDRESS", normal) == "6c0726c6d006c3371eff6d6d05ac0c68"


@pytest.mark.parametrize(
    "writing",
    ["ann@example.org", " Ann@EXAMPLE.org ", "<ann@example.org>", "mailto:ann@example.org"],
)
def test_one_person_typed_differently_has_one_key(writing: str) -> None:
    assert KEYS.subject_key(writing) == KEYS.subject_key("ann@example.org")


def test_an_international_domain_and_its_ascii_form_are_one() -> None:
    assert normalise_email("ann@müller.example") == normalise_email("ann@xn--mller-kva.example")


@pytest.mark.parametrize("text", ["", "ann", "@example.org", "ann@", "  "])
def test_what_is_no_email_has_no_key(text: str) -> None:
    assert KEYS.subject_key(text) is None


@given(st.lists(st.text(alphabet="aÄ@.x-", max_size=12)))
def test_many_have_the_keys_that_each_has_alone(texts: list[str]) -> None:
    assert KEYS.subject_keys(texts) == [KEYS.subject_key(text) for text in texts]
    assert list(KEYS.person_keys(texts)) == [KEYS.person_key(text) for text in texts]


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    assert normalise_text(normalise_text(text)) == normalise_text(text)
    assert normalise_digits(normalise_digits(text)) == normalise_digits(text)
    assert normalise_code(normalise_code(text)) == normalise_code(text)


@given(st.text(min_size=1), st.text(min_size=1))
def test_fingerprints_tell_types_and_values_apart(one: str, other: str) -> None:
    same = KEYS.fingerprint("A", one) == KEYS.fingerprint("A", other)
    assert same == (one == other)
    assert KEYS.fingerprint("A", one) != KEYS.fingerprint("B", one)


def test_a_signature_is_checked_with_the_public_key_and_the_secret_says_whose_it_is() -> None:
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    one, other = Keyring(b"a" * 32), Keyring(b"b" * 32)
    public = load_pem_public_key(one.public_key)
    public.verify(one.sign(b"kept"), b"kept")  # type: ignore[union-attr, call-arg]
    assert one.sign(b"kept") == one.sign(b"kept") != other.sign(b"kept")
    assert one.public_key != other.public_key
    one.sign(b"used")
    assert pickle.loads(pickle.dumps(one)).public_key == one.public_key
