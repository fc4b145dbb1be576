"""What a scan says of whole columns: the cells together, their name, and the columns beside."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from vitrail import scan
from vitrail.keys import Keyring
from vitrail.model import ColumnVerdict

FIRST = ("Anna", "Bernard", "Carla", "Dieter", "Elena", "François", "Giulia", "Hendrik", "Inês",
         "Jorge", "Katrin", "Lorenzo", "Margot", "Nuno", "Olivia", "Pablo", "Quentin", "Rosa",
         "Stefan", "Teresa", "Ursula", "Vincent", "Wilhelm", "Xavier")  # fmt: skip
LAST = ("Marchetti", "Delacroix", "Vandenberg", "Schäfer", "Quintana", "Ferreira", "Kowalski",
        "Lindqvist", "O'Connor", "Petersen", "Rousseau", "Zimmermann")  # fmt: skip
PEOPLE = [f"{first} {LAST[n % len(LAST)]}" for n, first in enumerate(FIRST)]


@pytest.fixture
def verdicts(tmp_path: Path, keys: Keyring):  # type: ignore[no-untyped-def]
    """Scans a table given as columns of texts, and tells the verdict on each."""

    def judge(**columns: Sequence[str]) -> dict[str, ColumnVerdict]:
        path = tmp_path / "people.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
        run = scan.run(scan.plan([path]), tmp_path / "out", keys, run_id="columns")
        return {column.column: column for column in run.columns}

    return judge


def test_blanks_and_placeholders_do_not_count_against_a_column(verdicts) -> None:  # type: ignore[no-untyped-def]
    holes = ("n/a", "-", "Unknown", "NULL", "")
    emails = [f"user{n}@example-mail.org" if n % 4 == 0 else holes[n % 5] for n in range(80)]
    people = [PEOPLE[n // 4] if n % 4 == 0 else holes[n % 5] for n in range(80)]
    found = verdicts(recipient=emails, owner=people)
    assert found["recipient"].verdict == "EMAIL_ADDRESS"
    assert found["owner"].verdict == "PERSON"
    assert "All 20 cells" in found["recipient"].reason
    assert "48 more cells are blank or stand for nothing" in found["recipient"].reason


def test_a_column_of_placeholders_holds_nothing_and_says_so(verdicts) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(phone=["", "n/a", "-", "unknown"], id=["1", "2", "3", "4"])
    assert found["phone"].verdict is None
    assert found["phone"].reason.startswith("No cell holds anything.")


@pytest.mark.parametrize("rows", [1, 2, 6])
def test_a_tiny_column_is_judged_by_what_nothing_else_resembles(rows: int, verdicts) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(
        reply_to=[f"user{n}@example-mail.org" for n in range(rows)],
        x=["Anna Marchetti"] * rows,
    )
    assert found["reply_to"].verdict == "EMAIL_ADDRESS"
    if rows < 3:  # one name may be anything's
        assert found["x"].verdict is None


def test_firms_named_after_people_are_no_people(verdicts) -> None:  # type: ignore[no-untyped-def]
    forms = ("{} Ltd", "{} and Sons", "{0}, Smith and Brown", "{} Group", "{} GmbH", "{} Inc")
    firms = [forms[n % len(forms)].format(LAST[n % len(LAST)]) for n in range(48)]
    founders = [forms[n % len(forms)].format(PEOPLE[n % len(PEOPLE)]) for n in range(48)]
    found = verdicts(employer=firms, col=founders)
    assert found["employer"].verdict is None
    assert found["col"].verdict is None


def test_people_are_known_by_degrees_and_by_their_last_names_first(verdicts) -> None:  # type: ignore[no-untyped-def]
    turned = [f"{name.split()[1]}, {name.split()[0]}" for name in PEOPLE]
    degrees = ("Dr. {}", "{} B.A.", "Dipl.-Ing. {}", "{} M.Sc.")
    titled = [degrees[n % 4].format(name) for n, name in enumerate(PEOPLE)]
    found = verdicts(a=turned, b=titled, c=[name.upper() for name in PEOPLE], d=list(FIRST))
    assert {c.verdict for c in found.values()} == {"PERSON"}


def test_the_columns_beside_say_what_a_bare_name_is(verdicts) -> None:  # type: ignore[no-untyped-def]
    last = [LAST[n % len(LAST)] for n in range(24)]
    assert verdicts(Vorname=FIRST, Name=last)["Name"].verdict == "PERSON"
    halves = verdicts(first=FIRST, last=last)
    assert (halves["first"].verdict, halves["last"].verdict) == ("PERSON", "PERSON")


def test_what_is_said_about_a_name_is_no_name(verdicts) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(
        first_name=FIRST, first_name_type=["Legal", "Given"] * 12, name_prefix=["Mr", "Mrs"] * 12
    )
    assert found["first_name"].verdict == "PERSON"
    assert found["first_name_type"].verdict is None
    assert found["name_prefix"].verdict is None


def test_a_column_called_street_needs_no_street_that_is_known(verdicts) -> None:  # type: ignore[no-untyped-def]
    streets = [f"{n * 7 + 1} Old {LAST[n % len(LAST)]} Knoll Suite {n + 3}" for n in range(24)]
    found = verdicts(street=streets, ip_address=[f"81.2.{n}.{n * 9}" for n in range(24)],
                     address_type=["home 1", "work 2"] * 12)  # fmt: skip
    assert found["street"].verdict == "STREET_ADDRESS"
    assert found["ip_address"].verdict == "IP_ADDRESS"
    assert found["address_type"].verdict is None


def test_a_reason_tells_why_a_column_with_hits_is_none_of_them(verdicts) -> None:  # type: ignore[no-untyped-def]
    notes = [
        f"please write to user{n}@example-mail.org before the end of week {n}" for n in range(9)
    ]
    found = verdicts(note=notes, pair=["a@example-mail.org", "b@example-mail.org", *["later"] * 7])
    assert found["note"].reason == "Of 9 cells 9 hold an e-mail address – within longer texts."
    assert found["pair"].reason == (
        "Of 9 cells 2 hold an e-mail address – too few to be what the column is."
    )


def test_who_somebody_is_in_a_thing_is_no_thing(verdicts) -> None:  # type: ignore[no-untyped-def]
    clubs = ["Real Madrid", "Chelsea", "Paul Martin Club", "Lyon"] * 6
    found = verdicts(team_manager=PEOPLE, manager_team=clubs, project_owner=PEOPLE)
    assert found["team_manager"].verdict == found["project_owner"].verdict == "PERSON"
    assert found["manager_team"].verdict is None


def test_initials_with_last_names_are_people(verdicts) -> None:  # type: ignore[no-untyped-def]
    assert verdicts(x=[f"{n[0]}. {n.split()[1]}" for n in PEOPLE])["x"].verdict == "PERSON"


def test_addresses_are_known_in_a_column_whose_name_is_silent(verdicts) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(
        c1=[f"boulevard {LAST[n % len(LAST)]} {n + 12}" for n in range(24)],
        c2=[f"Season {n}" for n in range(24)],
        c3=[f"Room {n}, level {n % 3}" for n in range(24)],
    )
    assert [found[c].verdict for c in ("c1", "c2", "c3")] == ["STREET_ADDRESS", None, None]


def test_versions_beside_their_like_are_no_addresses(verdicts) -> None:  # type: ignore[no-untyped-def]
    low = [f"{n % 6}.{n % 20}.{n * 3 % 30}.{n}" for n in range(1, 25)]
    high = [f"{40 + n * 7}.{n}.{n * 9}.{250 - n}" for n in range(24)]
    private = [f"10.0.0.{n}" for n in range(24)]
    found = verdicts(c1=low, c2=high, c3=private, server=low, browser_ip=high, browser=high)
    assert [found[c].verdict for c in ("c1", "browser")] == [None, None]
    assert {found[c].verdict for c in ("c2", "c3", "server", "browser_ip")} == {"IP_ADDRESS"}


def test_the_id_of_a_call_is_no_number_to_call(verdicts) -> None:  # type: ignore[no-untyped-def]
    plain = [str(2_034_518_833 + 40_091 * n) for n in range(24)]
    grouped = [f"{100 + n} {200 + n} {300 + n}" for n in range(24)]
    found = verdicts(call_id=plain, phone_id=plain, sms_ids=plain, article=grouped, mobile=plain)
    assert {name for name, c in found.items() if c.verdict} == {"mobile"}


def test_numbers_of_digits_alone_are_phones_beside_such_as_are_written_so(verdicts) -> None:  # type: ignore[no-untyped-def]
    written = [f"(212) 555-{1000 + 37 * n}" for n in range(12)]
    plain = [f"212555{2000 + 41 * n}" for n in range(12)]
    found = verdicts(c1=written + plain, c2=plain + plain[::-1], order_no=written + plain)
    assert found["c1"].verdict == "PHONE_NUMBER"
    assert found["c1"].hits == (("PHONE_NUMBER", 24),)
    assert found["c2"].verdict is None


def test_numbers_that_pass_a_check_are_told_where_nearly_all_of_a_column_do(verdicts) -> None:  # type: ignore[no-untyped-def]
    from stdnum.nl import bsn

    passing = [str(n) for n in range(111_222_000, 111_223_000) if bsn.is_valid(str(n))][:24]
    some = passing[:4] + [str(111_333_001 + 11 * n) for n in range(20)]
    some = some[:4] + [n for n in some[4:] if not bsn.is_valid(n)]
    some += ["111333002"] * (24 - len(some))
    found = verdicts(c1=passing, c2=some, isbn=passing)
    assert found["c1"].verdict == "NL_BSN"
    assert found["c2"].verdict is None
    assert found["isbn"].verdict is None


def test_numbers_of_devices_and_firms_are_no_cards_though_they_pass_the_cards_check(
    verdicts,
) -> None:  # type: ignore[no-untyped-def]
    from stdnum import luhn

    def numbers(first: str, size: int) -> list[str]:
        bodies = [first + str(7_301 * n + 11).zfill(size - 1 - len(first)) for n in range(24)]
        return [body + luhn.calc_check_digit(body) for body in bodies]

    found = verdicts(device=numbers("35", 15), x=numbers("4", 14), y=numbers("4", 16))
    assert [found[c].verdict for c in ("device", "x", "y")] == [None, None, "CREDIT_CARD"]


def test_rising_row_numbers_are_no_personal_numbers_though_each_begins_with_a_date(
    verdicts,
) -> None:  # type: ignore[no-untyped-def]
    rows = [str(2_001_120_000 + 37 * n) for n in range(30)]
    assert verdicts(x=rows, event_id=rows)["x"].verdict is None


def test_six_numbers_of_a_column_are_told_where_all_pass_a_check(verdicts) -> None:  # type: ignore[no-untyped-def]
    passing = ["65101825978", "90100390743", "85040778870", "75112823289", "74120112909",
               "69012747967"]  # fmt: skip
    found = verdicts(x=passing, y=[*passing[:5], "69012747968"], ticket_id=list("abcdef"))
    assert found["x"].verdict == "PL_PESEL"
    assert found["y"].verdict is None


def test_decimals_and_short_codes_are_neither_phones_nor_names(verdicts) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(
        x=[f"{51 + n / 97:.6f}" for n in range(30)],
        first_name=[FIRST[n % 24] for n in range(30)],
        name=["en-GB", "fr-FR", "EUR"] * 10,
        small=["4.0.2.1", "4.0.2.2", "4.1.0.7", *[""] * 27],
    )
    assert {name for name, c in found.items() if c.verdict} == {"first_name"}


def test_what_is_told_of_a_value_in_a_columns_name_is_not_the_value(verdicts) -> None:  # type: ignore[no-untyped-def]
    rows = [str(400_118_233 + 9_917 * n) for n in range(12)]
    found = verdicts(bank_id=rows, passport_count=rows, bank_account=rows, passport_id=rows)
    assert {name for name, c in found.items() if c.verdict} == {"bank_account", "passport_id"}


def test_what_programs_call_things_are_no_names_beside_first_names(verdicts) -> None:  # type: ignore[no-untyped-def]
    events = ["page_view", "login", "add_to_cart", "purchase"] * 6
    assert verdicts(first_name=FIRST, name=events)["name"].verdict is None


def test_a_few_numbers_under_a_silent_name_are_told_why_they_decide_nothing(verdicts) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(x=["Anna Marchetti"], y=["1"])
    assert found["x"].reason == (
        "Of 1 cell 1 holds a person's name"
        " – so few cells decide nothing where the column's name does not say so."
    )
