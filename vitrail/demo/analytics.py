"""Google Analytics 4 as BigQuery exports it, one Parquet file a month, its params nested.

Only browsers that allowed analytics are in it. What must never be there (an address in a page's
location, a hash of one, a name in a search) is, in a few planted events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitrail.demo.company import Company
from vitrail.demo.consents import ADS, ANALYTICS, cookie_choices, devices
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.crm import utm
from vitrail.demo.files import write_parquet
from vitrail.demo.ga4_shape import COUNTRY_NAMES, assemble, params, user_properties
from vitrail.demo.planting import Text, Writer
from vitrail.demo.product import draw_activity
from vitrail.demo.seasonality import months, seconds
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column

PER_ACCOUNT: Final = 8

_HOST: Final = "https://www.lanterne-leads.example.com"
_PAGES: Final = (
    ("/", "Lanterne Leads"), ("/pricing", "Pricing"), ("/blog/roofing-leads", "Roofing leads"),
    ("/docs/import", "Import your contacts"), ("/search", "Search"), ("/app", "Back-office"),
)  # fmt: skip
_SEARCH: Final = 4
_REFERRERS: Final = ("https://www.google.com/", "https://www.bing.com/", _HOST + "/")
_TERMS: Final = ("roofing leads", "prix des leads", "preise", "precios", "csv import")
_SOURCES: Final = (("google", "organic"), ("(direct)", "(none)"), ("mailchimp", "email"))


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted event: where in it the text goes, and the text."""

    row: int
    where: str
    text: Text


def write_analytics(company: Company) -> int:
    """Write all months; the number of events."""
    keys = pa.array(devices(company))
    choice = cookie_choices(company)
    total = 0
    for first, last in months(company.timeline.first, company.timeline.last):
        name = f"ga4/events_{first:%Y%m}.parquet"
        rng = company.streams.of("ga4", str(first))
        account, at = draw_activity(company, rng, first, last, PER_ACCOUNT)
        seen = choice[account] < ANALYTICS
        account, at = account[seen], at[seen]
        if len(account) == 0:
            continue  # as BigQuery has no table for a day without events
        planted = _plant(company, rng, account)
        table = _table(company, rng, first, account, at, choice, keys, planted)
        _note(company, name, account, planted)
        write_parquet(company.place(name), table)
        total += len(account)
    return total


def _table(
    company: Company, rng: np.random.Generator, first: date, account: Ints, at: Ints,
    choice: npt.NDArray[np.float64], keys: pa.Array, planted: list[Planted],
) -> pa.Table:  # fmt: skip
    size = len(account)
    page = rng.choice(len(_PAGES), size, p=(0.26, 0.18, 0.16, 0.1, 0.08, 0.22))
    source = rng.choice(len(_SOURCES), size, p=(0.5, 0.3, 0.2))
    pool, columns = _strings(company, rng, page, source, planted)
    engaged = rng.integers(0, 60_000, size)
    session = seconds(first) + account
    event_params = params(pool, columns, session, 1 + account % 9, engaged)
    people = company.people
    country = people.country[account]
    towns = [people.address[int(a)][2] for a in account]
    return assemble(
        at=at, names=np.where(page == _SEARCH, "view_search_results", "page_view").astype(object),
        event_params=event_params, user_ids=_user_ids(size, planted),
        user_properties=user_properties(size, _texts_at("user_properties", planted)),
        pseudo_ids=keys.take(pa.array(account)), created=people.created[account],
        ads=choice[account] < ADS, device=people.device[account],
        languages=[COUNTRIES[c].language for c in country.tolist()],
        countries=[COUNTRY_NAMES[COUNTRIES[c].code] for c in country.tolist()], towns=towns,
        sources=[_SOURCES[s] for s in source.tolist()],
    )  # fmt: skip


