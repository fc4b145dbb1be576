"""Registers of rights: restrictions, objections, corrections, and cases of likely minors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.erasure import erased_at, moment
from vitrail.demo.feedback import asked_for_feedback
from vitrail.demo.files import write_csv
from vitrail.demo.marketing import HOUR
from vitrail.demo.seasonality import DAY

RESTRICTIONS: Final = "governance/restrictions.csv"
OBJECTIONS: Final = "governance/objections.csv"
CORRECTIONS: Final = "crm/corrections.csv"
MINORS: Final = "governance/minor_cases.csv"

_WORDS: Final = ("account_id", "purpose", "from_ts", "to_ts")
_CHANGES: Final = ("account_id", "field", "old_hash", "new_hash", "changed_at")
_CASES: Final = (
    "account_id", "level", "score", "found_at", "status", "decided_by", "decided_at",
    "confirmed_at", "conversation_id",
)  # fmt: skip

#: The campaigns that went to people who had said no to it.
_LAST: Final = -1

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Indexes of the accounts that these registers are about, none of them twice.

    ``mailed`` were sent the last campaign; ``quiet`` were never mailed; ``asked`` were asked for
    feedback.
    """

    mailed: tuple[int, ...]
    quiet: tuple[int, ...]
    asked: tuple[int, ...]
    gone: tuple[int, ...]


def chosen(company: Company) -> Chosen:
    """The same accounts at each call."""
    rng, marketing, people = company.streams.of("rights"), company.marketing, company.people
    here = (people.closed < 0) & ~company.fates.erased
    sends = marketing.sends
    last = sends["account"][sends["campaign"] == len(marketing.campaigns) + _LAST]
    mailed = [a for a in rng.permutation(last[last >= 0]).tolist() if here[a]]
    mailed = [a for a in mailed if marketing.left[a] < 0 and marketing.withdrew[a] < 0]
    never = np.setdiff1d(np.flatnonzero(here & ~marketing.granted), sends["account"])
    told = set(mailed)
    asked = [a for a in rng.permutation(asked_for_feedback(company)).tolist() if a not in told]
    never = np.setdiff1d(never, np.array(asked[:2]))
    gone = rng.permutation(np.flatnonzero(company.fates.erased))[:4]
    return Chosen(
        tuple(mailed[:6]), tuple(rng.permutation(never)[:20].tolist()), tuple(asked[:2]),
        tuple(gone.tolist()),
    )  # fmt: skip


def sent_at(company: Company) -> int:
    """When the last campaign began."""
    return int(company.marketing.campaigns[_LAST].at)


def confirmed_minors(company: Company) -> dict[int, int]:
    """Accounts confirmed as a minor's ten days before they were mailed, and when."""
    mailed = chosen(company).mailed[: company.truth.some(2, "MIN-03", "MIN-05", "MKT-08")]
    return dict.fromkeys(mailed, sent_at(company) - 10 * DAY)


def write_rights(company: Company) -> None:
    """Write the four registers and note what is wrong in them."""
    who = chosen(company)
    write_csv(company.place(RESTRICTIONS), _WORDS, _restrictions(company, who))
    write_csv(company.place(OBJECTIONS), _WORDS, _objections(company, who))
    write_csv(company.place(CORRECTIONS), _CHANGES, list(_corrections(company, who)))
    write_csv(company.place(MINORS), _CASES, list(_minors(company, who)))


def _restrictions(company: Company, who: Chosen) -> list[Row]:
    """Two that a mailing broke into, four that nothing did."""
    ids, at, late = company.people.ids, sent_at(company), company.timeline.end - 8 * DAY
    rows: list[Row] = []
    for account in who.mailed[2 : 2 + company.truth.some(2, "DSR-05")]:
        company.truth.breaks("DSR-05", f"{RESTRICTIONS}|{len(rows)}", "mailed while restricted")
        rows.append((ids[account], "all", moment(at - 10 * DAY), moment(at + 10 * DAY)))
    rows += [(ids[account], "all", moment(late), None) for account in who.quiet[:4]]
    company.truth.control("DSR-05")["denominator"] = len(rows)
    return rows


