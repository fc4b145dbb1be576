"""What the company notes of its own running: calls, cookies, disclosures, notices, published cells.

Each table holds rows that are in order and a few that are not, named in the truth.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from vitrail.demo.company import DOMAIN, Company
from vitrail.demo.erasure import moment
from vitrail.demo.files import write_csv
from vitrail.demo.seasonality import DAY

DISCLOSURES: Final = "governance/disclosures.csv"
EGRESS: Final = "web/egress.csv"
COOKIES: Final = "web/cookies.csv"
ACTIONS: Final = "governance/account_actions.csv"
PUBLISHED: Final = "governance/published_cells.csv"
SECURITY: Final = "web/security_log.csv"

HOUR: Final = 3600
Row = tuple[Any, ...]

#: Days ago, kind, authority, reference, legal basis, scope, scope asked for, approver; control and
#: what is wrong.
_DISCLOSED: Final = (
    (400, "court_order", "Tribunal judiciaire", "RG 25/01", "6(1)(c)", "orders", "orders", "DPO",
     "LEG-01", ""),
    (210, "police_request", "Brigade numérique", "PV 1182", "6(1)(c)", "accounts", "accounts;logs",
     "DPO", "LEG-01", ""),
    (90, "police_request", "Brigade numérique", "PV 1190", "6(1)(c)", "accounts", "accounts", "",
     "LEG-01", "nobody approved it"),
    (60, "court_order", "Tribunal judiciaire", "RG 26/17", "6(1)(c)", "orders;messages", "orders",
     "DPO", "LEG-01", "wider than what was asked for"),
    (130, "m&a", "Bidder A", "NDA-7", "6(1)(f)", "aggregates", "aggregates", "CEO", "SHR-05", ""),
    (128, "m&a", "Bidder B", "", "6(1)(f)", "aggregates", "aggregates", "CEO", "SHR-05",
     "no agreement of secrecy"),
    (120, "due_diligence", "Bidder C", "NDA-9", "6(1)(f)", "all", "aggregates", "CEO", "SHR-05",
     "everything was shown"),
)  # fmt: skip

_HOSTS: Final = (
    DOMAIN, f"api.{DOMAIN}", "www.google-analytics.com", "js.stripe.com", "client.crisp.chat",
)  # fmt: skip
_STRANGE_HOST: Final = "pixel.mirage-ads.example"

#: Name, category, days it lives, host; level and what is wrong.
_COOKIES: Final = (
    ("session", "necessary", 1, DOMAIN, "", ""),
    ("choices", "necessary", 180, DOMAIN, "", ""),
    ("_ga", "analytics", 390, "www.google-analytics.com", "", ""),
    ("__stripe_mid", "necessary", 365, "js.stripe.com", "", ""),
    ("_old_ab", "analytics", 730, DOMAIN, "warnings", "lives two years"),
    ("_mrg", "", 30, DOMAIN, "violations", "not declared"),
)  # fmt: skip

#: Persons, of the whole, the largest share; what is wrong.
_CELLS: Final = (
    *((persons, 900, 0.05, "") for persons in (40, 55, 120, 210, 340, 75)),
    (4, 900, 0.05, "four persons"),
    (895, 900, 0.05, "five are left when it is taken from the whole"),
    (60, 900, 0.93, "one person makes nearly all of it"),
)  # fmt: skip


def write_oversight(company: Company) -> None:
    """Write the tables and note what is wrong in them."""
    _disclosures(company)
    _egress(company)
    _cookies(company)
    _actions(company)
    _published(company)
    _security(company)


def _disclosures(company: Company) -> None:
    rows: list[Row] = []
    for ago, *told, control, why in _DISCLOSED:
        if why and not company.truth.plants(str(control)):
            continue
        key, at = f"dis-{len(rows):03d}", company.timeline.end - int(ago) * DAY
        company.truth.counts(str(control))
        if why:
            company.truth.breaks(str(control), key, str(why))
        rows.append((key, *told, moment(at - 5 * DAY), moment(at)))
    write_csv(company.place(DISCLOSURES), _DISCLOSURE_WORDS, rows)


def _egress(company: Company) -> None:
    """Calls from the pages, each host on several days; one belongs to nobody in the register."""
    end, rows = company.timeline.end, []
    strange = (_STRANGE_HOST,)[: company.truth.some(1, "SHR-03")]
    for number, host in enumerate((*_HOSTS, *strange)):
        company.truth.counts("SHR-03")
        rows += [
            (host, "/", "page", moment(end - (30 - n) * DAY - number * HOUR)) for n in range(5)
        ]
    for host in strange:
        company.truth.breaks("SHR-03", host, "in no register")
    write_csv(company.place(EGRESS), ("host", "path", "initiator", "ts"), rows)


def _cookies(company: Company) -> None:
    rows: list[Row] = []
    for name, category, days, host, level, why in _COOKIES:
        if why and not company.truth.plants("COO-04"):
            continue
        company.truth.counts("COO-04")
        if why:
            company.truth.breaks("COO-04", f"{name}|{DOMAIN}", why, level=level)
        rows.append((name, DOMAIN, category, days, host))
    write_csv(company.place(COOKIES), ("name", "domain", "category", "lifetime_days", "host"), rows)


def _actions(company: Company) -> None:
    """Self-service: done within hours, but for three; who closed an account had asked for it."""
    people, fates, end = company.people, company.fates, company.timeline.end
    rng = company.streams.of("account actions")
    live = rng.permutation(np.flatnonzero((people.closed < 0) & ~fates.erased))[:12].tolist()
    rows: list[Row] = []
    for number, account in enumerate(live):
        at = end - (10 + 9 * number) * DAY
        done, outcome, why = _outcome(company.truth.some(number, "ACC-01"), at)
        key = f"act-{len(rows):04d}"
        if why:
            company.truth.breaks("ACC-01", key, why)
        action = ("modify", "access", "export")[number % 3]
        rows.append((key, people.ids[account], action, moment(at), moment(done), outcome))
    gone = rng.permutation(np.flatnonzero(fates.erased))[:8].tolist()
    left = fates.forgotten[: company.truth.some(len(fates.forgotten), "ACC-02")]
    for account in (*gone, *left.tolist()):
        at, name = int(people.closed[account]), str(people.ids[account])
        company.truth.counts("ACC-02")
        if account not in gone:
            company.truth.breaks("ACC-02", name, "asked to be deleted and still there by name")
        key = f"act-{len(rows):04d}"
        rows.append((key, name, "delete", moment(at), moment(at + HOUR), "done"))
    company.truth.control("ACC-01")["denominator"] = len(rows)
    write_csv(company.place(ACTIONS), _ACTION_WORDS, rows)


def _outcome(number: int, at: int) -> tuple[int, str, str]:
    """When an action took effect (-1: never), how it ended, and what is wrong with that."""
    if number == 3:
        return -1, "failed", "failed"
    if number == 5:
        return at + 9 * DAY, "done", "took nine days"
    if number == 7:
        return -1, "pending", "still open after weeks"
    return at + (1 + number) * HOUR, "done", ""


def _published(company: Company) -> None:
    rows: list[Row] = []
    for persons, whole, share, why in _CELLS:
        if why and not company.truth.plants("ANA-04"):
            continue
        key = f"cell-{len(rows):03d}"
        company.truth.counts("ANA-04")
        if why:
            company.truth.breaks("ANA-04", key, why)
        at = moment(company.timeline.end - 20 * DAY)
        rows.append((key, "usage report", at, persons, whole, share))
    write_csv(company.place(PUBLISHED), _CELL_WORDS, rows)


def _security(company: Company) -> None:
    """Log-ins kept for a year at most, but for three lines; one is of a day still to come."""
    people, end = company.people, company.timeline.end
    rng = company.streams.of("security log")
    who = rng.integers(0, len(people), 40).tolist()
    old = (500, 420, 380)[: company.truth.some(3, "SEC-01")]
    ahead = (-3,)[: company.truth.some(1, "META-04")]
    ago = [*rng.integers(1, 300, 36).tolist(), *old, *ahead]
    rows: list[Row] = []
    for account, days in zip(who, ago, strict=False):
        key = f"sec-{len(rows):04d}"
        if days > 365:
            company.truth.breaks("SEC-01", key, "older than a year", level="warnings")
        if days < 0:
            company.truth.breaks("META-04", f"security_logs|{key}", "after the day of the export")
        rows.append((key, people.ids[account], "login", moment(end - days * DAY), "192.0.2.0"))
    write_csv(company.place(SECURITY), ("log_id", "account_id", "kind", "ts", "ip"), rows)


_DISCLOSURE_WORDS: Final = (
    "disclosure_id", "kind", "authority", "reference", "legal_basis", "scope", "scope_requested",
    "approver", "received_at", "disclosed_at",
)  # fmt: skip
_ACTION_WORDS: Final = (
    "action_id", "account_id", "action", "requested_at", "effective_at", "outcome",
)  # fmt: skip
_CELL_WORDS: Final = (
    "cell_id", "report", "published_at", "persons", "persons_of_whole", "largest_share",
)  # fmt: skip
