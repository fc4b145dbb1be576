"""The policy's own history, and who was told of it before it took effect."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.erasure import moment
from vitrail.demo.files import write_csv
from vitrail.demo.seasonality import DAY, iso

VERSIONS: Final = "governance/policy_versions.csv"
NOTICES: Final = "governance/notices.csv"

_BEFORE, _NOW = "V202001", "V202406"
_HISTORY: Final = ("version", "effective_at", "last_updated", "text_sha256", "material")


def changed_at(company: Company) -> int:
    """When the version in force replaced the one before."""
    return company.timeline.start + 45 * DAY


def version_at(company: Company, at: int) -> str:
    """The version in force at a moment."""
    return _NOW if at >= changed_at(company) else _BEFORE


def write_versions(company: Company) -> None:
    """Write both files. The text was once changed under the same version and date."""
    timeline, now = company.timeline, changed_at(company)
    first = min(timeline.start, int(company.people.created.min())) - 900 * DAY
    rows: list[tuple[Any, ...]] = [
        (_BEFORE, moment(first), _date(first), "0a" * 32, "true"),
        (_NOW, moment(now), _date(now), "1b" * 32, "true"),
    ]
    for _ in range(company.truth.some(1, "POL-03")):
        later = timeline.end - 100 * DAY
        rows.append((_NOW, moment(later), _date(now), "2c" * 32, "false"))
        company.truth.breaks("POL-03", f"{_NOW}|{'2c' * 6}", "the text changed, its date did not")
    write_csv(company.place(VERSIONS), _HISTORY, rows)
    header = ("account_id", "version", "kind", "ts")
    write_csv(company.place(NOTICES), header, _notices(company))


def _notices(company: Company) -> list[tuple[Any, ...]]:
    """Everybody who was there was told three weeks ahead, or when they joined, but for two."""
    people, now = company.people, changed_at(company)
    here = np.flatnonzero((people.created < now) & (people.closed < 0) & ~company.fates.erased)
    forgotten = here[: company.truth.some(2, "POL-02")].tolist()
    for account in forgotten:
        key = f"{people.ids[account]}|{_NOW}"
        company.truth.breaks("POL-02", key, "not told of the new version", level="warnings")
    company.truth.control("POL-02")["denominator"] = len(here)
    told = here[len(forgotten) :]
    at = iso(np.maximum(now - 21 * DAY, people.created[told]))
    names = people.ids[told].tolist()
    return [(name, _NOW, "mail", when) for name, when in zip(names, at, strict=True)]


def _date(at: int) -> str:
    return str(moment(at))[:10]
