"""Hashes of addresses and numbers that the house knows are found, and no others."""

from __future__ import annotations

import base64
import hashlib
import pickle
import re
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.detector import ColumnContext, Detections, Detector, DetectorOptions
from vitrail.detect.digest_runs import hex_runs
from vitrail.detect.known import KnownDigests
from vitrail.keys import Keyring
from vitrail.model import ColumnType

KEYS = Keyring(bytes(32))
EMAIL, PHONE = "Zoe.Marchetti@Example-Mail.org", "+33 6 39 98 12 34"
LENGTHS = {"md5": 32, "sha1": 40, "sha256": 64}


def digest(text: str, algorithm: str = "sha256") -> bytes:
    return hashlib.new(algorithm, text.encode(), usedforsecurity=False).digest()


def hashed(text: str, algorithm: str = "sha256") -> str:
    return digest(text, algorithm).hex()


@pytest.fixture(scope="module")
def knowing(cache: Path) -> Detector:
    known = KnownDigests.of([EMAIL, PHONE, "neither"], KEYS)
    return Detector(DetectorOptions(names="off", known=known), KEYS, cache)


def judged(detector: Detector, *cells: str, kind: ColumnType = ColumnType.TEXT) -> Detections:
    return detector.judge(pa.array(cells, pa.string()), ColumnContext("token", kind))


def found(detector: Detector, *cells: str) -> list[tuple[str, str, str]]:
    """(entity type, the text it covers, how it is masked) of the hits that are hashes."""
    hits = judged(detector, *cells)
    rows = zip(
        hits.value, hits.start, hits.end, hits.entity_type, hits.masked, hits.recognizer,
        strict=True,
    )  # fmt: skip
    return [(t, cells[v][a:b], m) for v, a, b, t, m, by in rows if by == "KnownHash"]


@pytest.mark.parametrize("algorithm", LENGTHS)
@pytest.mark.parametrize("text", [EMAIL, EMAIL.lower(), PHONE, "33639981234", "+33639981234"])
@pytest.mark.parametrize("write", [str.lower, str.upper])
def test_a_hash_of_a_known_value_is_found_in_any_writing(
    knowing: Detector, algorithm: str, text: str, write: type[str]
) -> None:
    cell = write(hashed(text, algorithm))
    kind, of = (
        ("EMAIL_ADDRESS", "an e-mail address")
        if "@" in text
        else ("PHONE_NUMBER", "a phone number")
    )
    name = {"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256"}[algorithm]
    assert found(knowing, cell) == [(kind, cell, f"{name} of {of}")]


@pytest.mark.parametrize("algorithm", LENGTHS)
@pytest.mark.parametrize(
    "encode",
    [base64.b64encode, base64.urlsafe_b64encode, lambda d: base64.b64encode(d).rstrip(b"=")],
)
def test_a_cell_that_is_the_digest_in_base64_is_found(
    knowing: Detector, algorithm: str, encode: type[bytes]
) -> None:
    cell = encode(digest(EMAIL.lower(), algorithm)).decode()
    assert [text for _, text, _ in found(knowing, cell)] == [cell]


@pytest.mark.parametrize(
    "around",
    [
        "https://shop.example.com/?em={}&x=1",
        "https://t.example.com/c?u=" + quote("https://a.example/?em=") + "{}",
        '{{"em": "{}", "v": 2}}',
        '{{"q": "a\\u003d{}"}}',
        "été · {} · naïve",
        "sha256:{}",
        "u={};v={}",
    ],
)
def test_it_is_found_inside_a_text_at_its_place(knowing: Detector, around: str) -> None:
    value = hashed(EMAIL.lower())
    cells = [
        "clean",
        "",
        around.replace("{}", value).replace("{{", "{").replace("}}", "}"),
        "d" * 9,
    ]
    assert [text for _, text, _ in found(knowing, *cells)] == [value] * around.count("{}")


