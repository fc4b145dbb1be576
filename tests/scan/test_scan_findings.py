"""Findings, the baseline beside them, and the masked cells behind them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail import scan
from vitrail.detect.entities import ENTITIES
from vitrail.errors import KeyMismatch, UsageError
from vitrail.exports.canonical import CANONICAL
from vitrail.keys import Keyring, user_keyring
from vitrail.model import Change, Finding, Severity
from vitrail.scan.expected import BY_COLUMN, BY_TABLE, is_expected
from vitrail.scan.tally import leading_bits, logical_source

OPTIONS = scan.ScanOptions(names="off")
EMAIL = "zoe.marchetti@example-mail.org"
CARD = "4111 1111 1111 1111"


def scanned(exports: Path, out: Path, keys: Keyring) -> Path:
    scan.run(scan.plan([exports], OPTIONS), out, keys, run_id="scan-1")
    return out


@pytest.fixture
def out(exports: Path, tmp_path: Path, keys: Keyring) -> Path:
    return scanned(exports, tmp_path / "out", keys)


def by_place(found: tuple[Finding, ...]) -> dict[tuple[str, str], Finding]:
    return {(f.column, f.entity_type): f for f in found}


def test_a_finding_is_a_column_s_hits_of_one_type_with_its_severity_and_reason(
    out: Path, keys: Keyring
) -> None:
    found = by_place(scan.findings(out, keys=keys))
    email = found["email", "EMAIL_ADDRESS"]
    assert (email.dataset, email.cells, email.values) == ("contacts.csv", 40, 40)
    card = found["messages[].body", "CREDIT_CARD"]
    assert (card.severity, card.cells, card.values) == (Severity.CRITICAL, 1, 1)
    for ground in ("PaymentCardRecognizer", "check digits", "Patterns: ", "best score", "cells"):
        assert ground in card.explanation
    assert all(1 <= len(f.samples) <= 5 for f in found.values())
    shown = " ".join(s for f in found.values() for s in f.samples)
    assert "@example-mail.org" not in shown
    assert CARD not in shown


def test_the_worst_stray_finding_comes_first(out: Path, keys: Keyring) -> None:
    found = scan.findings(out, keys=keys)
    ranks = [f.severity.rank for f in found]
    assert ranks == sorted(ranks, reverse=True)


def test_what_the_mapping_declares_is_expected_and_nothing_else(out: Path, keys: Keyring) -> None:
    declared = {
        ("contacts.csv", None, "email"): "accounts.email",
        ("contacts.csv", None, "note"): "feedback.text",
    }
    found = by_place(scan.findings(out, declared=declared, keys=keys))
    assert found["email", "EMAIL_ADDRESS"].expected
    assert not found["note", "PHONE_NUMBER"].expected
    assert not found["messages[].body", "EMAIL_ADDRESS"].expected


def test_a_finding_keeps_its_id_from_run_to_run_and_loses_it_under_another_key(
    out: Path, exports: Path, tmp_path: Path, keys: Keyring
) -> None:
    first = {f.id for f in scan.findings(out, keys=keys)}
    again = scanned(exports, tmp_path / "again", keys)
    assert {f.id for f in scan.findings(again, keys=keys)} == first
    assert first.isdisjoint(f.id for f in scan.findings(out, keys=Keyring(bytes(32))))


def test_dated_exports_of_one_source_are_one_finding(tmp_path: Path, keys: Keyring) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for day, name in (("2026-11-19", "a"), ("2026-11-20", "b")):
        (folder / f"leads_{day}.csv").write_text(f"n,contact\n1,{name}@example-mail.org\n2,\n")
    (found,) = scan.findings(scanned(folder, tmp_path / "out", keys), keys=keys)
    assert (found.dataset, found.cells, found.values) == ("leads_*.csv", 2, 2)
    (folder / "leads_2026-11-19.csv").unlink()
    (alone,) = scan.findings(scanned(folder, tmp_path / "out2", keys), keys=keys)
    assert (alone.dataset, alone.id) == ("leads_2026-11-20.csv", found.id)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("product/events_202611.parquet", "product/events_*.parquet"),
        ("events_20261120.csv", "events_*.csv"),
        ("log-2026-11-20T10-30.csv.gz", "log-*.csv.gz"),
        ("users1.csv", "users1.csv"),
        ("order_4711_1299.csv", "order_4711_1299.csv"),
        ("crm.xlsx", "crm.xlsx"),
    ],
)
def test_a_source_is_its_name_without_its_dates(name: str, source: str) -> None:
    assert logical_source(name) == source


def test_expected_types_and_columns_exist() -> None:
    columns = {c for table in CANONICAL.values() for c in table.columns} | {"email"}
    assert set(BY_COLUMN) <= columns
    assert {place.partition(".")[0] for place in BY_TABLE} <= set(CANONICAL)
    kinds = {kind for kinds in (*BY_COLUMN.values(), *BY_TABLE.values()) for kind in kinds}
    assert kinds <= set(ENTITIES)
    assert not is_expected("payments.amount", "CREDIT_CARD")


def beside(baseline: Path, run: Path, keys: Keyring) -> dict[tuple[str, str], Change]:
    """Each finding of a run with its change, by column and entity type."""
    former = scan.read_baseline(baseline, keys)
    found = scan.findings(run, keys=keys)
    compared = scan.compare_baseline(former, scan.load(run), found, keys).findings
    return {(f.column, f.entity_type): f.change for f in compared}


def test_a_baseline_tells_what_is_new_still_there_gone_and_come_back(
    out: Path, exports: Path, tmp_path: Path, keys: Keyring
) -> None:
    baseline, card = tmp_path / "baseline.json", ("messages[].body", "CREDIT_CARD")
    known = scan.findings(out, keys=keys)
    scan.write_baseline(baseline, out, known, keys)
    assert set(beside(baseline, out, keys).values()) == {Change.STILL_THERE}

    former = (exports / "crisp.json").read_bytes()
    (exports / "crisp.json").write_text(json.dumps([{"messages": [{"body": f"mail {EMAIL}"}]}]))
    with (exports / "contacts.csv").open("a") as file:
        file.write("99,brandnew@example-mail.org,nothing,red\n")
    later = scanned(exports, tmp_path / "later", keys)
    changes = beside(baseline, later, keys)
    assert changes.pop(("email", "EMAIL_ADDRESS")) is Change.NEW  # for one value in it
    assert changes.pop(card) is Change.GONE
    assert set(changes.values()) <= {Change.STILL_THERE, Change.GONE}

    compared = scan.compare_baseline(
        scan.read_baseline(baseline, keys), scan.load(later), scan.findings(later, keys=keys), keys
    )
    scan.write_baseline(
        baseline, later, compared.findings, keys, scan.read_baseline(baseline, keys)
    )
    assert card not in beside(baseline, later, keys)  # told once
    (exports / "crisp.json").write_bytes(former)
    again = scanned(exports, tmp_path / "again", keys)
    assert beside(baseline, again, keys)[card] is Change.REGRESSED


def test_a_finding_whose_file_was_not_scanned_is_not_gone(
    out: Path, exports: Path, tmp_path: Path, keys: Keyring
) -> None:
    baseline, card = tmp_path / "baseline.json", ("messages[].body", "CREDIT_CARD")
    scan.write_baseline(baseline, out, scan.findings(out, keys=keys), keys)
    (exports / "crisp.json").unlink()
    later = scanned(exports, tmp_path / "later", keys)
    assert beside(baseline, later, keys)[card] is Change.NOT_EXAMINED
    former = scan.read_baseline(baseline, keys)
    found = scan.findings(later, keys=keys)
    compared = scan.compare_baseline(former, scan.load(later), found, keys).findings
    scan.write_baseline(baseline, later, compared, keys, former)
    assert beside(baseline, later, keys)[card] is Change.NOT_EXAMINED


def test_a_baseline_is_a_line_a_finding_in_a_settled_order(
    out: Path, tmp_path: Path, keys: Keyring
) -> None:
    found = scan.findings(out, keys=keys)
    scan.write_baseline(tmp_path / "a.json", out, found, keys)
    scan.write_baseline(tmp_path / "b.json", out, tuple(reversed(found)), keys)
    text = (tmp_path / "a.json").read_text("utf-8")
    assert text == (tmp_path / "b.json").read_text("utf-8")
    lines = text.splitlines()[1:-1]
    assert len(lines) == len(found)
    assert [json.loads(line.rstrip(","))["id"] for line in lines] == sorted(f.id for f in found)
    assert EMAIL not in text


def test_values_that_the_scan_before_did_not_hold_are_counted(
    out: Path, exports: Path, tmp_path: Path, keys: Keyring
) -> None:
    with (exports / "contacts.csv").open("a") as file:
        file.write("99,brandnew@example-mail.org,nothing,red\n")
    later = scanned(exports, tmp_path / "later", keys)
    found = by_place(scan.findings(later, keys=keys, before=out))
    assert found["email", "EMAIL_ADDRESS"].new_values == 1
    assert found["messages[].body", "CREDIT_CARD"].new_values == 0
    assert {f.new_values for f in scan.findings(later, keys=keys)} == {None}


@given(
    st.lists(st.text("0123456789abcdef", min_size=32, max_size=32), max_size=50), st.integers(0, 9)
)
def test_a_fingerprint_counts_by_its_first_64_bits(prints: list[str], cut: int) -> None:
    column = pa.chunked_array([pa.array(prints, pa.string())]).slice(min(cut, len(prints)))
    wanted = [int(text[:16], 16) for text in prints[cut:]]
    assert leading_bits(column).tolist() == wanted


def test_a_baseline_of_another_key_is_refused(out: Path, tmp_path: Path, keys: Keyring) -> None:
    scan.write_baseline(tmp_path / "b.json", out, scan.findings(out, keys=keys), keys)
    with pytest.raises(KeyMismatch, match="another key"):
        scan.read_baseline(tmp_path / "b.json", Keyring(bytes(32)))


def test_what_is_no_baseline_is_refused_by_name(tmp_path: Path, keys: Keyring) -> None:
    (tmp_path / "b.json").write_text("[1, 2]")
    with pytest.raises(UsageError, match=r"b\.json is no baseline"):
        scan.read_baseline(tmp_path / "b.json", keys)
    with pytest.raises(UsageError, match="There is no baseline"):
        scan.read_baseline(tmp_path / "absent.json", keys)


def test_sample_cells_show_where_a_value_stands_and_no_value(
    out: Path, exports: Path, keys: Keyring
) -> None:
    catalog = scan.plan([exports], OPTIONS).catalog
    found = by_place(scan.findings(out, keys=keys))
    (card,) = scan.sample_cells(out, found["messages[].body", "CREDIT_CARD"], catalog, keys)
    assert card.startswith("é my card is ")
    assert card.endswith(", thanks")
    assert "4111" not in card
    emails = scan.sample_cells(out, found["email", "EMAIL_ADDRESS"], catalog, keys, limit=3)
    assert len(emails) == 3
    assert all("person" not in cell for cell in emails)


def test_sample_cells_hide_what_stands_around_a_value(tmp_path: Path, keys: Keyring) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    cell = f"Herr Odenwald, code 9981-22, asks {EMAIL} and bob@example-mail.org of Ravensburg soon"
    (folder / "n.csv").write_text(f'id,note\n1,"{cell}"\n2,x\n')
    out = scanned(folder, tmp_path / "out", keys)
    (finding,) = scan.findings(out, keys=keys)
    shown = " ".join(scan.sample_cells(out, finding, scan.plan([folder], OPTIONS).catalog, keys))
    assert " asks " in shown
    for telling in ("Odenwald", "9981", "zoe", "bob@", "Ravensburg"):
        assert telling not in shown


def test_samples_of_an_export_that_is_gone_are_left_out(
    out: Path, exports: Path, keys: Keyring
) -> None:
    found = by_place(scan.findings(out, keys=keys))["email", "EMAIL_ADDRESS"]
    shutil.copy(exports / "contacts.csv", exports / "other.csv")
    (exports / "contacts.csv").unlink()
    catalog = scan.plan([exports], OPTIONS).catalog
    assert scan.sample_cells(out, replace(found), catalog, keys) == ()


def test_a_user_without_a_workspace_keeps_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("VITRAIL_KEY_FILE", raising=False)
    assert user_keyring().check_value == user_keyring().check_value
    (key,) = tmp_path.rglob("key")
    assert key.stat().st_mode & 0o777 == 0o600
