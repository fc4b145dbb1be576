"""The register of data subjects' requests, and what was handed out to those who asked to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company, Heeded
from vitrail.demo.files import write_csv
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY, iso, seconds
from vitrail.demo.sowing import Sowing
from vitrail.demo.truth import Column

REQUESTS: Final = "governance/dsar_requests.csv"
PACKAGES: Final = "governance/dsar_packages.csv"
NOTICES: Final = "governance/processor_notifications.csv"
_NOTICE: Final = ("request_id", "processor_id", "kind", "sent_at", "ack_at")

#: Who is still a recipient at the end.
RECIPIENTS: Final = ("prc-01", "prc-02", "prc-03", "prc-04", "prc-05", "prc-06", "prc-08")

_KINDS: Final = (
    "accès",
    "effacement",
    "rectification",
    "portabilité",
    "opposition",
    "retrait",
    "limitation",
)

#: What somebody who asks to see their data is handed, as far as there are rows of theirs.
_TABLES: Final = (
    "profiles", "consents", "orders", "support_messages", "feedback", "testimonials",
)  # fmt: skip


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

    planted = [
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
    late = company.truth.plants("DSR-01")
    return [one for one in planted if one.level == "edges" or late]


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


def write_requests(company: Company) -> None:
    """Write the register and the list of packages; note what is wrong in them."""
    people, rng = company.people, company.streams.of("request texts")
    cases = _cases(company)
    open_ = sum(case.answered < 0 and case.level == "edges" for case in cases)
    company.truth.control("DSR-01")["denominator"] = len(cases) - open_ + len(_heard(company))
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(company, rng, len(cases), strays=0.1, traps=0.1)
    place = Column(REQUESTS, None, "Commentaires")
    refusals, papers = _refusals(company, cases), _papers(company, cases)
    rows: list[tuple[Any, ...]] = []
    asked = [r for r in range(len(cases)) if kind_of(r) == "effacement"]
    for row in asked[: company.truth.some(2, "DSR-04")]:
        company.truth.breaks("DSR-04", f"dsr-{row:05d}", "answered, and nothing was erased")
    for row, (case, account) in enumerate(zip(cases, _who(company, cases), strict=True)):
        key = f"dsr-{row:05d}"
        if case.level:
            company.truth.breaks("DSR-01", key, case.why, level=case.level)
        planted = sowing.at(row, writer, "fr", account)
        note = Text("Demande reçue par courriel. ") + planted if planted else Text("")
        done = "traitée" if case.answered >= 0 else "en cours"
        rows.append((
            key, _address(company, account),
            kind_of(row), "chat" if row % 3 else "e-mail",
            _day(case.at), _day(case.verified), _day(case.at + 3600), _day(case.answered),
            "refusée" if row in refusals else done, refusals.get(row, ""), _day(case.extended),
            people.ids[account], "true" if row in papers else "", _day(papers.get(row, -1)),
            company.truth.cell(place, row, note),
        ))  # fmt: skip
    rows += _from_tickets(company, len(cases))
    company.truth.declare(Column(REQUESTS, None, "E-mail"), "EMAIL_ADDRESS")
    write_csv(company.place(REQUESTS), _HEADER, rows, delimiter=";", encoding="cp1252")
    write_csv(company.place(NOTICES), _NOTICE, list(_notices(company, cases)))
    header = ("request_id", "table_name", "rows", "format")
    write_csv(company.place(PACKAGES), header, _packages(company, cases))


def _heard(company: Company) -> list[Heeded]:
    return [company.heeded["gdpr"]] if "gdpr" in company.heeded else []


def _from_tickets(company: Company, number: int) -> Iterator[tuple[Any, ...]]:
    """An objection that support filed, taken up on the next day and answered in time."""
    for one in _heard(company):
        at, answered = one.at + DAY, one.at + 5 * DAY
        yield (
            f"dsr-{number:05d}", _address(company, one.account), "opposition", "e-mail", _day(at),
            _day(at), _day(at + 3600), _day(answered), "traitée", "", "",
            company.people.ids[one.account], "", "", "",
        )  # fmt: skip


def _address(company: Company, account: int) -> str:
    return "" if company.fates.erased[account] else str(company.people.email[account])


def kind_of(row: int) -> str:
    """Which right is used in a row of the register."""
    return _KINDS[row % len(_KINDS)]


def requesters(company: Company) -> set[int]:
    """The accounts that have ever used a right."""
    return set(_who(company, _cases(company)))


def _who(company: Company, cases: list[Request]) -> list[int]:
    """Whose each request is: people who are still here; erasure was done for all but two.

    The two are the first who came: an account that was opened after a request says nothing of
    whether the one before it went.
    """
    people, rng = company.people, company.streams.of("requesters")
    live = np.flatnonzero((people.closed < 0) & ~company.fates.erased)
    erased = iter(rng.permutation(np.flatnonzero(company.fates.erased)).tolist())
    who: list[int] = rng.permutation(live)[np.arange(len(cases)) % len(live)].tolist()
    asked = [row for row in range(len(cases)) if kind_of(row) == "effacement"]
    left = company.truth.some(2, "DSR-04")
    first = (person for person in live.tolist() if person not in who)
    for row in asked[:left]:
        who[row] = next(first, who[row])
    for row in asked[left:]:
        who[row] = next(erased, who[row])
    return who


def _refusals(company: Company, cases: list[Request]) -> dict[int, str]:
    """Two objections that were refused: with a reason, and without one."""
    usual = [r for r, case in enumerate(cases) if kind_of(r) == "opposition" and not case.level]
    refused = usual[: 1 + company.truth.some(1, "DSR-08")]
    company.truth.control("DSR-08")["denominator"] = len(refused)
    for row in refused[1:]:
        company.truth.breaks("DSR-08", f"dsr-{row:05d}", "refused without a reason")
    return dict(zip(refused, ("manifestly unfounded", ""), strict=False))


def _papers(company: Company, cases: list[Request]) -> dict[int, int]:
    """Rows for which an identity paper was taken in, and when it was destroyed; twice never."""
    taken = [r for r, case in enumerate(cases) if r % 5 == 0 and case.answered >= 0]
    company.truth.control("DSR-09")["denominator"] = len(taken)
    kept = taken[: company.truth.some(2, "DSR-09")]
    for row in kept:
        company.truth.breaks("DSR-09", f"dsr-{row:05d}", "the identity paper is still there")
    return {row: -1 if row in kept else cases[row].answered + DAY for row in taken}


def _packages(company: Company, cases: list[Request]) -> Iterator[tuple[str, str, int, str]]:
    """All tables for each request to see or take along; the first three are not as they should."""
    asked = [
        r for r, case in enumerate(cases)
        if kind_of(r) in ("accès", "portabilité") and case.answered >= 0
    ]  # fmt: skip
    company.truth.control("DSR-02")["denominator"] = len(asked)
    whys = ("no package", "the profile is not in it", "PDF only")
    wrong = dict(zip(asked, whys[: company.truth.some(3, "DSR-02")], strict=False))
    for row in asked:
        key, why = f"dsr-{row:05d}", wrong.get(row, "")
        if why:
            company.truth.breaks("DSR-02", key, why)
        for table in () if why == "no package" else _TABLES:
            if not (why.startswith("the profile") and table == "profiles"):
                yield key, table, 1, "pdf" if why == "PDF only" else "json"


def _notices(company: Company, cases: list[Request]) -> Iterator[tuple[Any, ...]]:
    """Erasures and corrections passed on to each recipient; one was not, one came too late."""
    truth, end = company.truth, company.timeline.end
    told = [
        r for r, case in enumerate(cases)
        if kind_of(r) in ("effacement", "rectification") and case.answered >= 0
    ]  # fmt: skip
    whys = ("never passed on", "passed on late")[: truth.some(2, "SHR-07")]
    wrong = dict(zip(told, whys, strict=False))
    for row in told:
        key, answered = f"dsr-{row:05d}", cases[row].answered
        for recipient in RECIPIENTS if answered > end - 200 * DAY else (*RECIPIENTS, "prc-07"):
            truth.counts("SHR-07")
            why = wrong.get(row, "") if recipient == "prc-03" else ""
            if why:
                truth.breaks("SHR-07", f"{key}|{recipient}", why)
            at = answered + (50 if why.endswith("late") else 2) * DAY
            if not why.startswith("never"):
                yield key, recipient, "erasure", iso(np.array([at]))[0], None


def _day(moment: int) -> str:
    return "" if moment < 0 else datetime.fromtimestamp(moment, UTC).strftime("%d/%m/%Y %H:%M")


_HEADER: Final = (
    "Référence", "E-mail", "Droit", "Canal", "Reçue le", "Identité vérifiée le",
    "Accusé de réception", "Répondue le", "Issue", "Motif de refus", "Prolongation notifiée le",
    "N° client", "Pièce d'identité", "Pièce détruite le", "Commentaires",
)  # fmt: skip