def test_hits_of_a_hash_and_of_the_clear_value_are_of_the_same_value(knowing: Detector) -> None:
    for value, form in ((EMAIL, EMAIL.lower()), (PHONE, "33639981234")):
        hits = judged(knowing, value, hashed(form), hashed(form, "md5"))
        assert len(hits) == 3
        assert len(set(hits.fingerprint)) == 1
        assert hits.score.tolist()[1:] == [1.0, 1.0]


def test_unknown_hashes_and_hashes_in_longer_runs_are_not_found(knowing: Detector) -> None:
    value = hashed(EMAIL.lower())
    cells = [hashed("someone@else.org"), value + "a", value[:-1], value[:32], value[:40]]
    assert not found(knowing, *cells)
    assert not found(knowing, value[:32], value[32:])  # cells do not run into each other


def test_other_hits_in_the_same_cell_stay(knowing: Detector) -> None:
    hits = judged(knowing, f"jo@shop.fr is {hashed(EMAIL.lower())}, call +33 6 12 34 56 78")
    assert hits.recognizer[1] == "KnownHash"
    assert hits.entity_type == ["EMAIL_ADDRESS", "EMAIL_ADDRESS", "PHONE_NUMBER"]


def test_without_known_values_nothing_changes(detector: Detector, knowing: Detector) -> None:
    cells = [EMAIL, f"call {PHONE}", "https://a.example.com/?x=1", hashed("someone@else.org")]
    assert judged(detector, *cells).table.equals(judged(knowing, *cells).table)
    assert not found(detector, hashed(EMAIL.lower()))


def test_only_types_that_are_wanted_are_told(cache: Path) -> None:
    known = KnownDigests.of([EMAIL, PHONE], KEYS)
    options = DetectorOptions(names="off", entities=("PHONE_NUMBER",), known=known)
    cells = (hashed(EMAIL.lower()), hashed("33639981234"))
    assert [kind for kind, _, _ in found(Detector(options, KEYS, cache), *cells)] == [
        "PHONE_NUMBER"
    ]


def test_the_versions_tell_what_is_known_whatever_its_order(cache: Path) -> None:
    def versions(*values: str, keys: Keyring = KEYS) -> dict[str, str]:
        known = KnownDigests.of(values, keys)
        return {} if known is None else known.versions(keys)

    both = versions(EMAIL, PHONE)
    assert both == versions(PHONE, EMAIL, EMAIL)
    other = versions(EMAIL, "+33 6 39 98 12 35")
    assert both["EMAIL_ADDRESS/KnownHash"] == other["EMAIL_ADDRESS/KnownHash"]
    assert both["PHONE_NUMBER/KnownHash"] != other["PHONE_NUMBER/KnownHash"]
    assert set(both.values()).isdisjoint(versions(EMAIL, PHONE, keys=Keyring(b"x" * 32)).values())
    assert versions("neither", "12345") == {}


def test_what_travels_to_a_worker_holds_no_clear_value() -> None:
    sent = pickle.dumps(DetectorOptions(known=KnownDigests.of([EMAIL, PHONE], KEYS)))
    assert not re.search(rb"marchetti|33639981234|39 98 12", sent, re.IGNORECASE)


def test_the_hit_is_explained_as_a_hash(knowing: Detector) -> None:
    assert "hash of an e-mail address" in knowing.explain("EMAIL_ADDRESS", "KnownHash")


@given(st.lists(st.text(st.sampled_from("09afAFgé \U0001f600-"), max_size=70) | st.builds(
    lambda head, n, tail: head + "a" * n + tail,
    st.sampled_from(["", "g", "é", "x "]), st.sampled_from([31, 32, 33, 40, 64, 65]),
    st.sampled_from(["", "z", "\U0001f600"]),
), max_size=6))  # fmt: skip
def test_runs_are_those_of_a_plain_regex(cells: list[str]) -> None:
    runs = hex_runs(pa.array(cells, pa.string()))
    ours = [] if runs is None else list(
        zip(runs.value.tolist(), runs.start.tolist(), runs.end.tolist(), strict=True)
    )  # fmt: skip
    assert ours == [
        (number, match.start(), match.end())
        for number, cell in enumerate(cells)
        for match in re.finditer("[0-9a-fA-F]+", cell)
        if len(match[0]) in LENGTHS.values()
    ]
