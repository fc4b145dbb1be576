"""What the truth says is planted stands there, in cells as the standard readers show them."""

from __future__ import annotations

import base64
import hashlib
import importlib
import ipaddress
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import phonenumbers
import pyarrow.parquet as pq
import pytest
from stdnum import ean, iban, luhn

from vitrail.demo.countries import COUNTRIES
from vitrail.detect.entities import ENTITIES

Cell = Callable[[dict[str, Any]], str]

_NATIONAL = {
    "FR_NIR": "fr.nir", "DE_TAX_ID": "de.idnr", "ES_NIF": "es.nif", "ES_NIE": "es.nie",
    "IT_FISCAL_CODE": "it.codicefiscale", "BE_NN": "be.nn", "NL_BSN": "nl.bsn", "PT_NIF": "pt.nif",
    "PL_PESEL": "pl.pesel", "SE_PERSONNUMMER": "se.personnummer", "US_SSN": "us.ssn",
}  # fmt: skip
_SHAPES = {
    "URL": r"https://[a-z.-]+\.example\.(com|net)/\S*[=/]\S+",
    "MAC_ADDRESS": r"[0-9a-f]{2}([:-][0-9a-f]{2}){5}",
    "UK_NINO": r"[A-Z]{2} \d\d \d\d \d\d [A-C]",
    "SECRET": r"(sk_live_|whsec_)\w{24,32}|AKIA[A-Z2-7]{16}",
    "CRYPTO": r"1[1-9A-HJ-NP-Za-km-z]{25,33}",
    "STREET_ADDRESS": r".*\d.*, .*\w+",
    "PERSON": r"\w[\w'-]+( [\w'-]+)+",
    "EMAIL_ADDRESS": r"[a-z0-9.-]+@[a-z0-9.-]+\.example\.(com|net|org)",
}
_TEST_CARDS = {"4242424242424242", "4111111111111111", "5555555555554444", "378282246310005"}


def _phone(value: str) -> bool:
    numbers = (phonenumbers.parse(value, country.code) for country in COUNTRIES)
    return any(phonenumbers.is_valid_number(number) for number in numbers)


def _card(value: str) -> bool:
    digits = re.sub(r"[ -]", "", value)
    return luhn.is_valid(digits) and digits not in _TEST_CARDS


def _born(value: str) -> bool:
    written = datetime.strptime(value.replace(".", "/"), "%d/%m/%Y")
    return date(1950, 1, 1) < written.date() < date(2005, 1, 1)


def holds(entity_type: str, value: str) -> bool:
    """Whether a value is what it is said to be, by checksum, library or shape."""
    if entity_type in _NATIONAL:
        return bool(importlib.import_module(f"stdnum.{_NATIONAL[entity_type]}").is_valid(value))
    checks: dict[str, Callable[[str], bool]] = {
        "CREDIT_CARD": _card,
        "IBAN_CODE": iban.is_valid,
        "PHONE_NUMBER": _phone,
        "DATE_OF_BIRTH": _born,
        "IP_ADDRESS": lambda v: ipaddress.ip_address(v).version in (4, 6),
    }
    if entity_type in checks:
        return checks[entity_type](value)
    return re.fullmatch(_SHAPES[entity_type], value) is not None


def decoded(form: str, text: str) -> str:
    if form == "percent":
        return unquote(text)
    if form == "percent2":
        return unquote(unquote(text))
    return base64.b64decode(text).decode() if form == "base64" else text


@pytest.fixture(scope="module")
def stray(truth: Path) -> list[dict[str, Any]]:
    return pq.read_table(truth / "stray.parquet").to_pylist()


@pytest.fixture(scope="module")
def addresses(company: Path) -> set[str]:
    """All e-mail addresses that the company's logs ever saw."""
    log = (company / "exports/consents/consent_log.ndjson").read_text("utf-8")
    return {json.loads(line)["email"] for line in log.splitlines()}


def test_every_stray_span_holds_a_value_of_its_type(
    stray: list[dict[str, Any]], cell: Cell, addresses: set[str]
) -> None:
    hashes = {hashlib.md5(a.encode()).hexdigest() for a in addresses}
    hashes |= {hashlib.sha256(a.encode()).hexdigest() for a in addresses}
    known = 0
    for hit in stray:
        text = cell(hit)[hit["start"] : hit["end"]]
        if hit["form"] in {"md5", "sha256"}:
            assert re.fullmatch(r"[0-9a-f]{32}|[0-9a-f]{64}", text), hit
            known += text in hashes
        else:
            assert holds(hit["entity_type"], decoded(hit["form"], text)), hit
    assert known  # a hash is of an address that can be found, or nobody could judge it


