"""A customer's leads: other people's data, held for the customer, under no promise to users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.files import write_csv
from vitrail.demo.identities import phone
from vitrail.demo.names import catalogue, plain
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY, iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.truth import Column

FILE: Final = "leads/toitures-vasseur_leads.csv"


_HEADER: Final = (
    "lead_id", "prenom", "nom", "email", "telephone", "code_postal", "ville", "message",
    "created_at",
)  # fmt: skip
_PERSONAL: Final = {
    "prenom": "PERSON", "nom": "PERSON", "email": "EMAIL_ADDRESS", "telephone": "PHONE_NUMBER",
}  # fmt: skip


def write_leads(company: Company) -> None:
    """Write a few hundred requests for a roof, with what people write when they want one."""
    count = max(60, min(400, len(company.people) // 10))
    start = company.timeline.end - 300 * DAY
    at = iso(start + np.arange(count, dtype=np.int64) * (299 * DAY // count))
    leads = zip(_leads(company, count), at, strict=True)
    write_csv(company.place(FILE), _HEADER, [(*lead, moment) for lead, moment in leads])
    for column, entity_type in _PERSONAL.items():
        company.truth.declare(Column(FILE, None, column), entity_type)


def _leads(company: Company, count: int) -> Iterator[tuple[str, ...]]:
    rng = company.streams.of("leads")
    writer = Writer(rng, company.people, company.turns)
    sowing = Sowing.over(company, rng, count, strays=0.05, traps=0.04, ages=0.03, least=8)
    france, names = COUNTRIES[0], catalogue()["fr"]
    for row in range(count):
        first, last = writer.one(list(names.first)), writer.one(list(names.last))
        city, code = writer.one(list(france.cities))
        planted = sowing.at(row, writer, "fr", int(rng.integers(0, len(company.people))))
        text = Text("Bonjour, je souhaite un devis pour ma toiture.")
        if planted is not None:
            text = text + Text(" ") + planted
        message = company.truth.cell(Column(FILE, None, "message"), row, text)
        email = f"{plain(first)}.{plain(last)}@courriel.example.org"
        yield f"lead-{row:05d}", first, last, email, phone(rng, "FR"), code, city, message
