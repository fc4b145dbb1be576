"""``vitrail map``: a proposal that shows no value, and is written only as it was meant."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vitrail
from vitrail.cli.commands import application
from vitrail.cli.exits import run
from vitrail.errors import Forbidden
from vitrail.model import Actor, Role

CONFIG = "# the company's own words\nasof = 2026-11-20  # last export\n\n[params]\nk = 10\n"
HEADER = "ID,Contact,Created,Closed on,Status"
CLIENTS = HEADER + "\n" + "\n".join(
    f"{n},zzqraw{n}@mail.example.org,2025-{n % 12 + 1:02}-{n % 27 + 1:02},"
    f"{'2026-05-01' if n % 5 == 0 else ''},{'Clos' if n % 5 == 0 else 'Actif'}"
    for n in range(1000, 1040)
)  # fmt: skip

Mapped = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace of one list of clients that nothing maps."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "vitrail.toml").write_text(CONFIG)
    (tmp_path / "exports" / "clients.csv").write_text(CLIENTS)
    return tmp_path


@pytest.fixture
def mapped(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Mapped:
    """``mapped("exports/x.csv", "--write")``: exit code and both streams; no value on either."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        words = ["vitrail", "map", *map(str, arguments), "-C", str(place)]
        monkeypatch.setattr(sys, "argv", words)
        capsys.readouterr()
        code = run(application)
        out, err = capsys.readouterr()
        assert "zzqraw" not in (out + err).casefold()
        assert "Traceback" not in out + err
        return code, out, err

    return call


def document(mapped: Mapped, *arguments: str) -> dict[str, Any]:
    code, out, err = mapped(*arguments, "--json")
    assert code in (0, 1, 3), err
    answer: dict[str, Any] = json.loads(out)
    assert answer["schema"] == "vitrail.mapping/1"
    return answer


def sources(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((place / "vitrail.toml").read_text()).get("sources", {})
    return found


def test_the_proposal_names_the_columns_the_kinds_and_the_lines_to_write(mapped: Mapped) -> None:
    code, out, err = mapped("exports/clients.csv")
    assert code == 0
    assert "Contact" in out
    assert "z•••@•••.org" in out
    assert "[sources.clients]" in out
    assert "Nothing was written; --write adds" in err


def test_it_tells_which_controls_become_testable_and_which_column_would_open_more(
    mapped: Mapped, place: Path
) -> None:
    answer = document(mapped, "exports/clients.csv")
    assert "RET-02" in answer["controls"]["opened"]
    text = CLIENTS.replace("Closed on", "Fin")
    (place / "exports" / "clients.csv").write_text(text)
    [closed] = [
        m
        for m in document(mapped, "exports/clients.csv")["controls"]["missing"]
        if m["column"] == "accounts.closed_at"
    ]
    assert "RET-02" in closed["opens"]
    assert "RET-01" in closed["opens_with_others"]  # which asks for contact data besides
    assert closed["candidates"] == ["Fin"]
    code, out, _ = mapped("exports/clients.csv")
    assert code == 0
    assert "accounts.closed_at" in out


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


def test_what_a_mapped_export_could_open_besides_is_told_with_the_column_that_could_be_it(
    mapped: Mapped, place: Path
) -> None:
    source = (
        '[sources.crm]\nfile = "exports/clients.csv"\ntable = "accounts"\n'
        'columns = { account_id = "ID", email = "Contact", status = "Status" }\n'
    )
    (place / "vitrail.toml").write_text(f"{CONFIG}\n{source}")
    answer = document(mapped, "exports/clients.csv")
    [export] = answer["exports"]
    assert (export["standing"], export["mapped_by"]) == ("mapped", ["crm"])
    assert export["unused"] == ["Created", "Closed on"]
    [closed] = [m for m in answer["controls"]["missing"] if m["column"] == "accounts.closed_at"]
    assert "RET-02" in closed["opens"]
    assert "Closed on" in closed["candidates"]


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


def test_a_key_of_another_system_is_told_by_the_accounts_that_it_never_meets(
    mapped: Mapped, place: Path
) -> None:
    mapped("exports/clients.csv", "--write")
    (place / "exports" / "orders.csv").write_text(
        "order_id,created_at,customer_id\n"
        + "\n".join(f"O-{n},2026-05-01,crm-{n}" for n in range(30))
    )
    code, _, err = mapped("exports/orders.csv")
    assert code == 0
    assert "Nobody in exports/orders.csv is one of the accounts" in err
    (place / "exports" / "orders.csv").write_text(
        "order_id,created_at,customer_id\n"
        + "\n".join(f"O-{n},2026-05-01,{1000 + n}" for n in range(30))
    )
    [export] = document(mapped, "exports/orders.csv")["exports"]
    assert (export["rows"], export["unlinked"], export["known_accounts"]) == (30, 0, 30)


def test_an_empty_file_and_one_of_no_known_kind_are_told_and_the_others_mapped(
    mapped: Mapped, place: Path
) -> None:
    (place / "exports" / "empty.csv").write_text("")
    (place / "exports" / "blob.bin").write_bytes(bytes(range(256)) * 8)
    (place / "exports" / "note.txt").write_text("zzqraw wrote this\nand this\n")
    code, out, err = mapped("exports")
    assert code == 3
    assert "[sources.clients]" in out
    assert "empty.csv is empty" in err
    assert "blob.bin is binary" in err
    assert "note.txt is text without columns" in err
    assert mapped("exports/empty.csv")[0] == 3


def test_what_loses_values_on_the_way_says_how_many(mapped: Mapped, place: Path) -> None:
    text = CLIENTS.replace("2025-05-", "sometime in 2025-05-")
    (place / "exports" / "clients.csv").write_text(text)
    code, _, err = mapped("exports/clients.csv", "--column", "created_at=Created")
    assert code == 0
    assert "values of “Created” are no" in err


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


def test_a_second_list_of_accounts_is_warned_of(mapped: Mapped, place: Path) -> None:
    (place / "exports" / "users.csv").write_text(CLIENTS)
    assert "an account that both have would be there twice" in mapped("exports")[2]


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


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["exports/client.csv"], "Did you mean clients.csv?"),
        (["exports/clients.csv", "--timezone", "Europe/Pariss"], "Did you mean Europe/Paris?"),
        (["exports/clients.csv", "--table", "acounts"], "Did you mean accounts?"),
        (["exports/clients.csv", "--column", "closed_at"], "Write --column"),
        (["exports/clients.csv", "--column", "clsed_at=Fin"], "Did you mean closed_at?"),
        (["exports/clients.csv", "--preset", "stripe_payment"], "Did you mean stripe_payments?"),
    ],
)
def test_wrong_words_exit_2_with_those_that_were_meant(
    arguments: list[str], told: str, mapped: Mapped, place: Path
) -> None:
    code, _, err = mapped(*arguments, "--write")
    assert code == 2
    assert told in err
    assert sources(place) == {}


