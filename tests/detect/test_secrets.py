"""Credentials of every kind that exports have held; none of the values here opens anything.

Each is put together as the test runs, so that no scanner of code takes it for a live one.
"""

from __future__ import annotations

import random
import string
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail import scan
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.keys import Keyring
from vitrail.redaction import RedactOptions, operators_of, redact

Look = Callable[[str], list[str]]

_RNG = random.Random(20)
ALNUM, HEX = string.ascii_letters + string.digits, "0123456789abcdef"
URL64 = ALNUM + "-_"


def made(size: int, letters: str = ALNUM) -> str:
    """Letters at random, a small and a capital one at both ends."""
    inner = "".join(_RNG.choice(letters) for _ in range(size - 2))
    ends = [c for c in letters if c.isalnum()]
    return _RNG.choice(ends) + inner + _RNG.choice(ends)


def b64(size: int) -> str:
    return b64encode(_RNG.randbytes(size)).decode()


PEM = "PRIVATE " + "KEY-----"
PASSWORD = "Tr0ub4dor&3"

TOKENS = {
    "Stripe": "sk_" + "live_" + made(24),
    "Stripe restricted": "rk_" + "live_" + made(40),
    "AWS key id": "AK" + "IA" + made(16, string.ascii_uppercase + "234567"),
    "GitHub": "gh" + "p_" + made(36),
    "GitHub fine-grained": "github" + "_pat_" + made(22) + "_" + made(59),
    "GitLab": "gl" + "pat-" + made(20, URL64),
    "GitLab routable": "gl" + "pat-" + made(27, URL64) + ".01." + made(9),
    "GitLab deploy": "gl" + "dt-" + made(20, URL64),
    "Slack bot": "xo" + "xb-" + made(12, string.digits) + "-" + made(24),
    "Slack app": "xa"
    + "pp-1-"
    + made(11, string.ascii_uppercase)
    + "-"
    + made(13, "123456789")
    + "-"
    + made(64, HEX),
    "Google API": "AI" + "za" + made(35, URL64),
    "Google client secret": "GOC" + "SPX-" + made(28, URL64),
    "SendGrid": "S" + "G." + made(22, URL64) + "." + made(43, URL64),
    "Mailgun": "ke" + "y-" + made(32, HEX),
    "Mailgun of today": made(32, HEX) + "-" + made(8, HEX) + "-" + made(8, HEX),
    "Mailchimp": made(32, HEX) + "-us" + "12",
    "Twilio": "S" + "K" + made(32, HEX),
    "npm": "np" + "m_" + made(36),
    "PyPI": "py" + "pi-AgE" + "IcHlwaS5vcmc" + made(80, URL64),
    "Shopify": "sh" + "pat_" + made(32, HEX),
    "OpenAI": "sk-" + "proj-" + made(74, URL64),
    "OpenAI of before": "sk-" + made(20) + "T3Blbk" + "FJ" + made(20),
    "Anthropic": "sk-" + "ant-api03-" + made(93, URL64) + "AA",
    "Hugging Face": "h" + "f_" + made(34, string.ascii_letters),
    "JSON web token": "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "Jzd" + made(30, URL64) + "." + made(43),
    "PKCS 8": f"-----BEGIN {PEM}\n{b64(300)}\n-----END {PEM}",
    "OpenSSH": f"-----BEGIN OPENSSH {PEM}\n{b64(48)}\n{b64(48)}\n-----END OPENSSH {PEM}",
}

PASSWORDS = {
    "AWS secret by its name": ("aws_secret_access_key = {}", b64(30)),
    "AWS secret in JSON": ('{{"SecretAccessKey": "{}"}}', b64(30)),
    "AWS secret beside its id": (TOKENS["AWS key id"] + ",{}", b64(30)),
    "Azure account key": (
        "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={};Endpoint=x", b64(64),
    ),
    "Azure service bus": ("Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey={}", b64(32)),
    "Azure signature": ("https://x.blob.core/c?sv=2022-11-02&se=2030&sig={}", b64(32)),
    "Azure signature, encoded": ("/c?sv=2022&sig={}", made(40) + "%2Ba%2F%3D"),
    "SQL Server": ("Server=db.shop.fr;Database=crm;User Id=app;Password={};", PASSWORD),
    "SQL Server, password first": ("Pwd={};Server=db.shop.fr", PASSWORD),
    "ODBC": ("Driver=x;Server=db;Uid=app;Pwd={}", PASSWORD),
    "libpq": ("host=db.shop.fr port=5432 user=app password={} sslmode=require", PASSWORD),
    "Twilio auth token": ("AC" + made(32, HEX) + ":{}", made(32, HEX)),
}  # fmt: skip

LINKS = {
    "PostgreSQL": "postgres://app:{}@db.shop.fr/crm",
    "PostgreSQL, SQLAlchemy": "postgresql+psycopg2://app:{}@db:5432/crm",
    "MongoDB": "mongodb+srv://app:{}@cluster0.shop.net/?retryWrites=true",
    "Redis": "redis://:{}@cache:6379/0",
    "HTTPS": "https://app:{}@api.shop.fr/v1",
}

