"""A planted identifier is found in every encoding, and nobody else's is."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail.exports.reader import ColumnChunk
from vitrail.trace import Subject, identifier
from vitrail.trace.cells import hits_in
from vitrail.trace.finder import Finder

LOCAL = st.from_regex(r"[a-z][a-z0-9]{1,12}(?:[._+-][a-z0-9]{1,8})?", fullmatch=True)
DOMAIN = st.sampled_from(["mail.example", "example.org", "a.fr", "long-company-name.example"])
WORDS = st.text(st.sampled_from("abc xyz,;:/\n\"'éß漢"), max_size=40)

ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "percent": lambda v: quote(v, safe=""),
    "percent twice": lambda v: quote(quote(v, safe=""), safe=""),
    "json": lambda v: v.replace("@", "\\u0040"),
    "html": lambda v: v.replace("@", "&#64;"),
    "base64": lambda v: base64.b64encode(v.encode()).decode(),
    "base64 within a text": lambda v: base64.b64encode(f"to: {v}, id 7".encode()).decode(),
    "base64 for links": lambda v: base64.urlsafe_b64encode(f"?>{v}".encode()).decode(),
    "md5": lambda v: hashlib.md5(v.encode()).hexdigest(),
    "sha1": lambda v: hashlib.sha1(v.encode()).hexdigest().upper(),
    "sha256": lambda v: hashlib.sha256(v.encode()).hexdigest(),
    "sha256 in base64": lambda v: base64.b64encode(hashlib.sha256(v.encode()).digest()).decode(),
}


def _found(cells: list[str], *texts: str) -> list[int]:
    finder = Finder([Subject(tuple(identifier(text) for text in texts))])
    chunk = ColumnChunk("c", pa.array(cells, pa.string()))
    return sorted({hit.row for hit in hits_in(chunk, 0, finder)})


@settings(max_examples=60, deadline=None)
@given(LOCAL, DOMAIN, st.sampled_from(sorted(ENCODINGS)), WORDS, WORDS)
def test_an_address_is_found_in_any_encoding_within_any_text(
    local: str, domain: str, encoding: str, before: str, after: str
) -> None:
    address = f"{local}@{domain}"
    cell = f"{before} {ENCODINGS[encoding](address)} {after}"
    assert _found(["nothing here", cell, "nor here"], address) == [1]


@settings(max_examples=40, deadline=None)
@given(LOCAL, DOMAIN, st.sampled_from("ab1_.-+"), st.sampled_from(["plain", "percent", "base64"]))
def test_a_longer_address_is_someone_elses(
    local: str, domain: str, more: str, encoding: str
) -> None:
    others = [f"z{more}{local}@{domain}", f"{local}@{domain}x", f"{local}@{domain}.co"]
    assert _found([ENCODINGS[encoding](other) for other in others], f"{local}@{domain}") == []


@pytest.mark.parametrize(
    "written",
    ["0698765432", "06 98 76 54 32", "06.98.76.54.32", "06-98-76-54-32", "+33698765432",
     "+33 6 98 76 54 32", "0033698765432", "+33 (0)6 98 76 54 32", "33698765432",
     "tel:+33-6-98-76-54-32", "%2B33698765432", "06\u00a098\u00a076\u00a054\u00a032",
     hashlib.sha256(b"+33698765432").hexdigest(), hashlib.md5(b"33698765432").hexdigest()],
)  # fmt: skip
@pytest.mark.parametrize("asked", ["+33 6 98 76 54 32", "06 98 76 54 32"])
def test_a_phone_number_is_found_however_it_is_written(asked: str, written: str) -> None:
    assert _found([f"call {written} please", "06 98 76 54 33"], asked) == [0]


def test_a_number_within_a_longer_one_is_none() -> None:
    cells = ["id 10698765432", "06987654321", "a0698765432f00d", "+44698765432"]
    assert _found(cells, "+33698765432") == []


def test_a_name_is_found_as_whole_words_in_either_order() -> None:
    cells = ["M. DUPONT-Roy Élodie", "elodie.dupont-roy", "Dupont-Roy, Élodie",
             "?n=%C3%89lodie%20Dupont-Roy",
             "Élodie Dupont-Royer", "Mélodie Dupont-Roy"]  # fmt: skip
    assert _found(cells, "Élodie Dupont-Roy") == [0, 1, 2, 3]


def test_a_short_number_counts_only_as_a_whole_cell() -> None:
    assert _found(["48213", "it cost 48213 euros", "148213"], "account:48213") == [0]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(LOCAL, DOMAIN), min_size=2, max_size=12, unique=True), st.data())
def test_many_at_once_find_what_each_finds_alone(
    people: list[tuple[str, str]], data: st.DataObject
) -> None:
    addresses = [f"{local}@{domain}" for local, domain in people]
    encodings = st.sampled_from(sorted(ENCODINGS))
    cells = [f"<{ENCODINGS[data.draw(encodings)](address)}>" for address in addresses]
    subjects = [Subject((identifier(address),)) for address in addresses]
    chunk = ColumnChunk("c", pa.array(cells, pa.string()))
    together = {(h.subject, h.row) for h in hits_in(chunk, 0, Finder(subjects))}
    alone = {(n, row) for n, address in enumerate(addresses) for row in _found(cells, address)}
    assert together == alone >= {(n, n) for n in range(len(addresses))}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 200_000), st.integers(60_000, 200_000))
def test_no_place_in_a_large_buffer_is_blind(place: int, size: int) -> None:
    needle = b"someone.here@mail.example"
    data = np.full(size + len(needle), ord("x"), np.uint8)
    place = min(place, size)
    data[place : place + len(needle)] = np.frombuffer(needle, np.uint8)
    finder = Finder([Subject((identifier(needle.decode()),))])
    assert [one.start for one in finder.find(data)] == [place]


def test_json_escapes_of_names_are_read(tmp_path: Path, trace_in: Callable[..., object]) -> None:
    record = json.dumps({"id": 1, "body": "de la part d'Élodie Dupont"})
    (tmp_path / "m.ndjson").write_text(f"{json.dumps({'id': 0, 'body': 'x'})}\n{record}\n")
    found = trace_in(tmp_path, "Élodie Dupont")
    assert [(p.row, p.column, p.certain) for p in found.places] == [(1, "body", False)]  # type: ignore[attr-defined]