def test_a_file_outside_the_exports_is_not_looked_into(mapped: Mapped, place: Path) -> None:
    (place / "elsewhere.csv").write_text(CLIENTS)
    code, out, err = mapped(place / "elsewhere.csv")
    assert (code, out) == (2, "")
    assert "lies outside exports" in err
    (place / "exports" / "link.csv").symlink_to(place / "elsewhere.csv")
    assert mapped("exports/link.csv")[0] == 2


def test_one_answer_about_columns_is_not_taken_for_several_exports(
    mapped: Mapped, place: Path
) -> None:
    (place / "exports" / "orders.csv").write_text("order_id,account_id\nO-1,1000\n")
    code, _, err = mapped("exports", "--table", "orders")
    assert code == 2
    assert "Name one file" in err


def test_in_a_terminal_it_asks_and_writes_what_was_answered(place: Path) -> None:
    text = CLIENTS.replace("-", "/").replace("2026/05/01", "01/05/2026 10:00")
    lines = text.splitlines()
    cells = [line.split(",") for line in lines[1:]]
    rows = [",".join([*c[:2], "03/04/2026 10:00", c[3], c[4]]) for c in cells]
    (place / "exports" / "clients.csv").write_text("\n".join([lines[0], *rows]))
    shown = _converse(
        [sys.executable, "-m", "vitrail", "map", "exports/clients.csv", "-C", str(place)],
        [
            ("Which comes first?", "1"), ("which zone", "Europe/Pariss"),
            ("Did you mean", "Europe/Paris"), ("Add this source", "y"),
        ],
    )  # fmt: skip
    assert "zzqraw" not in shown
    written = sources(place)["clients"]
    assert written["timezone"] == "Europe/Paris"
    assert written["dates"] == {"day_first": True}
    assert written["columns"]["created_at"] == "Created"


def _converse(command: list[str], turns: list[tuple[str, str]]) -> str:
    """Run a command on a terminal of its own and answer each question as it comes."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown, end = "", time.monotonic() + 60
        asked = 0
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    part = os.read(ours, 65_536).decode("utf-8", "replace")
                except OSError:
                    break
                if not part:
                    break
                shown += part
            if turns and turns[0][0] in shown[asked:] and shown.rstrip(" ").endswith(":"):
                asked = len(shown)
                os.write(ours, f"{turns.pop(0)[1]}\n".encode())
        assert process.wait(10) == 0, shown
    os.close(ours)
    assert turns == [], shown
    return shown
