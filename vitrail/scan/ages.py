"""Which columns of a dataset speak of age, of when it was said, and of who said it.

A workspace's mapping names them; without one their verdicts and their own names do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vitrail.detect.minors import Family
from vitrail.detect.wording import column_words
from vitrail.exports.mapping import Exported, Feed
from vitrail.model import ColumnVerdict, Dataset

if TYPE_CHECKING:
    from vitrail.config import DateFormat

_CANONICAL: Final = {
    "declared_birth_date": Family.BIRTH_DATE,
    "declared_birth_year": Family.BIRTH_YEAR,
    "declared_age": Family.DECLARED_AGE,
    "age_flag": Family.ACCOUNT_FLAG,
}
#: Canonical columns that tell when a row was written, the surest first.
_WRITTEN: Final = ("created_at", "ts", "sent_at", "updated_at", "granted_at", "published_from")
_AGE: Final = frozenset({
    "age", "âge", "alter", "edad", "età", "eta", "leeftijd", "idade", "declared age",
    "âge déclaré", "user age", "customer age",
})  # fmt: skip
_FLAG: Final = frozenset({
    "minor", "is minor", "underage", "under age", "under 18", "age flag", "mineur",
    "minderjährig", "menor", "menor de edad", "minorenne", "minderjarig", "kids plan",
    "is child",
})  # fmt: skip
_WHEN: Final = frozenset({
    "created at", "created", "createdat", "timestamp", "sent at", "ts", "date", "time",
    "créé le", "datum", "fecha", "data",
})  # fmt: skip
_WHO: Final = frozenset({
    "author", "author type", "authortype", "sender", "sender type", "from type",
})  # fmt: skip
#: Who is not the person themselves, in any product's words.
STAFF: Final = frozenset({
    "agent", "bot", "admin", "operator", "staff", "support", "teammate", "system", "automated",
    "lead agent", "assistant",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgeColumns:
    """The exported columns of one dataset that matter for age.

    ``documented``: column → what it holds. ``said_on``, ``author``: the columns of when and who.
    ``staff``: values of ``author`` that are not the person. ``guardians``: each row is a
    guardian's authorisation. ``day_first``, ``form``: how its dates are written.
    """

    documented: Mapping[str, Family]
    said_on: str | None = None
    author: str | None = None
    staff: frozenset[str] = STAFF
    guardians: str | None = None
    day_first: bool | None = None
    form: str | None = None


def mapped(feeds: Iterable[Feed]) -> AgeColumns:
    """As the sources of one dataset name them; several sources add up."""
    documented: dict[str, Family] = {}
    said_on = author = guardians = None
    staff, dates = set(STAFF), None
    for feed in feeds:
        names = {c: e.column for c, e in feed.columns.items() if isinstance(e, Exported)}
        documented |= {names[c]: family for c, family in _CANONICAL.items() if c in names}
        said_on = said_on or next((names[c] for c in _WRITTEN if c in names), None)
        author = author or (names.get("author") if feed.table == "support_messages" else None)
        if feed.table == "guardian_authorisations":
            guardians = names.get("auth_id") or names.get("account_id")
        values = feed.mapping.values.get("author", {})
        staff |= {written.casefold() for written, who in values.items() if who != "user"}
        dates = dates or feed.mapping.dates
    return AgeColumns(documented, said_on, author, frozenset(staff), guardians, *_written(dates))


def _written(dates: DateFormat | None) -> tuple[bool | None, str | None]:
    if dates is None:
        return None, None
    return (True if dates.day_first else None), dates.format


def guessed(dataset: Dataset, verdicts: Iterable[ColumnVerdict]) -> AgeColumns:
    """By the columns' verdicts and names, where no source names the dataset."""
    documented = {v.column: Family.BIRTH_DATE for v in verdicts if v.verdict == "DATE_OF_BIRTH"}
    said_on = author = None
    for column in dataset.columns:
        if column.name in documented:
            continue
        whole = _words_of(column.name)
        words = set(column_words(column.name))
        if whole in _AGE:
            documented[column.name] = Family.DECLARED_AGE
        elif _FLAG & words:
            documented[column.name] = Family.ACCOUNT_FLAG
        elif said_on is None and whole in _WHEN:
            said_on = column.name
        elif author is None and whole in _WHO:
            author = column.name
    return AgeColumns(documented, said_on, author)


def _words_of(name: str) -> str:
    """``messages[].createdAt`` -> ``created at``."""
    leaf = name.rsplit(".", 1)[-1]
    return " ".join(re.findall(r"[A-ZÀ-Ý]?[a-zà-ÿ]+|[A-ZÀ-Ý]+|\d+", leaf)).casefold()