def _strings(
    company: Company, rng: np.random.Generator, page: Ints, source: Ints, planted: list[Planted]
) -> tuple[pa.Array, dict[str, Ints]]:
    """A pool of all texts, and of each param the index into it, -1 for none."""
    mails = [utm(c) for c in company.marketing.campaigns]
    tails = ["", "?utm_source=google"] + [f"?utm_source=mailchimp&utm_campaign={m}" for m in mails]
    pool = [_HOST + path + tail for path, _ in _PAGES for tail in tails]
    tail = np.where(
        source == 2, 2 + rng.integers(0, len(mails), len(page)), (source == 0).astype(np.int64)
    )
    columns = {"page_location": page * len(tails) + tail}
    columns["page_title"] = len(pool) + page
    pool += [title for _, title in _PAGES]
    columns["page_referrer"] = len(pool) + rng.integers(0, len(_REFERRERS), len(page))
    pool += _REFERRERS
    term = len(pool) + rng.integers(0, len(_TERMS), len(page))
    columns["search_term"] = np.where(page == _SEARCH, term, -1)
    pool += _TERMS
    for plant in planted:
        if plant.where in columns:
            columns[plant.where][plant.row] = len(pool)
            pool.append(plant.text.text)
    return pa.array(pool), columns


def _texts_at(where: str, planted: list[Planted]) -> dict[int, str]:
    return {plant.row: plant.text.text for plant in planted if plant.where == where}


def _user_ids(size: int, planted: list[Planted]) -> list[str | None]:
    ids: list[str | None] = [None] * size
    for row, text in _texts_at("user_id", planted).items():
        ids[row] = text
    return ids


# --- what must not be there -----------------------------------------------------------------

_PLACES: Final = (
    ("page_location", _HOST + "/signup?email={EMAIL_ADDRESS:percent}&lang=en"),
    ("page_location", _HOST + "/login?next=%2Fapp%3Fuser%3D{EMAIL_ADDRESS:percent2}"),
    ("page_location", _HOST + "/pay?order={ORDER_NUMBER}"),
    ("search_term", "{PERSON}"),
    ("page_location", _HOST + "/u?uid={EMAIL_ADDRESS:md5}"),
    ("user_properties", "{EMAIL_ADDRESS:sha256}"),
    ("page_title", "Profile of {PERSON}"),
    ("user_id", "{EMAIL_ADDRESS}"),
    ("page_location", _HOST + "/t?d={EMAIL_ADDRESS:base64}"),
    ("page_location", _HOST + "/docs/import?v={VERSION}"),
    ("page_referrer", "https://webmail.example.net/read?to={EMAIL_ADDRESS:percent}"),
    ("page_location", _HOST + "/callback?tel={PHONE_NUMBER:percent}"),
)  # fmt: skip


def _plant(company: Company, rng: np.random.Generator, account: Ints) -> list[Planted]:
    size = len(account)
    rows = np.sort(rng.permutation(size)[: min(size // 12, 3 + size // 20_000)])
    writer = Writer(rng, company.people, company.turns)
    first = int(rng.integers(0, len(_PLACES)))
    found = []
    for turn, row in enumerate(rows.tolist()):
        where, template = _PLACES[(first + turn) % len(_PLACES)]
        language = company.people.language(int(account[row]))
        found.append(Planted(row, where, writer.fill(template, language, int(account[row]))))
    return found


_PARAM_COLUMN: Final = "event_params[].value.string_value"
#: Where in ``event_params`` each text param stands; the two of the session come first.
_POSITION: Final = {"page_location": 2, "page_title": 3, "page_referrer": 4, "search_term": 6}


def _note(company: Company, name: str, account: Ints, planted: list[Planted]) -> None:
    """Record each. What equals a value that the profiles hold is proven; the rest wants a look."""
    for plant in planted:
        path: tuple[int, ...] = ()
        column = plant.where
        if plant.where in _POSITION:
            column, path = _PARAM_COLUMN, (_POSITION[plant.where],)
        elif plant.where == "user_properties":
            column, path = "user_properties[].value.string_value", (0,)
        company.truth.cell(Column(name, None, column), plant.row, plant.text, path)
        for mark in plant.text.marks:
            if mark.kind != "stray":
                continue
            kept = not company.fates.erased[int(account[plant.row])]
            known = mark.what == "EMAIL_ADDRESS" and kept
            company.truth.breaks(
                "ANA-02", None, f"{mark.what} ({mark.form}) in {plant.where}",
                level="violations" if known else "warnings", dataset=name, table=None,
                column=column, path=list(path), row=plant.row,
            )  # fmt: skip
