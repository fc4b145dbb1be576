"""Google Analytics 4 as BigQuery exports it, one Parquet file a month, its params nested.

Only browsers that allowed analytics are in it. What must never be there (an address in a page's
location, a hash of one, a name in a search) is, in a few planted events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitrail.demo.company import Company
from vitrail.demo.consents import ADS, ANALYTICS, cookie_choices, devices
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.crm import utm
from vitrail.demo.fact_truth import web_table
from vitrail.demo.files import write_parquet
from vitrail.demo.ga4_shape import COUNTRY_NAMES, assemble, params, user_properties
from vitrail.demo.planting import Text, Writer
from vitrail.demo.product import draw_activity
from vitrail.demo.rights import confirmed_minors
from vitrail.demo.seasonality import DAY, months, months_before, seconds
from vitrail.demo.trade import Ints
from vitrail.demo.traps import MISTAKEN_FOR
from vitrail.demo.truth import Column
from vitrail.demo.visits import MEAN_LENGTH, NAMES, PAGES, SEARCH, SOURCES, Visits, visits

PER_ACCOUNT: Final = 8

#: How long events for measuring an audience may be kept, by the French authority.
KEPT_MONTHS: Final = 25

_HOST: Final = "https://www.lanterne-leads.example.com"
_REFERRERS: Final = ("https://www.google.com/", "https://www.bing.com/", _HOST + "/")
_TERMS: Final = ("roofing leads", "prix des leads", "preise", "precios", "csv import")


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
    written: list[Visits] = []
    for first, last in months(company.timeline.first, company.timeline.last):
        name = f"ga4/events_{first:%Y%m}.parquet"
        rng = company.streams.of("ga4", str(first))
        account, began = draw_activity(company, rng, first, last, PER_ACCOUNT / MEAN_LENGTH)
        agreed = choice[account] < ANALYTICS
        account, began = account[agreed], began[agreed]
        if len(account) == 0:
            continue  # as BigQuery has no table for a day without events
        if began.min() < _kept_since(company) and not company.truth.plants("ANA-06"):
            continue
        seen = visits(company, rng, account, began, seconds(last) + DAY - 1)
        planted = _plant(company, rng, seen.account)
        if last == company.timeline.last:
            planted += _named(company, seen.account, planted)
        table = _table(company, rng, seen, choice, keys, planted)
        _note(company, name, seen.account, seen.at, planted)
        write_parquet(company.place(name), table)
        written.append(seen)
    company.truth.tables["web"] = web_table(written)
    return sum(len(seen) for seen in written)


def _table(
    company: Company, rng: np.random.Generator, seen: Visits,
    choice: npt.NDArray[np.float64], keys: pa.Array, planted: list[Planted],
) -> pa.Table:  # fmt: skip
    size, account = len(seen), seen.account
    pool, columns = _strings(company, rng, seen, planted)
    event_params = params(
        pool, columns, seen.session, 1 + account % 9, rng.integers(0, 60_000, size)
    )
    people = company.people
    country = people.country[account]
    names = [utm(c) for c in company.marketing.campaigns]
    return assemble(
        at=seen.at, names=np.array(NAMES, dtype=object)[seen.name],
        event_params=event_params, user_ids=_user_ids(size, planted),
        user_properties=user_properties(size, _texts_at("user_properties", planted)),
        pseudo_ids=keys.take(pa.array(account)), created=people.created[account],
        ads=choice[account] < ADS, device=people.device[account],
        languages=[COUNTRIES[c].language for c in country.tolist()],
        countries=[COUNTRY_NAMES[COUNTRIES[c].code] for c in country.tolist()],
        towns=[people.address[int(a)][2] for a in account],
        sources=[SOURCES[s][:2] for s in seen.source.tolist()],
        campaigns=[names[m] if m >= 0 else "(not set)" for m in seen.mailing.tolist()],
    )  # fmt: skip


def _strings(
    company: Company, rng: np.random.Generator, seen: Visits, planted: list[Planted]
) -> tuple[pa.Array, dict[str, Ints]]:
    """A pool of all texts, and of each param the index into it, -1 for none."""
    size, page = len(seen), seen.page
    mails = [utm(c) for c in company.marketing.campaigns]
    tails = ["", "?utm_source=google"] + [f"?utm_source=mailchimp&utm_campaign={m}" for m in mails]
    pool = [_HOST + path + tail for path, *_ in PAGES for tail in tails]
    searched = (seen.source == 0).astype(np.int64)
    tail = np.where(seen.mailing >= 0, 2 + seen.mailing, searched)
    columns = {"page_location": page * len(tails) + tail}
    columns["page_title"] = len(pool) + page
    pool += [title for _, title, *_ in PAGES]
    columns["page_referrer"] = len(pool) + rng.integers(0, len(_REFERRERS), size)
    pool += _REFERRERS
    term = len(pool) + rng.integers(0, len(_TERMS), size)
    columns["search_term"] = np.where(page == SEARCH, term, -1)
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
    broken = {where: _breaking(company, where) for where, _ in _PLACES}
    places = [p for p in _PLACES if broken[p[0]] or _is_trap(p[1])]
    first = int(rng.integers(0, len(places)))
    found = []
    for turn, row in enumerate(rows.tolist()):
        where, template = places[(first + turn) % len(places)]
        language = company.people.language(int(account[row]))
        found.append(Planted(row, where, writer.fill(template, language, int(account[row]))))
    return found


def _breaking(company: Company, where: str) -> bool:
    """Whether something personal may stand there; as a user id it breaks two promises."""
    user_id = where != "user_id" or company.truth.plants("ANA-03")
    return user_id and company.truth.plants("ANA-02")


def _is_trap(template: str) -> bool:
    return any(f"{{{kind}}}" in template for kind in MISTAKEN_FOR)


def _named(company: Company, account: Ints, planted: list[Planted]) -> list[Planted]:
    """Two events of the last month that carry the account's number as their user id."""
    taken, minors = {plant.row for plant in planted}, confirmed_minors(company)
    free = [r for r in range(len(account)) if r not in taken and int(account[r]) not in minors]
    names = company.people.ids
    return [
        Planted(row, "user_id", Text(str(names[account[row]])))
        for row in free[: company.truth.some(2, "ANA-03")]
    ]


def _kept_since(company: Company) -> int:
    """Before this moment the authority's period of 25 months is over."""
    return seconds(months_before(company.timeline.last, KEPT_MONTHS))


_PARAM_COLUMN: Final = "event_params[].value.string_value"
#: Where in ``event_params`` each text param stands; the two of the session come first.
_POSITION: Final = {"page_location": 2, "page_title": 3, "page_referrer": 4, "search_term": 6}


def _note(company: Company, name: str, account: Ints, at: Ints, planted: list[Planted]) -> None:
    """Record each. What equals a value that the profiles hold is proven; the rest wants a look."""
    if at.min() < _kept_since(company):
        company.truth.breaks("ANA-06", name, "older than 25 months", level="warnings")
    for plant in planted:
        if plant.where == "user_id":
            is_account = not plant.text.marks
            why = "an account's number" if is_account else "another user id"
            level = "violations" if is_account else "warnings"
            company.truth.breaks("ANA-03", f"{name}|{plant.row}", why, level=level)
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
