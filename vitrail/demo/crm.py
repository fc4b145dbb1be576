"""The CRM's workbook: customers with French headers and day-first dates, and the campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import xlsxwriter

from vitrail.demo.afterlife import still_named
from vitrail.demo.campaigns import Campaign
from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.minors import Case
from vitrail.demo.national import birth
from vitrail.demo.planting import Text, Writer
from vitrail.demo.rights import chosen
from vitrail.demo.sowing import Sowing
from vitrail.demo.truth import Column

FILE: Final = "crm/clients.xlsx"
SHEET: Final = "Clients"
_HEADER: Final = (
    "N° client", "Prénom", "Nom", "E-mail", "Téléphone", "Adresse", "Code postal", "Ville", "Pays",
    "Société", "Date de naissance", "Âge déclaré", "Créé le", "Modifié le", "Commentaires",
)  # fmt: skip
_PERSONAL: Final = {
    "Prénom": "PERSON", "Nom": "PERSON", "E-mail": "EMAIL_ADDRESS", "Téléphone": "PHONE_NUMBER",
    "Adresse": "STREET_ADDRESS", "Date de naissance": "DATE_OF_BIRTH",
}  # fmt: skip

#: A birth date is undeclared data, and some of them are a minor's.
_AGED: Final = ("COL-01", "MIN-01")


def day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%d/%m/%Y")


def write_crm(company: Company, cases: tuple[Case, ...]) -> None:
    """Write the workbook; note the birth dates and comments that were planted."""
    path = company.place(FILE)
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False,
                                      "strings_to_formulas": False})  # fmt: skip
    book.set_properties({"created": datetime(2026, 1, 1), "author": "Lanterne Leads"})
    sheet = book.add_worksheet(SHEET)
    sheet.write_row(0, 0, _HEADER)
    if company.truth.plants(*_AGED):
        why = "birth dates and ages, which the policy does not declare"
        company.truth.breaks("COL-01", f"{FILE}|{SHEET}|age", why)
    for number, row in enumerate(_clients(company, cases)):
        sheet.write_row(number + 1, 0, row)
    _campaigns(book.add_worksheet("Campagnes"), company.marketing.campaigns)
    book.close()
    for column, entity_type in _PERSONAL.items():
        company.truth.declare(Column(FILE, SHEET, column), entity_type)


def _clients(company: Company, cases: tuple[Case, ...]) -> Iterator[list[Any]]:
    people, rng = company.people, company.streams.of("crm")
    left = still_named(company)
    kept = np.sort(np.concatenate([np.flatnonzero(~company.fates.erased), left])).astype(np.int64)
    odd = _odd_phones(company)
    company.truth.control("COL-02")["denominator"] = len(kept)
    known = {case.account: case for case in cases}
    draw = rng.random((len(people), 3))
    touched = people.created + (
        draw[:, 2] * (people.until(company.timeline) - people.created)
    ).astype(np.int64)
    sowing = Sowing.over(company, rng, len(kept), strays=0.012, traps=0.012, ages=0.002)
    writer = Writer(rng, people, company.turns)
    for row, index in enumerate(kept.tolist()):
        case = known.get(index)
        if index in left:
            yield _only_phone(company, index)
            continue
        dated = draw[index, 0] < 0.12 and company.truth.plants(*_AGED)
        born = case.born if case else (birth(rng) if dated else None)
        age = case.age if case else None
        if case is None and born is None and draw[index, 1] < company.truth.some(2, *_AGED) / 100:
            age = int(rng.integers(22, 64))
        street, code, city = people.address[index]
        if case is not None and case.signal != "guardian":
            _note(company, case, row)
        if born is not None:
            company.truth.counts("MIN-01")
        yield [
            people.ids[index], people.first[index], people.last[index], people.email[index],
            odd.get(index, people.phone[index]), street, code, city,
            COUNTRIES[int(people.country[index])].code,
            people.firm[index], born.strftime("%d/%m/%Y") if born else None, age,
            day(int(people.created[index])), day(int(touched[index])),
            _comment(company, writer, sowing, row, index),
        ]  # fmt: skip


def _odd_phones(company: Company) -> dict[int, str]:
    """Two numbers that can be none, of accounts of which nothing else is told."""
    busy = set(chosen(company).quiet)
    here = np.flatnonzero(~company.fates.erased).tolist()
    found = [account for account in here if account not in busy][: company.truth.some(2, "COL-02")]
    for account in found:
        name = str(company.people.ids[account])
        company.truth.breaks("COL-02", name, "no telephone number", level="warnings")
    return dict.fromkeys(found, "12-34")


def _only_phone(company: Company, index: int) -> list[Any]:
    """The row of an account that was made anonymous and is not."""
    people, name = company.people, str(company.people.ids[index])
    company.truth.breaks("RET-04", name, "the telephone number stayed")
    company.truth.breaks("RET-01", name, "closed long ago, telephone number still there")
    row: list[Any] = [None] * len(_HEADER)
    row[0], row[4] = name, people.phone[index]
    return row


def _note(company: Company, case: Case, row: int) -> None:
    """Record a planted birth date or age, and what the control must say to it."""
    account = str(company.people.ids[case.account])
    name, length = ("Date de naissance", 10) if case.born else ("Âge déclaré", 2)
    place = Column(FILE, SHEET, name)
    company.truth.aged(place, row, account, case.level, case.signal, length)
    if case.breaks is not None:
        company.truth.breaks("MIN-01", account, case.signal, level=case.breaks)


def _comment(company: Company, writer: Writer, sowing: Sowing, row: int, index: int) -> str | None:
    language = company.people.language(index)
    planted = sowing.at(row, writer, language, index)
    if planted is None and writer.rng.random() > 0.3:
        return None
    note = writer.ordinary("notes", language)
    text = note if planted is None else note + Text(". ") + planted
    account = str(company.people.ids[index])
    return company.truth.cell(Column(FILE, SHEET, "Commentaires"), row, text, account=account)


def _campaigns(sheet: Any, campaigns: tuple[Campaign, ...]) -> None:
    sheet.write_row(
        0, 0, ("Code", "Nom", "Objet", "Canal", "Envoyée le", "utm_campaign", "Coût", "Devise")
    )
    for number, campaign in enumerate(campaigns):
        sent = datetime.fromtimestamp(campaign.at, UTC).strftime("%d/%m/%Y %H:%M")
        sheet.write_row(number + 1, 0, (
            campaign.code, campaign.name, campaign.subject, "email", sent,
            utm(campaign), campaign.cost / 100, "EUR",
        ))  # fmt: skip


def utm(campaign: Campaign) -> str:
    """The campaign's name as it goes into links."""
    return campaign.name.lower().replace(" ", "-").replace("é", "e")
