"""A customer's leads: other people's data, held for the customer, under no promise to users."""

from __future__ import annotations

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


def write_leads(company: Company) -> None:
    """Write a few hundred requests for a roof, with what people write when they want one."""
    rng = company.streams.of("leads")
    writer = Writer(rng, company.people, company.turns)
    count = max(60, min(400, len(company.people) // 10))
    sowing = Sowing.over(rng, count, strays=0.05, traps=0.04, ages=0.03, least=8)
    france, names = COUNTRIES[0], catalogue()["fr"]
    start, room = company.timeline.end - 300 * DAY, 299 * DAY
    rows = []
    for row in range(count):
        first, last = writer.one(list(names.first)), writer.one(list(names.last))
        city, code = writer.one(list(france.cities))
        planted = sowing.at(row, writer, "fr", int(rng.integers(0, len(company.people))))
        text = Text("Bonjour, je souhaite un devis pour ma toiture.")
        if planted is not None:
            text = text + Text(" ") + planted
        message = company.truth.cell(Column(FILE, None, "message"), row, text)
        rows.append((
            f"lead-{row:05d}", first, last, f"{plain(first)}.{plain(last)}@courriel.example.org",
            phone(rng, "FR"), code, city, message, start + room * row // count,
        ))  # fmt: skip
    header = (
        "lead_id",
        "prenom",
        "nom",
        "email",
        "telephone",
        "code_postal",
        "ville",
        "message",
        "created_at",
    )
    at = iso(np.array([row[-1] for row in rows], dtype=np.int64))
    write_csv(
        company.place(FILE),
        header,
        [(*row[:-1], moment) for row, moment in zip(rows, at, strict=True)],
    )
    for column, entity_type in (
        ("prenom", "PERSON"), ("nom", "PERSON"), ("email", "EMAIL_ADDRESS"),
        ("telephone", "PHONE_NUMBER"),
    ):  # fmt: skip
        company.truth.declare(Column(FILE, None, column), entity_type)
