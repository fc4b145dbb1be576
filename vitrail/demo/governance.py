"""The registers kept by hand: processors, what was shared with them, data subjects' requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.files import write_csv
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY, iso, seconds
from vitrail.demo.sowing import Sowing
from vitrail.demo.truth import Column

PROCESSORS: Final = "governance/processors.csv"
SHARES: Final = "governance/processor_shares.csv"
REQUESTS: Final = "governance/dsar_requests.csv"

#: Key, name, purposes, categories, country, transfer basis, named in the policy.
_REGISTER: Final = (
    ("prc-01", "Google Analytics", "audience measurement", "usage;device", "IE", "", True),
    ("prc-02", "Stripe", "payment", "payment;contact", "IE", "", True),
    ("prc-03", "Mailchimp", "e-mail delivery", "contact;usage", "US", "DPF", False),
    ("prc-04", "Zendesk", "customer support", "contact;messages", "US", "DPF", False),
    ("prc-05", "Crisp", "customer support", "contact;messages", "FR", "", False),
    ("prc-06", "Nordic Hosting", "hosting", "all", "FI", "", False),
    ("prc-07", "Old Mailer", "e-mail delivery", "contact", "FR", "", False),
)  # fmt: skip
_SHARED_MONTHLY: Final = ("prc-01", "prc-02", "prc-03", "prc-04", "prc-05", "prc-06")
_KINDS: Final = (
    "accès",
    "effacement",
    "rectification",
    "portabilité",
    "opposition",
    "retrait",
    "limitation",
)


def write_governance(company: Company) -> None:
    """Write the three registers."""
    _processors(company)
    _shares(company)
    _requests(company)


# --- recipients -----------------------------------------------------------------------------


def _processors(company: Company) -> None:
    start, end = company.timeline.start, company.timeline.end
    header = ("processor_id", "name", "purposes", "data_categories", "country", "transfer_basis",
              "dpa_ref", "active_from", "active_to", "named_in_policy")  # fmt: skip
    rows = []
    for key, name, purposes, categories, country, basis, named in _REGISTER:
        until = end - 200 * DAY if name == "Old Mailer" else -1
        first, last = iso(np.array([start - 30 * DAY, until]))
        rows.append((key, name, purposes, categories, country, basis, f"DPA-{key[-2:]}", first,
                     last, str(named).lower()))  # fmt: skip
    write_csv(company.place(PROCESSORS), header, rows)


def _share_log(company: Company) -> list[tuple[int, str, str]]:
    """(moment, recipient, what is wrong) of each share, by time: one a recipient and month."""
    start, end = company.timeline.start, company.timeline.end
    log = [
        (at + number * 3600, key, "")
        for at in range(start + 20 * DAY, end, 30 * DAY)
        for number, key in enumerate(_SHARED_MONTHLY)
    ]
    log += [(at, "prc-07", "") for at in range(start + 25 * DAY, end - 230 * DAY, 90 * DAY)]
    log += [
        (end - 120 * DAY, "prc-99", "recipient is in no register"),
        (end - 45 * DAY, "mirage-ads", "recipient is in no register"),
        (end - 60 * DAY, "prc-07", "recipient was no longer active"),
    ]
    return sorted(log)


def _shares(company: Company) -> None:
    rng, log = company.streams.of("shares"), _share_log(company)
    at = iso(np.array([moment for moment, _, _ in log]))
    subjects = rng.integers(10, max(11, len(company.people)), len(log)).tolist()
    purposes = {key: purpose for key, _, purpose, *_ in _REGISTER}
    named = {entry[0] for entry in _REGISTER if entry[6]}
    lines = []
    for number, (_, key, why) in enumerate(log):
        share = f"shr-{number:05d}"
        if why:
            company.truth.breaks("SHR-01", share, why)
        elif key not in named:
            company.truth.breaks("SHR-01", share, "registered, not named", level="warnings")
        purpose = purposes.get(key, "advertising")
        lines.append((share, key, at[number], purpose, "contact", subjects[number], ""))
    company.truth.control("SHR-01")["denominator"] = len(lines)
    write_csv(company.place(SHARES), _SHARE_HEADER, lines)


_SHARE_HEADER: Final = (
    "share_id", "processor_id", "shared_at", "purpose", "data_category", "subjects",
    "consideration",
)  # fmt: skip


# --- requests -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """One request; moments in seconds, -1 for never. ``level`` is empty where nothing is amiss."""

    at: int
    answered: int
    verified: int
    extended: int = -1
    level: str = ""
    why: str = ""


def _planted(company: Company) -> list[Request]:
    """Requests late, unanswered, late for a reason, and close to the line."""
    today = seconds(company.timeline.last) + 10 * 3600

    def made(
        ago: int, days: int, level: str, why: str, *, verified: int = 0, extended: int = -1
    ) -> Request:
        at = today - ago * DAY
        answered = at + days * DAY if days >= 0 else -1
        told = at + extended * DAY if extended >= 0 else -1
        return Request(at, answered, at + verified * DAY, told, level, why)

    return [
        made(200, 43, "violations", "answered after 43 days"),
        made(150, 34, "violations", "answered after 34 days"),
        made(90, -1, "violations", "never answered"),
        made(45, -1, "violations", "never answered"),
        _past_the_month(company.timeline.last),
        made(240, 55, "warnings", "late but extended", extended=20),
        made(170, 36, "warnings", "in time from the check of identity on", verified=11),
        made(9, -1, "edges", "open, not yet due"),
        made(27, -1, "edges", "open, due in a day or three"),
        made(300, 27, "edges", "answered on day 27, within any month"),
    ]


def _past_the_month(today: date) -> Request:
    """Received on 31 January and answered on 1 March: within 30 days, but past one month."""
    year = today.year if today > date(today.year, 3, 1) else today.year - 1
    at = seconds(date(year, 1, 31)) + 9 * 3600
    answered = seconds(date(year, 3, 1)) + 9 * 3600
    return Request(at, answered, at, -1, "violations", "within 30 days, past one month (February)")


def _cases(company: Company) -> list[Request]:
    """All requests by time; those that nobody planted are answered in time."""
    rng = company.streams.of("requests")
    start, count = company.timeline.start, max(30, len(company.people) // 60)
    room = seconds(company.timeline.last) - 32 * DAY - start
    received = (start + rng.random(count) * room).astype(np.int64).tolist()
    answer = rng.integers(1, 26, count).tolist()
    usual = [Request(at, at + days * DAY, at) for at, days in zip(received, answer, strict=True)]
    return sorted([*_planted(company), *usual], key=lambda case: (case.at, case.why))


def _day(moment: int) -> str:
    return "" if moment < 0 else datetime.fromtimestamp(moment, UTC).strftime("%d/%m/%Y %H:%M")


def _requests(company: Company) -> None:
    people, rng = company.people, company.streams.of("request texts")
    cases = _cases(company)
    live = np.flatnonzero((people.closed < 0) & ~company.fates.erased)
    who = rng.permutation(live)[np.arange(len(cases)) % len(live)].tolist()
    open_ = sum(case.answered < 0 and case.level == "edges" for case in cases)
    company.truth.control("DSR-01")["denominator"] = len(cases) - open_
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(rng, len(cases), strays=0.1, traps=0.1)
    place = Column(REQUESTS, None, "Commentaires")
    rows: list[tuple[Any, ...]] = []
    for row, (case, account) in enumerate(zip(cases, who, strict=True)):
        key = f"dsr-{row:05d}"
        if case.level:
            company.truth.breaks("DSR-01", key, case.why, level=case.level)
        planted = sowing.at(row, writer, "fr", account)
        note = Text("Demande reçue par courriel. ") + planted if planted else Text("")
        rows.append((
            key, people.email[account], _KINDS[row % len(_KINDS)], "chat" if row % 3 else "e-mail",
            _day(case.at), _day(case.verified), _day(case.at + 3600), _day(case.answered),
            "traitée" if case.answered >= 0 else "en cours", "", _day(case.extended),
            company.truth.cell(place, row, note),
        ))  # fmt: skip
    company.truth.declare(Column(REQUESTS, None, "E-mail"), "EMAIL_ADDRESS")
    write_csv(company.place(REQUESTS), _HEADER, rows, delimiter=";", encoding="cp1252")


_HEADER: Final = (
    "Référence", "E-mail", "Droit", "Canal", "Reçue le", "Identité vérifiée le",
    "Accusé de réception", "Répondue le", "Issue", "Motif de refus", "Prolongation notifiée le",
    "Commentaires",
)  # fmt: skip
