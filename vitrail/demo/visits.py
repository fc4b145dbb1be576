"""Visits to the website: which pages each begins with and goes on to, from where, to what end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.company import Company
from vitrail.demo.seasonality import DAY
from vitrail.demo.trade import Ints

#: Path, title, share of the pages that visits begin with, share of the pages they go on to.
PAGES: Final = (
    ("/", "Lanterne Leads", 0.34, 0.12), ("/pricing", "Pricing", 0.16, 0.24),
    ("/blog/roofing-leads", "Roofing leads", 0.24, 0.08),
    ("/docs/import", "Import your contacts", 0.10, 0.14), ("/search", "Search", 0.02, 0.12),
    ("/app", "Back-office", 0.14, 0.30),
)  # fmt: skip
SEARCH: Final = 4
_PRICING: Final = 1

#: Source, medium and share of the visits; those of a mailing bear the name of the latest one.
SOURCES: Final = (
    ("google", "organic", 0.38), ("(direct)", "(none)", 0.27), ("mailchimp", "email", 0.17),
    ("linkedin.com", "social", 0.10), ("bing", "cpc", 0.08),
)  # fmt: skip
_DIRECT: Final = 1
MAILING: Final = 2

NAMES: Final = ("page_view", "view_search_results", "sign_up", "purchase")

#: Pages of a visit: one to four.
_LENGTHS: Final = (0.42, 0.28, 0.18, 0.12)
MEAN_LENGTH: Final = sum((n + 1) * share for n, share in enumerate(_LENGTHS))
_SIGNS_UP: Final = 0.06
_BUYS: Final = 0.03


@dataclass(frozen=True, slots=True)
class Visits:
    """Columns of equal length, one place an event, by time.

    ``session`` is the second in which the visit began, as Google Analytics numbers them. ``page``,
    ``landing``, ``source`` and ``name`` are places in the lists above; ``mailing`` is that of the
    campaign, -1 where no mailing led here.
    """

    account: Ints
    at: Ints
    session: Ints
    page: Ints
    landing: Ints
    source: Ints
    mailing: Ints
    name: Ints

    def __len__(self) -> int:
        return len(self.account)


def visits(
    company: Company, rng: np.random.Generator, account: Ints, began: Ints, end: int
) -> Visits:
    """Each moment in which an account comes, as the events of a visit; none is after ``end``."""
    size = len(account)
    length = 1 + rng.choice(len(_LENGTHS), size, p=_LENGTHS)
    first = np.cumsum(length) - length
    visit = np.repeat(np.arange(size), length)
    step = np.arange(len(visit)) - first[visit]
    onward = rng.choice(len(PAGES), len(visit), p=[p[3] for p in PAGES])
    landing = rng.choice(len(PAGES), size, p=[p[2] for p in PAGES])
    page = np.where(step == 0, landing[visit], onward)
    at = np.minimum(began[visit] + step * rng.integers(15, 90, len(visit)), end)
    source, mailing = _origin(company, rng, began)
    by_time = np.lexsort((step, visit, at))
    columns = (
        account[visit], at, began[visit], page, landing[visit], source[visit], mailing[visit],
        _names(rng, page),
    )  # fmt: skip
    return Visits(*(column[by_time] for column in columns))


def _origin(company: Company, rng: np.random.Generator, began: Ints) -> tuple[Ints, Ints]:
    """Where each visit comes from; a mailing's name is that of the latest, if within a month."""
    source = rng.choice(len(SOURCES), len(began), p=[s[2] for s in SOURCES])
    sent = np.array([c.at for c in company.marketing.campaigns], dtype=np.int64)
    latest = np.searchsorted(sent, began) - 1
    fresh = (latest >= 0) & (began - sent[np.maximum(latest, 0)] < 30 * DAY)
    source = np.where((source == MAILING) & ~fresh, _DIRECT, source)
    return source, np.where(source == MAILING, latest, -1)


def _names(rng: np.random.Generator, page: Ints) -> Ints:
    draw = rng.random(len(page))
    name = np.where(page == SEARCH, 1, 0)
    name = np.where((page == _PRICING) & (draw < _SIGNS_UP), 2, name)
    name = np.where((page == len(PAGES) - 1) & (draw < _BUYS), 3, name)
    return name.astype(np.int64)


def sections() -> npt.NDArray[np.object_]:
    """The section of the site of each page, as the truth names it."""
    return np.array([path.split("/")[1] or "home" for path, *_ in PAGES], dtype=object)