def _objections(company: Company, who: Chosen) -> list[Row]:
    """Two followed by a mailing, two by a request for feedback, four that were kept."""
    people, truth, at = company.people, company.truth, sent_at(company)
    rows: list[Row] = []
    for account in who.mailed[4 : 4 + truth.some(2, "DSR-06")]:
        truth.breaks("DSR-06", f"{OBJECTIONS}|{len(rows)}", "mailed after an objection")
        rows.append((people.ids[account], "marketing", moment(at - 10 * DAY), None))
    asked = asked_for_feedback(company).tolist()
    truth.control("FBK-01")["denominator"] = len(asked)
    for account in who.asked[: truth.some(2, "FBK-01")]:
        request = f"fbr-{asked.index(account):06d}"
        truth.breaks("FBK-01", request, "asked after an objection")
        truth.breaks("DSR-06", f"{OBJECTIONS}|{len(rows)}", "asked after an objection")
        since = int(people.created[account]) + 25 * DAY
        rows.append((people.ids[account], "feedback", moment(since), None))
    late = moment(company.timeline.end - 8 * DAY)
    rows += [(people.ids[account], "marketing", late, None) for account in who.quiet[4:8]]
    truth.control("DSR-06")["denominator"] = len(rows)
    return rows


def _digest(value: str) -> str:
    return hashlib.md5(value.lower().encode(), usedforsecurity=False).hexdigest()


def _corrections(company: Company, who: Chosen) -> Iterator[Row]:
    """Old addresses that are gone; and two phone numbers that the profile still has."""
    people, at = company.people, moment(company.timeline.end - 60 * DAY)
    for row, account in enumerate(who.quiet[8:16]):
        name = str(people.ids[account])
        if row < company.truth.some(2, "DSR-03"):
            company.truth.breaks("DSR-03", f"{name}|phone|{row}", "old number still in the profile")
            yield name, "phone", _digest(people.phone[account]), _digest(f"new {row}"), at
        else:
            old, new = f"old.{people.email[account]}", people.email[account]
            yield name, "email", _digest(old), _digest(new), at
    company.truth.control("DSR-03")["denominator"] = len(who.quiet[8:16])


def _minors(company: Company, who: Chosen) -> Iterator[Row]:
    """Cases decided and deleted in time, confirmed and then mailed, and left undecided."""
    people, truth, gone = company.people, company.truth, erased_at(company)
    for account in who.gone:
        found, decided = int(gone[account]) - 2 * DAY, moment(int(gone[account]) - DAY)
        yield (people.ids[account], "certain", 0.99, moment(found), "confirmed", "case handler",
               decided, decided, None)  # fmt: skip
    for account, known in confirmed_minors(company).items():
        name, decided = str(people.ids[account]), moment(known)
        truth.breaks("MIN-03", name, "confirmed and never deleted")
        truth.breaks("MIN-05", name, "mailed after the confirmation")
        yield (name, "likely", 0.91, moment(known - DAY), "confirmed", "case handler", decided,
               decided, None)  # fmt: skip
    told = [company.heeded["minor_report"]] if "minor_report" in company.heeded else []
    for one in told:
        yield (people.ids[one.account], "possible", 0.4, moment(one.at + HOUR), "dismissed",
               "case handler", moment(one.at + DAY), None, one.ticket)  # fmt: skip
    since = moment(company.timeline.end - 20 * DAY)
    undecided = who.quiet[16 : 16 + truth.some(3, "MIN-02")]
    for row, account in enumerate(undecided):
        level = "possible" if row == 2 else "certain"
        key = str(people.ids[account])
        truth.breaks("MIN-02", key, "undecided", level="warnings" if row == 2 else "violations")
        yield people.ids[account], level, 0.7, since, "open", None, None, None, None
    size = len(who.gone) + len(confirmed_minors(company))
    truth.control("MIN-03")["denominator"] = size
    truth.control("MIN-02")["denominator"] = size + len(undecided) + len(told)
