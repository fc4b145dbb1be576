"""A proposal rests on names and values, asks what neither tells, and never guesses a day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vitrail.errors import UsageError
from vitrail.exports.catalog import Catalog
from vitrail.proposal import Answers, Place, Proposal, Subject, profiles_of, propose

Propose = Callable[..., Proposal]


@pytest.fixture
def of(tmp_path: Path) -> Propose:
    """``of("clients.csv", text, table=…)``: what is proposed for such an export."""

    def proposed(name: str, text: str, **answers: object) -> Proposal:
        (tmp_path / name).write_text(text, "utf-8")
        catalog = Catalog.discover([tmp_path / name])
        [dataset] = catalog.datasets
        place = Place(f"exports/{name}", None, None, (Path(name).stem,))
        return propose(dataset, profiles_of(catalog.open(dataset)), place, Answers(**answers))

    return proposed


def columns(proposal: Proposal, table: str) -> dict[str, str]:
    [source] = [s for s in proposal.sources if s.table == table]
    return {fit.canonical: fit.column.name for fit in source.fits}


def rows(*cells: str, count: int = 20) -> str:
    return "\n".join(";".join(cells).replace("#", str(n)) for n in range(10, 10 + count))


def test_a_column_of_addresses_named_contact_is_the_e_mail(of: Propose) -> None:
    text = "ID;Contact;Créé le\n" + rows("#", "p#@mail.example.org", "2026-05-#")
    assert columns(of("clients.csv", text), "accounts") == {
        "account_id": "ID", "email": "Contact", "created_at": "Créé le",
    }  # fmt: skip


def test_a_column_called_e_mail_that_holds_none_is_not_the_e_mail(of: Propose) -> None:
    text = "ID;email;created_at\n" + rows("#", "sent", "2026-05-01")
    assert "email" not in columns(of("clients.csv", text), "accounts")


def test_a_file_without_headers_is_mapped_by_its_values_alone(of: Propose) -> None:
    text = rows("p#@mail.example.org", "2026-05-01", "granted", "marketing")
    proposal = of("export.csv", text)
    assert columns(proposal, "consents") == {
        "email": "column_1", "ts": "column_2", "status": "column_3", "purpose": "column_4",
    }  # fmt: skip


def test_a_customer_list_feeds_accounts_and_their_contact_data(of: Propose) -> None:
    text = "id;mail;status;phone\n" + rows("#", "p#@mail.example.org", "active", "+32470123#00")
    proposal = of("users.csv", text)
    assert set(columns(proposal, "accounts")) == {"account_id", "email", "status"}
    assert set(columns(proposal, "profiles")) == {"account_id", "email", "phone"}


def test_words_of_another_language_are_translated_and_unknown_ones_counted_not_shown(
    of: Propose,
) -> None:
    text = "id;mail;statut\n" + "\n".join(
        f"{n};p{n}@mail.example.org;{('Actif', 'Clos', 'Zzqraw')[n % 3]}" for n in range(30)
    )
    proposal = of("clients.csv", text, table="accounts")
    assert proposal.sources[0].entries["values"] == {
        "status": {"actif": "active", "clos": "closed"}
    }
    [told] = proposal.warnings
    assert told.startswith("1 of the words of “statut”")
    assert "zzqraw" not in told.lower()


def test_an_amount_with_decimals_becomes_minor_units_of_its_currency(of: Propose) -> None:
    text = "order;customer;date;total;currency\n" + rows("O-#", "#", "2026-05-01", "9.50", "EUR")
    [source] = of("orders.csv", text).sources
    assert source.entries["derive"] == {"amount": 'minor_units("total", "currency")'}


def test_a_name_in_two_parts_is_put_together(of: Propose) -> None:
    text = "id;mail;prénom;nom;ville\n" + rows("#", "p#@mail.example.org", "Ann", "Moor", "Town")
    [contact] = [s for s in of("clients.csv", text).sources if s.table == "profiles"]
    assert contact.entries["derive"] == {"name": """concat_ws(' ', "prénom", "nom")"""}
    assert not {"name", "first_name", "last_name"} & contact.entries["columns"].keys()
    alone = "id;mail;nom;ville\n" + rows("#", "p#@mail.example.org", "Moor", "Town")
    [contact] = [s for s in of("clients.csv", alone).sources if s.table == "profiles"]
    assert contact.entries["columns"]["name"] == "nom"


def test_two_columns_that_fit_one_are_asked_about(of: Propose) -> None:
    text = "id;mail;contact email;created\n" + rows(
        "#", "p#@mail.example.org", "q#@mail.example.org", "2026-05-01"
    )
    [question] = of("users.csv", text, table="accounts").questions
    assert question.subject is Subject.COLUMN
    assert question.choices == ("mail", "contact email")
    settled = of("users.csv", text, table="accounts", columns={"email": "contact email"})
    assert settled.questions == ()
    assert columns(settled, "accounts")["email"] == "contact email"


def test_a_column_said_to_be_none_is_left_to_none(of: Propose) -> None:
    text = "id;email;created\n" + rows("#", "p#@mail.example.org", "2026-05-01")
    proposal = of("users.csv", text, table="accounts", columns={"created_at": ""})
    assert "created_at" not in columns(proposal, "accounts")


def test_days_that_could_begin_with_the_month_are_left_out_until_somebody_says(of: Propose) -> None:
    text = "id;email;created;closed\n" + rows(
        "#", "p#@mail.example.org", "03/04/2026", "05/04/2026"
    )
    proposal = of("users.csv", text, table="accounts")
    [question] = proposal.questions
    assert (question.subject, question.suggested) == (Subject.DAYS, None)
    assert set(columns(proposal, "accounts")) == {"account_id", "email"}
    said = of("users.csv", text, table="accounts", days="month")
    assert said.sources[0].entries["dates"] == {"format": "%m/%d/%Y", "day_first": False}
    assert {"created_at", "closed_at"} <= columns(said, "accounts").keys()


def test_one_column_tells_how_the_days_of_the_others_are_written(of: Propose) -> None:
    text = "id;email;created;closed\n" + rows("#", "p#@mail.example.org", "#/04/2026", "05/04/2026")
    proposal = of("users.csv", text, table="accounts")
    assert proposal.questions == ()
    assert proposal.sources[0].entries["dates"] == {"day_first": True}
    assert proposal.warnings == ("“closed” is taken as day first, as other columns here are.",)


def test_a_column_that_writes_days_both_ways_is_left_out_loudly(of: Propose) -> None:
    text = "id;email;created\n" + "\n".join(
        f"{n};p{n}@mail.example.org;{('31/05/2026', '05/31/2026')[n % 2]}" for n in range(20)
    )
    proposal = of("users.csv", text, table="accounts")
    assert "created_at" not in columns(proposal, "accounts")
    assert "now day, now month first" in proposal.warnings[0]


def test_times_without_a_zone_are_asked_about_and_days_are_not(of: Propose) -> None:
    text = "id;email;created\n" + rows("#", "p#@mail.example.org", "2026-05-01 10:00:00")
    [question] = of("users.csv", text, table="accounts").questions
    assert (question.subject, question.suggested) == (Subject.TIMEZONE, None)
    said = of("users.csv", text, table="accounts", timezone="Europe/Paris")
    assert said.questions == ()
    assert said.sources[0].entries["timezone"] == "Europe/Paris"
    days = "id;email;created\n" + rows("#", "p#@mail.example.org", "2026-05-01")
    assert of("users.csv", days, table="accounts").questions == ()


def test_brevos_preset_asks_for_the_accounts_zone_and_stripes_does_not(of: Propose) -> None:
    brevo = "EMAIL;ADDED_TIME;DOUBLE_OPT-IN_TIME\n" + rows(
        "p#@mail.example.org", "2026-05-01 10:00:00", "2026-05-01 10:00:00"
    )
    assert [q.subject for q in of("brevo.csv", brevo).questions] == [Subject.TIMEZONE]
    stripe = "id;Email;Created (UTC)\n" + rows("cus_#", "p#@mail.example.org", "2026-05-01 10:00")
    proposal = of("customers.csv", stripe)
    assert [s.preset for s in proposal.sources] == ["stripe_customers"]
    assert proposal.questions == ()


def test_a_table_between_two_canonical_ones_is_asked_about(of: Propose) -> None:
    text = "mail;date;type\n" + rows("p#@mail.example.org", "2026-05-01", "a")
    [question] = of("x.csv", text).questions
    assert question.subject is Subject.TABLE
    assert len(question.choices) > 1
    assert question.suggested == question.choices[0]


def test_a_list_of_spare_parts_fits_no_canonical_table(of: Propose) -> None:
    proposal = of("parts.csv", "width;height\n" + rows("1.5", "2.5"))
    assert proposal.sources == ()


def test_a_header_that_is_somebodys_address_is_mapped_to_nothing_and_shown_as_a_shape(
    of: Propose,
) -> None:
    text = '{"id": "7", "ann.moor@example.org": "q", "created": "2026-05-01"}\n' * 20
    proposal = of("users.ndjson", text, table="accounts")
    [left] = proposal.left
    assert left.shown == "(a•••@•••.org)"


@pytest.mark.parametrize(
    ("answers", "meant"),
    [
        ({"table": "acounts"}, "Did you mean accounts?"),
        ({"preset": "stripe_payment"}, "Did you mean stripe_payments?"),
        ({"table": "accounts", "columns": {"close_at": "created"}}, "Did you mean closed_at?"),
        ({"table": "accounts", "columns": {"closed_at": "creatd"}}, "Did you mean created?"),
    ],
)
def test_a_name_that_is_none_is_told_with_the_one_meant(
    answers: dict[str, object], meant: str, of: Propose
) -> None:
    text = "id;email;created\n" + rows("#", "p#@mail.example.org", "2026-05-01")
    with pytest.raises(UsageError) as error:
        of("users.csv", text, **answers)
    assert meant in str(error.value)
