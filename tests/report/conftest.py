"""A made-up scan for the tests of its reports: every status, hostile names, an unreadable file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import vitrail
from vitrail.model import (
    ColumnVerdict,
    Finding,
    FindingStatus,
    InputFile,
    InputStatus,
    RunState,
    ScanRun,
    Severity,
)
from vitrail.workspace import CheckRun

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def check(demo_workspace: Path) -> CheckRun:
    """The demo company's check."""
    with vitrail.open(demo_workspace) as workspace:
        found = workspace.latest_check()
    assert found is not None
    return found


def finding(number: int, entity: str = "EMAIL_ADDRESS", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "id": f"{number:016x}",
        "dataset": "support/zendesk_tickets.json",
        "table": None,
        "column": "messages[].body",
        "entity_type": entity,
        "severity": Severity.MEDIUM,
        "cells": 120,
        "values": 96,
        "score": 0.9,
        "recognizer": "EmailRecognizer",
        "explanation": "The pattern of an e-mail address, with a known top-level domain.",
        "samples": ("j•••@•••.fr", "m•••@•••.com"),
        "expected": False,
        "status": FindingStatus.OPEN,
        "run": "scan-20261120",
    }
    return Finding(**{**values, **changes})


def input_file(name: str, **changes: Any) -> InputFile:
    values: dict[str, Any] = {
        "name": name,
        "table": None,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "rows": 48210,
        "bytes": 18_400_000,
        "seconds": 2.4,
        "status": InputStatus.SCANNED,
    }
    return InputFile(**{**values, **changes})


_CARD = {
    "severity": Severity.CRITICAL,
    "recognizer": "CreditCardRecognizer",
    "samples": ("16 digits, Luhn ok",),
    "score": 1.0,
    "explanation": "Sixteen digits of a card network that pass the Luhn check; the words around "
    "them speak of a payment.",
}
_NIR = {
    "severity": Severity.HIGH,
    "recognizer": "FrNirRecognizer",
    "samples": ("15 digits, key ok",),
    "score": 0.95,
    "explanation": "Fifteen digits with a valid control key, in a column of customers' notes.",
}
CRM = "crm/clients.xlsx"

FINDINGS: tuple[Finding, ...] = (
    finding(1, "CREDIT_CARD", cells=14, values=9, **_CARD),
    finding(2, "CREDIT_CARD", dataset=CRM, table="Clients", column="Notes", cells=1, **_CARD),
    finding(3, "FR_NIR", dataset=CRM, table="Clients", column="Notes", cells=37, **_NIR),
    finding(
        4,
        "IBAN_CODE",
        dataset="stripe/payments.csv",
        column="description",
        severity=Severity.HIGH,
        cells=212,
        samples=("FR•• 27 characters",),
        status=FindingStatus.REGRESSED,
        explanation="A French account number that passes ISO 7064 mod 97; it was gone in October.",
    ),
    finding(5, cells=1_840),
    finding(6, dataset="ga4/events_202611.parquet", column="page_location", cells=73_510),
    finding(7, dataset=CRM, table="Clients", column="E-mail", cells=20_344, expected=True),
    finding(8, "PHONE_NUMBER", dataset=CRM, table="Clients", column="Téléphone", expected=True),
    finding(9, "PHONE_NUMBER", cells=408, samples=("+33 •• •• •• ••",)),
    finding(
        10,
        "PERSON",
        cells=5_120,
        score=0.62,
        status=FindingStatus.CONFIRMED,
        samples=("J••••• M•••••",),
    ),
    finding(
        11,
        "IP_ADDRESS",
        dataset="web/access.log",
        column="ip",
        severity=Severity.LOW,
        cells=2_410_230,
        samples=("•••.•••.•••.••",),
        status=FindingStatus.DISMISSED,
        reason="Kept 30 days for fraud prevention, as clause 4 says.",
        decided_by="amelie",
        decided_at=AT,
    ),
    finding(12, "IP_ADDRESS", dataset="web/access.log", column="query", severity=Severity.LOW),
    finding(13, "SECRET", cells=2, status=FindingStatus.GONE, **{**_CARD, "samples": ()}),
    finding(
        14,
        dataset="leads/<b>list</b> & co.csv",
        column='=HYPERLINK("x")',
        cells=3,
        explanation="<script>alert(1)</script>",
    ),
)

INPUTS: tuple[InputFile, ...] = (
    input_file("support/zendesk_tickets.json"),
    input_file(CRM, table="Clients", rows=20_400, bytes=3_100_000, seconds=1.1),
    input_file("stripe/payments.csv", rows=312_004, bytes=61_000_000, seconds=4.9),
    input_file("ga4/events_202611.parquet", rows=1_204_332, bytes=212_000_000, seconds=38.0),
    input_file(
        "web/access.log",
        rows=2_410_230,
        bytes=640_000_000,
        seconds=71.2,
        status=InputStatus.SAMPLED,
        reason="A sample: with 95 % confidence fewer than 3 rows in 10,000 are missed.",
    ),
    input_file("leads/<b>list</b> & co.csv", rows=900, bytes=52_000, seconds=0.1),
    input_file(
        "mailchimp/sends.csv.gz",
        sha256=None,
        rows=None,
        bytes=8_200_000,
        seconds=0.0,
        status=InputStatus.UNREADABLE,
        reason="The archive ends in the middle of line 40,112.",
        remedy="Export it again and put it in the same place.",
    ),
)

COLUMN = ColumnVerdict(
    dataset=CRM,
    table="Clients",
    column="E-mail",
    rows=20_400,
    non_null=20_344,
    distinct=20_344,
    examined=20_344,
    language="fr",
    verdict="EMAIL_ADDRESS",
    confidence=0.99,
    hits=(("EMAIL_ADDRESS", 20_344),),
)


def scan_run(inputs: tuple[InputFile, ...] = INPUTS) -> ScanRun:
    return ScanRun(
        id="scan-20261120",
        directory="runs/scan-20261120",
        state=RunState.DONE,
        started_at=AT,
        seconds=118.4,
        inputs=inputs,
        columns=(COLUMN,) * 41 if inputs else (),
        hits=2_513_000 if inputs else 0,
    )


@pytest.fixture(scope="session")
def make_finding() -> Callable[..., Finding]:
    return finding


@pytest.fixture(scope="session")
def make_run() -> Callable[..., ScanRun]:
    return scan_run


@pytest.fixture(scope="session")
def run() -> ScanRun:
    return scan_run()


@pytest.fixture(scope="session")
def findings() -> tuple[Finding, ...]:
    return FINDINGS
