"""Testimonials and the consent each needs: most have it, some are early, withdrawn or without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from vitrail.demo.fates import Fates
from vitrail.demo.people import People, Timeline
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY
from vitrail.demo.streams import Streams
from vitrail.demo.truth import Column, Truth

PLACE: Final = Column("accounts.sqlite", "testimonials", "text")

#: What is wrong with the first few, the days of consent and withdrawal around publication, and the
#: control for which it is planted.
_FAULTS: Final = (
    ("published before consent was given", 12, None, "TST-01"),
    ("published before consent was given", 3, None, "TST-01"),
    ("still public after consent was withdrawn", -5, 60, "CNS-01"),
    ("published without any consent", None, None, "TST-01"),
)


@dataclass(frozen=True, slots=True)
class Testimonial:
    """One testimonial; moments in seconds, -1 for never."""

    number: int
    account: int
    text: str
    display: str
    published: int
    until: int
    agreed: int
    withdrew: int

    @property
    def consent_id(self) -> str | None:
        return f"cst-t{self.number:05d}" if self.agreed >= 0 else None


def testimonials(
    people: People, fates: Fates, timeline: Timeline, streams: Streams, truth: Truth
) -> list[Testimonial]:
    """One account in a hundred or so speaks: people who are still here and joined early, and two
    who left."""
    rng = streams.of("testimonials")
    writer = Writer(rng, people, {})
    early = timeline.end - 200 * DAY
    able = np.flatnonzero((people.closed < 0) & ~fates.erased & (people.created < early))
    count = min(len(able), max(8, len(people) // 90))
    found = []
    for number, account in enumerate(np.sort(rng.permutation(able)[:count]).tolist()):
        published = int(people.created[account]) + int(rng.integers(30, 90)) * DAY
        found.append(_one(writer, truth, timeline, number, account, published))
    # whose account ended: the words of one stayed, those of another were taken down
    for account in (*fates.forgotten[:1].tolist(), *fates.held[:1].tolist()):
        number, published = len(found), int(people.created[account]) + 18 * DAY
        one = _one(writer, truth, timeline, number, account, published)
        stays = account in fates.forgotten and truth.plants("TST-03")
        until = -1 if stays else int(people.closed[account])
        found.append(replace(one, until=until, withdrew=-1))
        if until < 0:
            truth.breaks("TST-03", f"tst-{number:05d}", "the account ended, the name still stands")
    truth.control("TST-01")["denominator"] = len(found)
    return found


def _one(
    writer: Writer, truth: Truth, timeline: Timeline, number: int, account: int, published: int
) -> Testimonial:
    people, rng = writer.people, writer.rng
    agreed, withdrew, until = published - int(rng.integers(1, 20)) * DAY, -1, -1
    faults = [fault for fault in _FAULTS if truth.plants(fault[3])]
    if number < len(faults):
        why, after, stop, _ = faults[number]
        agreed = -1 if after is None else published + after * DAY
        withdrew = -1 if stop is None else published + stop * DAY
        truth.breaks("TST-01", f"tst-{number:05d}", why)
    elif number % 7 == 0:
        withdrew = until = published + 90 * DAY
        until -= DAY // 2
    language = people.language(account)
    text = writer.ordinary("testimonials", language)
    if number % 9 == 4 and truth.plants("TST-04"):
        text = text + Text(" ") + writer.planted("strays", language, account, "EMAIL_ADDRESS")
        truth.breaks("TST-04", f"tst-{number:05d}", "an address in the text", level="warnings")
    elif number % 9 == 6:
        text = text + Text(" ") + writer.planted("traps", language, account, "COMPANY")
    return Testimonial(
        number, account, truth.cell(PLACE, number, text),
        f"{people.first[account]} {people.last[account][0]}.",
        min(published, timeline.end), until, agreed, withdrew,
    )  # fmt: skip