def test_stray_data_is_of_every_kind_and_in_every_system(stray: list[dict[str, Any]]) -> None:
    kinds = {hit["entity_type"] for hit in stray}
    assert kinds == {*_NATIONAL, *_SHAPES} | {
        "CREDIT_CARD", "IBAN_CODE", "PHONE_NUMBER", "DATE_OF_BIRTH", "IP_ADDRESS",
    }  # fmt: skip
    assert kinds <= set(ENTITIES)
    assert {hit["form"] for hit in stray} == {
        "plain", "percent", "percent2", "base64", "md5", "sha256",
    }  # fmt: skip
    systems = {hit["dataset"].split("/")[0] for hit in stray}
    assert systems >= {
        "accounts.sqlite", "crm", "stripe", "mailchimp", "support", "product", "ga4", "web",
        "governance", "leads",
    }  # fmt: skip


def test_every_trap_looks_like_something_and_is_not(truth: Path, cell: Cell) -> None:
    traps = pq.read_table(truth / "traps.parquet").to_pylist()
    kinds = set()
    for trap in traps:
        text = cell(trap)[trap["start"] : trap["end"]]
        kinds.add(trap["kind"])
        assert trap["mistaken_for"] in ENTITIES
        if trap["kind"] == "TEST_CARD":
            assert text.replace(" ", "") in _TEST_CARDS
        elif trap["kind"] == "BAD_CARD":
            assert not luhn.is_valid(text)
        elif trap["kind"] == "EAN":
            assert ean.is_valid(text)
        elif trap["kind"] == "VERSION":
            assert re.fullmatch(r"\d\.0\.\d\.\d", text)
        elif trap["kind"] == "OWN_IBAN":
            assert iban.is_valid(text)
    assert kinds == {
        "ORDER_NUMBER", "EAN", "TRACKING", "EPOCH_MS", "VERSION", "TEST_CARD", "BAD_CARD",
        "COMPANY", "UUID", "OWN_IBAN",
    }  # fmt: skip


def test_own_accounts_in_messages_stand_in_the_allow_list(
    company: Path, truth: Path, cell: Cell
) -> None:
    allowed = (company / "allow/own_ibans.txt").read_text("utf-8").split()
    traps = [
        t for t in pq.read_table(truth / "traps.parquet").to_pylist() if t["kind"] == "OWN_IBAN"
    ]
    assert traps
    assert all(cell(trap)[trap["start"] : trap["end"]] in allowed for trap in traps)


def test_nothing_planted_overlaps_in_one_cell(truth: Path) -> None:
    seen: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for name in ("stray", "traps"):
        for row in pq.read_table(truth / f"{name}.parquet").to_pylist():
            if row.get("entity_type") == "URL":
                continue  # a link lies around what it carries
            place = (row["dataset"], row["table"], row["column"], row["row"], tuple(row["path"]))
            seen.setdefault(place, []).append((row["start"], row["end"]))
    for spans in seen.values():
        spans.sort()
        assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_birth_dates_of_minors_are_as_said_and_statements_stand_where_said(
    company: Path, truth: Path, cell: Cell
) -> None:
    minors = pq.read_table(truth / "minors.parquet").to_pylist()
    as_of = date(2026, 11, 20)
    for case in minors:
        text = cell(case)[case["start"] : case["end"]]
        if case["column"] != "Date de naissance":
            assert text.strip(), case
            continue
        day, month, year = (int(part) for part in text.split("/"))
        young = (as_of.year - year) - ((as_of.month, as_of.day) < (month, day)) < 18
        assert young == (case["level"] in {"certain", "authorised"}), case
    levels = {case["level"] for case in minors}
    assert levels == {"certain", "likely", "possible", "was_minor", "none", "authorised"}


def test_declared_columns_exist_and_hold_what_they_declare(truth: Path, cell: Cell) -> None:
    for column in json.loads((truth / "columns.json").read_text("utf-8")):
        if column["entity_type"] != "EMAIL_ADDRESS":
            continue
        cells = []
        for row in range(400):
            try:
                cells.append(cell({**column, "row": row, "path": []}))
            except IndexError:
                break
        filled = [text for text in cells if text not in {"", "None"}]
        assert filled, column
        assert all("@" in text for text in filled), column
