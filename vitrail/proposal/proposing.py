"""A mapping for one dataset, proposed from its names and values, with what it leaves open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vitrail.exports.canonical import CANONICAL
from vitrail.model import Dataset
from vitrail.proposal.answers import Answers, Question, Subject
from vitrail.proposal.drafting import drafted
from vitrail.proposal.fitting import BY_VALUES, fits_of
from vitrail.proposal.named import check_table, checked_columns
from vitrail.proposal.products import product_sources
from vitrail.proposal.profiles import ColumnProfile, shown_name
from vitrail.proposal.source import Place, ProposedSource
from vitrail.proposal.tables import TableFit, near_ties, tables_for
from vitrail.proposal.times import read_times

#: Two tables that one export of a customer list feeds together.
_TOGETHER: Final = {"accounts": "profiles", "profiles": "accounts"}
_ACCOUNTS_TWICE: Final = (
    "Another export feeds accounts already: an account that both have would be there twice. Take "
    "this one as --table profiles if it holds the same persons."
)
_SHARED: Final = ("account_id", "email", "country")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written for a dataset. Without ``sources`` it fits no canonical table.

    ``left``: exported columns that would be used by none; they are scanned all the same.
    """

    dataset: Dataset
    sources: tuple[ProposedSource, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
    left: tuple[ColumnProfile, ...] = field(default=())


def propose(
    dataset: Dataset,
    profiles: Sequence[ColumnProfile],
    place: Place,
    answers: Answers,
    fed: Collection[str] = (),
) -> Proposal:
    """``fed``: the canonical tables that other sources feed already.

    Raises :class:`~vitrail.errors.UsageError` where an answer names what there is not.
    """
    check_table(answers)
    if answers.table is None and answers.preset is not False:
        known = product_sources(dataset, profiles, place, answers, fed)
        if known is not None:
            sources, questions = known
            return Proposal(dataset, sources, questions, (), _left(dataset, profiles, sources))
    chosen = checked_columns(dataset, answers)
    ranked = _ranked(place, profiles, answers, chosen)
    if not ranked:
        return Proposal(dataset, left=tuple(profiles))
    best = ranked[0]
    companion = None if answers.table else _companion(best, profiles, chosen, fed)
    parts = (best,) if companion is None else (best, companion)
    return _by_hand(dataset, profiles, place, answers, ranked, parts, fed)


def _by_hand(
    dataset: Dataset,
    profiles: Sequence[ColumnProfile],
    place: Place,
    answers: Answers,
    ranked: Sequence[TableFit],
    parts: Sequence[TableFit],
    fed: Collection[str],
) -> Proposal:
    """A source for each of ``parts``: the best of ``ranked``, and what goes with it."""
    ties = [t for t in near_ties(ranked) if t not in {part.table for part in parts[1:]}]
    questions: list[Question] = []
    if answers.table is None and len(ties) > 1:
        words = f"{dataset.label} could feed {' or '.join(ties)}. Which is it?"
        questions.append(Question(Subject.TABLE, words, tuple(ties), ties[0]))
    times = read_times([fit for part in parts for fit in part.fits], answers)
    questions += _rival_questions(parts[0], answers)
    made = [drafted(part, place, number, answers, times) for number, part in enumerate(parts)]
    warnings = [*times.warnings, *(w for _, words in made for w in words)]
    if "accounts" in fed and any(part.table == "accounts" for part in parts):
        warnings.append(_ACCOUNTS_TWICE)
    sources = tuple(source for source, _ in made)
    return Proposal(
        dataset=dataset,
        sources=sources,
        questions=(*questions, *times.questions),
        warnings=tuple(dict.fromkeys(warnings)),
        left=_left(dataset, profiles, sources),
    )


# --- tables -----------------------------------------------------------------------------------


def _ranked(
    place: Place,
    profiles: Sequence[ColumnProfile],
    answers: Answers,
    chosen: Mapping[str, str],
) -> Sequence[TableFit]:
    if answers.table is None:
        return tables_for(place.names, profiles, chosen)
    fits = fits_of(CANONICAL[answers.table], profiles, chosen)
    return [TableFit(answers.table, 0.0, fits)] if fits else []


def _companion(
    best: TableFit,
    profiles: Sequence[ColumnProfile],
    chosen: Mapping[str, str],
    fed: Collection[str],
) -> TableFit | None:
    """The other half of a customer list, where columns are left that only it has, and no other
    export has it: an account of two rows would be counted twice."""
    other = _TOGETHER.get(best.table)
    if other is None or other in fed:
        return None
    shared = tuple(fit for fit in best.fits if fit.canonical in _SHARED)
    used = {fit.column.name for fit in best.fits}
    left = [profile for profile in profiles if profile.name not in used]
    own = fits_of(CANONICAL[other], left, {c: n for c, n in chosen.items() if c in _SHARED})
    more = tuple(f for f in own if f.canonical not in _SHARED and f.score > BY_VALUES)
    if not more or not any(f.canonical in {"account_id", "email"} for f in shared):
        return None
    return TableFit(other, 0.0, (*shared, *more))


def _rival_questions(best: TableFit, answers: Answers) -> Iterator[Question]:
    for fit in best.fits:
        if fit.rivals and fit.canonical not in answers.columns:
            names = [fit.column.shown, *map(shown_name, fit.rivals)]
            words = (
                f"{' and '.join(f'“{n}”' for n in names)} both fit {best.table}.{fit.canonical}. "
                "Which is it?"
            )
            choices = (fit.column.name, *fit.rivals)
            yield Question(Subject.COLUMN, words, choices, fit.column.name, fit.canonical)


def _left(
    dataset: Dataset, profiles: Sequence[ColumnProfile], sources: Sequence[ProposedSource]
) -> tuple[ColumnProfile, ...]:
    used = {name for source in sources for name in source.used(dataset)}
    return tuple(p for p in profiles if p.name not in used)
