"""The whole company, from a number of accounts to a folder that an import can read."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template
from typing import Final

from vitrail.demo.activity import ActivityTruth
from vitrail.demo.analytics import write_analytics
from vitrail.demo.audience import write_audience
from vitrail.demo.backoffice import write_backoffice
from vitrail.demo.banner import write_banner
from vitrail.demo.broken import EVERYTHING, Broken
from vitrail.demo.choices import write_choices
from vitrail.demo.company import NAME, Company
from vitrail.demo.consents import write_consents
from vitrail.demo.crm import write_crm
from vitrail.demo.fact_truth import accounts_table
from vitrail.demo.fates import decide
from vitrail.demo.governance import write_governance
from vitrail.demo.leads import write_leads
from vitrail.demo.leftovers import note_leftovers
from vitrail.demo.mailchimp import write_mailchimp
from vitrail.demo.mailing import market
from vitrail.demo.manifest import write_manifest
from vitrail.demo.minors import cases
from vitrail.demo.opposition import plant_opposition, write_opposition
from vitrail.demo.outcomes import campaign_table, order_table
from vitrail.demo.oversight import write_oversight
from vitrail.demo.people import Timeline, settle
from vitrail.demo.product import write_product
from vitrail.demo.recorded import recorded
from vitrail.demo.requests import write_requests
from vitrail.demo.rights import write_rights
from vitrail.demo.safekeeping import write_safekeeping
from vitrail.demo.streams import Streams
from vitrail.demo.stripe import write_stripe
from vitrail.demo.support import write_support
from vitrail.demo.testimonials import testimonials
from vitrail.demo.trade import merge, unprompted
from vitrail.demo.traps import OWN_IBANS
from vitrail.demo.truth import Truth
from vitrail.demo.versions import write_versions
from vitrail.demo.weblog import write_weblog
from vitrail.errors import Unwritable, UsageError

LEAST_ACCOUNTS: Final = 50
#: Written here and moved at the end, so that nothing half-written is ever left behind.
_PARTIAL: Final = ".partial"

#: Between these days every date of the company, back to its oldest birthday, can be written.
_EARLIEST: Final = date(2000, 1, 1)
_LATEST: Final = date(2199, 12, 31)
_MAPPING: Final = Path(__file__).parent / "vitrail.toml"


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was written: files with their sizes in bytes, numbers of events, planted things."""

    directory: Path
    accounts: int
    seed: int
    as_of: date
    files: tuple[tuple[str, int], ...]
    product_events: int
    analytics_events: int
    planted: dict[str, int]
    seconds: float

    @property
    def bytes(self) -> int:
        return sum(size for _, size in self.files)


def write_demo(
    directory: Path, *, accounts: int = 2000, seed: int = 7, as_of: date = date(2026, 11, 20),
    broken: Broken = EVERYTHING, progress: Callable[[str], None] | None = None,
) -> DemoSummary:  # fmt: skip
    """Write a synthetic company into ``directory``: exports, ``vitrail.toml``, planted truth.

    The same arguments give the same bytes on any day. ``broken`` chooses the promises that the
    company breaks; the others are kept. ``progress`` is called with a few words before each system
    is written. Fifty accounts are the least that every planted case fits in.
    """
    if accounts < LEAST_ACCOUNTS:
        raise UsageError(
            f"A demo company of {accounts} accounts is too small for what is planted in it.",
            f"Ask for {LEAST_ACCOUNTS} accounts or more.",
        )
    if not _EARLIEST <= as_of <= _LATEST:
        raise UsageError(
            f"A demo company cannot end on {as_of.isoformat()}.",
            f"Name a day between {_EARLIEST.isoformat()} and {_LATEST.isoformat()}.",
        )
    if (directory / "exports").exists():
        raise UsageError(f"{directory.name} holds exports already.", "Name a new folder.")
    began = time.perf_counter()
    partial = directory / _PARTIAL
    try:
        partial.mkdir(parents=True)
        company, events, visits = _write_all(partial, accounts, seed, as_of, progress, broken)
        planted = company.truth.write(partial / "truth")
        for entry in sorted(partial.iterdir()):
            entry.rename(directory / entry.name)
    except OSError as error:
        raise Unwritable(
            f"The demo company cannot be written into {directory.name}: {error.strerror}.",
            "Name a folder that this user may write to, on a disk with room.",
        ) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    exports = directory / "exports"
    files = sorted(p for p in exports.rglob("*") if p.is_file())
    sizes = tuple((p.relative_to(exports).as_posix(), p.stat().st_size) for p in files)
    spent = time.perf_counter() - began
    return DemoSummary(directory, accounts, seed, as_of, sizes, events, visits, planted, spent)


def _write_all(
    folder: Path,
    accounts: int,
    seed: int,
    as_of: date,
    progress: Callable[[str], None] | None,
    broken: Broken,
) -> tuple[Company, int, int]:
    """Everything but the truth, which the company still holds."""
    tell = progress or (lambda _: None)
    tell("people, orders and campaigns")
    company = found(folder / "exports", accounts, seed, as_of, broken)
    events, visits = _write_systems(company, tell)
    company.truth.tables |= {"campaigns": campaign_table(company), "orders": order_table(company)}
    _write_mapping(folder, as_of)
    return company, events, visits


def found(exports: Path, accounts: int, seed: int, as_of: date, broken: Broken) -> Company:
    """All that has happened in the company, before a line of it is exported."""
    timeline, streams, truth = Timeline.until(as_of), Streams(seed), Truth(broken=broken)
    people = settle(accounts, timeline, streams)
    fates = decide(people, timeline, streams, truth)
    own = unprompted(people, timeline, streams)
    marketing = market(people, timeline, streams, own, truth)
    spoken = testimonials(people, fates, timeline, streams, truth)
    orders = merge(own, marketing.orders)
    return Company(exports, timeline, streams, people, fates, orders, marketing, spoken, truth)


def _write_systems(company: Company, tell: Callable[[str], None]) -> tuple[int, int]:
    young = cases(company.people, company.timeline, company.streams, company.truth)
    activity = ActivityTruth()
    tell("the back-office database")
    write_backoffice(company, young)
    tell("the CRM's workbook")
    write_crm(company, young)
    tell("Stripe, Mailchimp, consents")
    write_stripe(company)
    plant_opposition(company)
    write_audience(company)
    write_mailchimp(company)
    write_opposition(company)
    write_consents(company)
    tell("support, registers, logs, leads")
    write_support(company)
    write_governance(company)
    write_requests(company)
    write_rights(company)
    write_safekeeping(company)
    write_weblog(company)
    write_leads(company)
    write_oversight(company)
    write_versions(company)
    note_leftovers(company)
    tell("product events")
    events = write_product(company, activity)
    tell("web analytics")
    visits = write_analytics(company)
    events_of_web = recorded(company)
    write_banner(company, events_of_web, write_choices(company, events_of_web))
    write_manifest(company)
    company.truth.tables |= {
        "activity": activity.table(company.people),
        "sessions": activity.sessions(),
        "accounts": accounts_table(company, activity.active()),
    }
    return events, visits


def _write_mapping(directory: Path, as_of: date) -> None:
    text = Template(_MAPPING.read_text("utf-8")).substitute(as_of=as_of.isoformat(), company=NAME)
    (directory / "vitrail.toml").write_text(text, "utf-8")
    allowed = directory / "allow" / "own_ibans.txt"
    allowed.parent.mkdir(parents=True, exist_ok=True)
    allowed.write_text("\n".join(OWN_IBANS) + "\n", "utf-8")
