"""What `vitrail map` proposes and tells, and that it shows no value."""

from __future__ import annotations

from pathlib import Path

from tests.cli.map.clients import CLIENTS, CONFIG, Mapped, document


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


def test_a_second_list_of_accounts_is_warned_of(mapped: Mapped, place: Path) -> None:
    (place / "exports" / "users.csv").write_text(CLIENTS)
    assert "an account that both have would be there twice" in mapped("exports")[2]
