"""What `vitrail map --write` adds to `vitrail.toml`, and what it leaves alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import vitrail
from tests.cli.map.clients import CLIENTS, CONFIG, HEADER, Mapped, sources
from vitrail.errors import Forbidden
from vitrail.model import Actor, Role


def test_written_sources_stand_behind_what_stood_there_and_are_read(
    mapped: Mapped, place: Path
) -> None:
    (place / "vitrail.toml").chmod(0o640)
    code, _, err = mapped("exports/clients.csv", "--write", "--yes")
    assert code == 0, err
    text = (place / "vitrail.toml").read_text()
    assert text.startswith(CONFIG)
    assert (place / "vitrail.toml").stat().st_mode & 0o777 == 0o640
    with vitrail.open(place) as workspace:
        assert "closed_at" in dict(workspace.sources().tables)["accounts"]
        assert workspace.sources().problems == ()
        [event] = [e for e in workspace.events() if e.kind == "mapping_written"]
        assert event.payload["tables"] == ["accounts"]
    assert [p.name for p in place.iterdir() if p.name.startswith(".vitrail")] == []


def test_what_is_mapped_already_is_said_and_written_no_second_time(
    mapped: Mapped, place: Path
) -> None:
    mapped("exports/clients.csv", "--write")
    before = (place / "vitrail.toml").read_bytes()
    code, _, err = mapped("exports/clients.csv", "--write")
    assert code == 0
    assert "is mapped already, by [sources.clients]" in err
    assert "Nothing was written" in err
    assert (place / "vitrail.toml").read_bytes() == before


def test_a_file_of_windows_lines_keeps_them(mapped: Mapped, place: Path) -> None:
    (place / "vitrail.toml").write_bytes(CONFIG.replace("\n", "\r\n").encode())
    assert mapped("exports/clients.csv", "--write")[0] == 0
    content = (place / "vitrail.toml").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert "clients" in sources(place)


def test_a_read_only_configuration_stays_as_it_is(mapped: Mapped, place: Path) -> None:
    (place / "vitrail.toml").chmod(0o444)
    code, out, err = mapped("exports/clients.csv", "--write")
    assert code == 2
    assert "vitrail.toml is read-only" in err
    assert "[sources.clients]" in out  # to be added by hand
    assert (place / "vitrail.toml").read_text() == CONFIG


def test_sources_written_inline_are_not_spoilt(mapped: Mapped, place: Path) -> None:
    (place / "exports" / "o.csv").write_text("order_id,account_id\n1,2\n")
    inline = CONFIG.replace(
        "[params]",
        'sources = { o = { file = "exports/o.csv", table = "orders", '
        'columns = { order_id = "order_id" } } }\n\n[params]',
    )
    (place / "vitrail.toml").write_text(inline)
    code, _, err = mapped("exports/clients.csv", "--write")
    assert code == 2
    assert "[sources.name], not inline" in err
    assert (place / "vitrail.toml").read_text() == inline


def test_only_who_may_change_a_mapping_writes_one(place: Path) -> None:
    with vitrail.open(place, actor=Actor("root", frozenset({Role.ADMIN}))) as workspace:
        report = workspace.try_mapping(workspace.draft_mapping("exports/clients.csv"))
        with pytest.raises(Forbidden, match="auditor"):
            workspace.write_mapping(report.sources)
    with (
        vitrail.open(place, actor=Actor("ann", frozenset({Role.ANALYST}))) as workspace,
        pytest.raises(Forbidden),
    ):
        workspace.draft_mapping("exports/clients.csv")


def test_a_mapping_that_ties_no_row_to_a_person_is_loud_and_not_written(
    mapped: Mapped, place: Path
) -> None:
    (place / "exports" / "orders.csv").write_text(
        "order_id,created_at,currency,account_id\n"
        + "\n".join(f"O-{n},2026-05-01,EUR," for n in range(30))
    )
    code, _, err = mapped("exports/orders.csv", "--write")
    assert code == 1
    assert "Not one of the 30 rows of exports/orders.csv could be tied to a person" in err
    assert sources(place) == {}
    code, _, _ = mapped("exports/orders.csv", "--write", "--unlinked")
    assert code == 1
    assert set(sources(place)) == {"orders"}


def test_files_of_one_shape_become_one_source_that_takes_next_months_too(
    mapped: Mapped, place: Path
) -> None:
    for month in (1, 2, 3):
        (place / "exports" / f"orders_2026-0{month}.csv").write_text(
            f"order_id,created_at,account_id\nO-{month},2026-0{month}-05,1000\n"
        )
    assert mapped("exports/orders_2026-02.csv", "--write")[0] == 0
    assert sources(place)["orders"]["file"] == "exports/orders_2026-02.csv"
    (place / "vitrail.toml").write_text(CONFIG)
    assert mapped("exports", "--write")[0] == 0
    assert sources(place)["orders"]["file"] == "exports/orders_*.csv"


def test_a_new_months_file_is_not_taken_for_mapped_because_the_last_is(
    mapped: Mapped, place: Path
) -> None:
    for month in (1, 2, 3):
        (place / "exports" / f"orders_0{month}.csv").write_text(
            f"order_id,created_at,account_id\nO-{month},2026-0{month}-05,1000\n"
        )
    mapped("exports/orders_01.csv", "--write")
    assert mapped("exports", "--write")[0] == 0
    files = {s["file"] for s in sources(place).values() if s["table"] == "orders"}
    assert files == {f"exports/orders_0{month}.csv" for month in (1, 2, 3)}


def test_exports_behind_a_link_and_headers_full_of_signs_are_mapped(
    mapped: Mapped, place: Path
) -> None:
    (place / "exports").rename(place / "elsewhere")
    (place / "exports").symlink_to(place / "elsewhere")
    text = CLIENTS.replace(HEADER, 'ID,Contact,"Created ""at""\n (UTC)",Closed on,Status')
    (place / "exports" / "clients.csv").write_text(text)
    code, _, err = mapped("exports", "--column", 'created_at=Created "at"\n (UTC)', "--write")
    assert code == 0, err
    with vitrail.open(place) as workspace:
        assert "created_at" in dict(workspace.sources().tables)["accounts"]
        assert workspace.sources().problems == ()


def test_a_table_that_is_not_certain_is_not_written_unasked(mapped: Mapped, place: Path) -> None:
    (place / "exports" / "x.csv").write_text(
        "email,date\n" + "\n".join(f"zzqraw{n}@x.example.org,2026-05-01" for n in range(20))
    )
    code, _, err = mapped("exports/x.csv", "--write", "--yes")
    assert (code, sources(place)) == (0, {})
    assert "its table is open" in err
    assert mapped("exports/x.csv", "--write", "--table", "unsubscribe_events")[0] == 0
    assert set(sources(place)) == {"x"}


def test_a_name_that_reads_as_a_pattern_is_meant_by_the_letter(mapped: Mapped, place: Path) -> None:
    (place / "exports" / "clients.csv").rename(place / "exports" / "clients [old].csv")
    assert mapped("exports/clients [old].csv", "--write")[0] == 0
    with vitrail.open(place) as workspace:
        assert "accounts" in dict(workspace.sources().tables)


def test_mailchimps_zip_becomes_one_source_of_members_and_one_of_leavers(
    mapped: Mapped, place: Path
) -> None:
    header = "Email Address,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED"
    row = "zzqraw@example.org,2026-01-01 08:00:00,2026-01-01 08:05:00,2026-01-01 08:05:00"
    (place / "exports" / "mailchimp").mkdir()
    with zipfile.ZipFile(place / "exports" / "mailchimp" / "a.zip", "w") as archive:
        archive.writestr("subscribed_1.csv", f"{header}\n{row}\n")
        archive.writestr("unsubscribed_1.csv", f"{header},UNSUB_TIME\n{row},2026-02-01 08:00:00\n")
        archive.writestr("cleaned_1.csv", f"{header},CLEAN_TIME\n{row},2026-02-01 08:00:00\n")
    assert mapped("exports/mailchimp", "--write")[0] == 0
    assert sources(place) == {
        preset: {"file": "exports/mailchimp/a.zip", "preset": preset}
        for preset in ("mailchimp_contacts", "mailchimp_unsubscribes")
    }