NONE = {
    "AWS's documented id": "AK" + "IAIOSFODNN7EXAMPLE",
    "AWS's documented secret": "secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY",
    "Stripe's test mode": "sk_" + "test_" + made(24),
    "the emulator's key": "AccountKey=Eby8vdM02x" + "NOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IF"
    + "suFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    "x's": "gh" + "p_" + "x" * 36,
    "stars": "sk_" + "live_" + "*" * 24,
    "a stand-in": "postgres://user:<your-password>@host/db",
    "a variable": "postgres://user:${DB_PASSWORD}@host/db",
    "the word itself": "postgres://user:password@host/db",
    "changeme": "Server=db;User Id=app;Password=changeme;",
    "a variable of a shell": "Server=db;User Id=app;Password=%DB_PASSWORD%;",
    "your-key": "sk-" + "proj-" + "your-key-goes-here-" + made(40),
    "the alphabet": "gh" + "p_" + "abcdefghijklmnopqrstuvwxyz0123456789",
    "a subscription": "Basic subscription, Basic information",
    "a branch": "glossary-of-terms-and-definitions",
    "a prompt": "password: please enter yours; thank you",
    "a link with a port": "https://shop.fr:8080/a@b",
    "a commit": made(40, HEX),
    "an image": "sha256:" + made(64, HEX),
}  # fmt: skip


CELLS = (
    *TOKENS.values(), *(written.format(secret) for written, secret in PASSWORDS.values()),
    *(link.format(PASSWORD) for link in LINKS.values()),
    "Basic " + b64encode(b"app:" + PASSWORD.encode()).decode(),
    "authorization: Bearer " + made(40), *NONE.values(),
)  # fmt: skip


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Detector:
    cache: Path = tmp_path_factory.mktemp("secret-patterns")
    options = DetectorOptions(names="off", entities=("SECRET",))
    return Detector(options, Keyring(bytes(32)), cache)


@pytest.fixture(scope="module")
def look(detector: Detector) -> Look:
    """``look(cell)``: the slices of the cell that are secrets."""

    def found(cell: str) -> list[str]:
        hits = detector.judge(pa.array([cell]), ColumnContext("note"), names=False)
        return [cell[s:e] for s, e in zip(hits.start, hits.end, strict=True)]

    return found


@pytest.mark.parametrize("kind", TOKENS)
def test_a_token_is_found_whole_alone_and_among_words(look: Look, kind: str) -> None:
    token = TOKENS[kind]
    for cell in (token, f"clé : {token} ; merci", f'{{"key":"{token}"}}', f"k={token}\nnext"):
        assert look(cell) == [token]


@pytest.mark.parametrize("kind", PASSWORDS)
def test_what_only_its_name_gives_away_is_found_without_the_name(look: Look, kind: str) -> None:
    written, secret = PASSWORDS[kind]
    assert secret in look(written.format(secret))


@pytest.mark.parametrize("kind", LINKS)
def test_a_password_in_a_connections_link_is_found(look: Look, kind: str) -> None:
    (found,) = look(LINKS[kind].format(PASSWORD))
    assert found.endswith(f":{PASSWORD}@")


def test_the_header_of_an_authorization_is_found(look: Look) -> None:
    basic = "Basic " + b64encode(f"app:{PASSWORD}".encode()).decode()
    assert look(f"Authorization: {basic}") == [basic]
    bearer = "Bearer " + made(40)
    assert look(f"authorization: {bearer}") == [bearer]


def test_a_private_key_is_found_whole_in_the_json_of_a_service_account(look: Look) -> None:
    key = f"-----BEGIN {PEM}\\n{b64(300)}\\n-----END {PEM}\\n"
    (found,) = look(f'{{"type": "service_account", "private_key": "{key}", "client_id": "1"}}')
    assert found in {key.removesuffix("\\n"), key}


def test_a_private_key_that_is_cut_off_is_found_to_its_end(look: Look) -> None:
    cut = f"-----BEGIN RSA {PEM}\n{b64(48)}\n{b64(30)}"
    assert look(cut) == [cut]


@pytest.mark.parametrize("kind", NONE)
def test_what_opens_nothing_is_left_alone(look: Look, kind: str) -> None:
    assert look(NONE[kind]) == []


NEIGHBOURS = st.text(st.sampled_from("aZ09 _-.:=;/&?\"'é漢\u00a0\n"), max_size=3)


@settings(max_examples=300, deadline=None)
@given(before=NEIGHBOURS, cell=st.sampled_from(CELLS), cut=st.integers(0, 9), after=NEIGHBOURS)
def test_the_pass_over_a_column_misses_no_secret(
    detector: Detector, before: str, cell: str, cut: int, after: str
) -> None:
    text = before + cell[: len(cell) - cut] + after
    (judge,) = (j for j in detector._sweep._judges if j.entity == "SECRET")
    if judge.spans(text, frozenset()):
        _, called = detector._sweep._prefilter.candidates(pa.array([text]))
        assert 0 in called.tolist()


@pytest.mark.parametrize("operator", ["tag", "mask", "pseudonym"])
def test_a_copy_holds_none_of_them_and_a_second_scan_finds_none(
    tmp_path: Path, operator: str
) -> None:
    source, options = tmp_path / "keys.csv", scan.ScanOptions(names="off", entities=("SECRET",))
    quoted = (cell.replace('"', '""') for cell in CELLS)
    source.write_text("\n".join(["note", *(f'"{cell}"' for cell in quoted)]))
    keys = Keyring(bytes(32))
    usual, chosen = operators_of(operator)
    clean = redact([source], tmp_path / "out", keys, RedactOptions(usual, chosen, options))
    assert clean.is_clean
    copy = next(clean.directory.rglob("keys.csv")).read_text()
    secrets = [*TOKENS.values(), *(s for _, s in PASSWORDS.values()), PASSWORD]
    assert not [secret for secret in secrets if secret in copy]
