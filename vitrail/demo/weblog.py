"""The web server's access log in the combined format: visitors, robots and careless links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import numpy as np

from vitrail.demo.broken import Broken
from vitrail.demo.company import Company
from vitrail.demo.files import write_lines
from vitrail.demo.people import ip_text
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY, day_weights, draw_days, draw_moments, seconds
from vitrail.demo.traps import MISTAKEN_FOR
from vitrail.demo.truth import Column

FILE: Final = "web/access.log"
_DAYS: Final = 90
_PAGES: Final = (
    "/",
    "/pricing",
    "/blog/roofing-leads",
    "/login",
    "/signup",
    "/docs/import",
    "/api/v2/leads",
)
_AGENTS: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/129.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
)
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def write_weblog(company: Company) -> None:
    """Write the last ninety days; older logs are rotated away."""
    write_lines(company.place(FILE), _lines(company))
    company.truth.declare(Column(FILE, None, "ip"), "IP_ADDRESS")


def _lines(company: Company) -> Iterator[str]:
    people, rng = company.people, company.streams.of("weblog")
    last = seconds(company.timeline.last)
    first = last - (_DAYS - 1) * DAY
    size = max(400, len(people) * 5)
    who = rng.integers(0, len(people), size)
    oldest = company.timeline.last - timedelta(days=_DAYS - 1)
    days = day_weights(oldest, company.timeline.last)
    at = np.sort(
        first + draw_days(rng, days, size) * DAY + draw_moments(rng, size, people.offset[who])
    )
    page = rng.choice(len(_PAGES), size, p=(0.3, 0.15, 0.15, 0.15, 0.05, 0.1, 0.1)).tolist()
    agent = rng.choice(len(_AGENTS), size, p=(0.6, 0.3, 0.1)).tolist()
    sent = rng.integers(300, 60_000, size).tolist()
    writer = Writer(rng, people, company.turns)
    planted = {
        row: turn for turn, row in enumerate(rng.permutation(size)[: max(14, size // 700)].tolist())
    }
    stamps = at.astype("datetime64[s]").tolist()
    for row, account in enumerate(who.tolist()):
        query = Text("")
        if row in planted:
            query = _query(writer, company.truth.broken, planted[row], account)
        elif page[row] == 0 and row % 5 == 0:
            query = Text("utm_source=mailchimp&utm_medium=email")
        company.truth.cell(Column(FILE, None, "query"), row, query)
        target = _PAGES[page[row]] + (f"?{query.text}" if query.text else "")
        t = stamps[row]
        stamp = f"{t.day:02d}/{_MONTHS[t.month - 1]}/{t.year}:{t:%H:%M:%S} +0000"
        yield (
            f"{ip_text(int(people.ip[account]))} - - [{stamp}] "
            f'"GET {target} HTTP/1.1" 200 {sent[row]} "-" "{_AGENTS[agent[row]]}"'
        )


def _query(writer: Writer, broken: Broken, turn: int, account: int) -> Text:
    """A query string with something personal (or, one time in four, a trap) as a parameter."""
    kinds: tuple[tuple[str, str], ...] = (
        ("email", "EMAIL_ADDRESS:percent"), ("phone", "PHONE_NUMBER:percent"),
        ("q", "PERSON:percent"), ("v", "VERSION"), ("token", "EMAIL_ADDRESS:base64"),
        ("iban", "IBAN_CODE:percent"),
        ("next", "EMAIL_ADDRESS:percent2"), ("order", "ORDER_NUMBER"), ("email", "EMAIL_ADDRESS"),
        ("api_key", "SECRET"), ("ip", "IP_ADDRESS"), ("t", "EPOCH_MS"),
    )  # fmt: skip
    some = [
        (name, slot) for name, slot in kinds
        if slot in MISTAKEN_FOR or (broken.strays() and broken.allows(f"{{{slot}}}"))
    ]  # fmt: skip
    name, slot = some[turn % len(some)]
    return writer.fill(f"{name}={{{slot}}}&lang=en", "en", account)
