"""Who was asked for feedback, and what those who answered gave and wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.erasure import Rows, moment
from vitrail.demo.fact_truth import feedback_table
from vitrail.demo.files import SqliteFile
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY
from vitrail.demo.sowing import Sowing
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column

_REQUESTS: Final = ("id TEXT PRIMARY KEY", "email TEXT", "sent_at TEXT")
_FEEDBACK: Final = (
    "id TEXT PRIMARY KEY", "account_id TEXT", "rating INTEGER", "text TEXT", "created_at TEXT",
)  # fmt: skip

#: Chances of one to five points, and by plan, of one point less: who pays more expects more.
_RATINGS: Final = (0.06, 0.09, 0.19, 0.36, 0.30)
_HARSHER: Final = (0.0, 0.15, 0.3, 0.45)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Columns of equal length, one place an answer."""

    account: Ints
    at: Ints
    rating: Ints


def write_feedback(base: SqliteFile, company: Company, file: str) -> None:
    """Add both tables to the back-office database ``file``, and note the true numbers."""
    asked = asked_for_feedback(company)
    answers = _answers(company, asked)
    base.table("feedback_requests", _REQUESTS, _requests(company, asked))
    base.table("feedback", _FEEDBACK, _feedback(company, answers, file))
    company.truth.tables["feedback"] = feedback_table(
        company, answers.account, answers.at, answers.rating
    )


def asked_for_feedback(company: Company) -> Ints:
    """One open account in three, a month after it was made."""
    rng = company.streams.of("feedback")
    people = company.people
    able = (people.closed < 0) & (people.created < company.timeline.end - 40 * DAY)
    return np.flatnonzero(able & (rng.random(len(people)) < 0.34))


def _answers(company: Company, asked: Ints) -> _Answers:
    rng, people = company.streams.of("feedback answers"), company.people
    account = asked[rng.random(len(asked)) < 0.62]
    at = people.created[account] + 31 * DAY + rng.integers(0, 6 * DAY, len(account))
    points = 1 + np.searchsorted(np.cumsum(_RATINGS[:-1]), rng.random(len(account)), side="right")
    harsh = rng.random(len(account)) < np.array(_HARSHER)[people.plan[account]]
    return _Answers(account, at, np.where(harsh, np.maximum(points - 1, 1), points))


def _requests(company: Company, asked: Ints) -> Rows:
    people = company.people
    for number, account in enumerate(asked.tolist()):
        sent = int(people.created[account]) + 30 * DAY
        yield f"fbr-{number:06d}", people.email[account], moment(sent)


def _feedback(company: Company, answers: _Answers, file: str) -> Rows:
    people, rng = company.people, company.streams.of("feedback texts")
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(company, rng, len(answers.account), strays=0.03, traps=0.03, ages=0.02)
    place = Column(file, "feedback", "text")
    columns = zip(
        answers.account.tolist(), answers.at.tolist(), answers.rating.tolist(), strict=True
    )
    for row, (account, at, rating) in enumerate(columns):
        language = people.language(account)
        text = writer.ordinary("feedback", language)
        planted = sowing.at(row, writer, language, account)
        if planted is not None:
            text = text + Text(" ") + planted
        said = company.truth.cell(place, row, text, account=str(people.ids[account]))
        yield f"fbk-{row:06d}", people.ids[account], rating, said, moment(at)
