"""A mapping for one dataset, proposed from its names and values, with what it leaves open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vitrail.errors import UsageError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.columns import find
from vitrail.exports.formats.loading import quote_name
from vitrail.model import Dataset
from vitrail.proposal.answers import NONE, Answers, Question, Subject
from vitrail.proposal.fitting import BY_VALUES, Fit, fits_of, targets
from vitrail.proposal.kinds import Kind
from vitrail.proposal.products import product_sources
from vitrail.proposal.profiles import ColumnProfile, shown_name
from vitrail.proposal.source import Place, ProposedSource
from vitrail.proposal.tables import TableFit, near_ties, tables_for
from vitrail.proposal.times import TimesRead, read_times
from vitrail.proposal.vocabulary import did_you_mean
from vitrail.proposal.words import translation

#: Two tables that one export of a customer list feeds together.
_TOGETHER: Final = {"accounts": "profiles", "profiles": "accounts"}
_SHARED: Final = ("account_id", "email", "country")
_MONEY: Final = frozenset({"amount", "cost", "refunded_amount"})


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
    _check_table(answers)
    if answers.table is None and answers.preset is not False:
        known = product_sources(dataset, profiles, place, answers, fed)
        if known is not None:
            sources, questions = known
            return Proposal(dataset, sources, questions, (), _left(dataset, profiles, sources))
    chosen = _checked_columns(dataset, answers)
    ranked = _ranked(place, profiles, answers, chosen)
    if not ranked:
        return Proposal(dataset, left=tuple(profiles))
    return _by_hand(dataset, profiles, place, answers, ranked, chosen)


def _by_hand(
    dataset: Dataset,
    profiles: Sequence[ColumnProfile],
    place: Place,
    answers: Answers,
    ranked: Sequence[TableFit],
    chosen: Mapping[str, str],
) -> Proposal:
    best = ranked[0]
    companion = None if answers.table else _companion(best, profiles, chosen)
    ties = [t for t in near_ties(ranked) if companion is None or t != companion.table]
    questions: list[Question] = []
    if answers.table is None and len(ties) > 1:
        words = f"{dataset.label} could feed {' or '.join(ties)}. Which is it?"
        questions.append(Question(Subject.TABLE, words, tuple(ties), best.table))
    parts = [best] if companion is None else [best, companion]
    times = read_times([fit for part in parts for fit in part.fits], answers)
    questions += _rival_questions(best, answers)
    made = [_source(part, place, number, answers, times) for number, part in enumerate(parts)]
    warnings = [*times.warnings, *(w for _, words in made for w in words)]
    sources = tuple(source for source, _ in made)
    return Proposal(
        dataset=dataset,
        sources=sources,
        questions=(*questions, *times.questions),
        warnings=tuple(dict.fromkeys(warnings)),
        left=_left(dataset, profiles, sources),
    )


def _source(
    part: TableFit, place: Place, number: int, answers: Answers, times: TimesRead
) -> tuple[ProposedSource, list[str]]:
    table = CANONICAL[part.table]
    kept = [fit for fit in part.fits if fit.canonical not in times.left_out]
    money = [fit for fit in kept if fit.canonical in _MONEY and fit.column.kind is Kind.DECIMAL]
    columns = {fit.canonical: fit.column.name for fit in kept if fit not in money}
    derive = {fit.canonical: _minor_units(fit, columns) for fit in money}
    values, warnings = {}, []
    for fit in kept:
        vocabulary = table.vocabularies.get(fit.canonical)
        if vocabulary:
            values[fit.canonical], unknown = translation(fit.column.words, vocabulary)
            if unknown:
                warnings.append(_unknown_words(fit, unknown, vocabulary))
        if fit.canonical in _MONEY and fit.column.kind in {Kind.WHOLE, Kind.EPOCH}:
            warnings.append(
                f"“{fit.column.shown}” holds whole numbers and is taken as cents; if it holds "
                f"whole euros, derive {fit.canonical} from it times 100."
            )
    entries: dict[str, Any] = {
        **place.entries(answers),
        "table": part.table,
        **({"role": answers.role} if answers.role else {}),
        **times.of(kept),
        "columns": columns,
        "derive": derive,
        "values": {column: words for column, words in values.items() if words},
    }
    filled = {key: value for key, value in entries.items() if value not in (None, {})}
    return ProposedSource(place.source_name(number, part.table), part.table, filled, tuple(kept)), (
        warnings
    )


def _minor_units(fit: Fit, columns: Mapping[str, str]) -> str:
    currency = quote_name(columns["currency"]) if "currency" in columns else "NULL"
    return f"minor_units({quote_name(fit.column.name)}, {currency})"


def _unknown_words(fit: Fit, unknown: int, vocabulary: Sequence[str]) -> str:
    return (
        f"{unknown} of the words of “{fit.column.shown}” are none of {', '.join(vocabulary)} and "
        f"would be left empty; say what each means under values.{fit.canonical}."
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
    best: TableFit, profiles: Sequence[ColumnProfile], chosen: Mapping[str, str]
) -> TableFit | None:
    """The other half of a customer list, where columns are left that only it has."""
    other = _TOGETHER.get(best.table)
    if other is None:
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


# --- answers that name something --------------------------------------------------------------


def _check_table(answers: Answers) -> None:
    if answers.table is not None and answers.table not in CANONICAL:
        raise UsageError(
            f"There is no canonical table {answers.table[:60]}."
            + did_you_mean(answers.table, tuple(CANONICAL)),
            f"There are {', '.join(CANONICAL)}.",
        )


def _checked_columns(dataset: Dataset, answers: Answers) -> dict[str, str]:
    """The chosen columns by the names that the export really has."""
    known = (
        targets(CANONICAL[answers.table])
        if answers.table
        else tuple({c: None for table in CANONICAL.values() for c in targets(table)})
    )
    chosen: dict[str, str] = {}
    for canonical, exported in answers.columns.items():
        if canonical not in known:
            raise UsageError(
                f"There is no canonical column {canonical[:60]}." + did_you_mean(canonical, known),
                f"There are {', '.join(known[:40])}.",
            )
        name = exported if exported == NONE else find(exported, dataset)
        if name is None:
            names = tuple(shown_name(column.name) for column in dataset.columns)
            raise UsageError(
                f"{dataset.label} has no such column for {canonical}."
                + did_you_mean(exported, names),
                f"It has {', '.join(names[:40])}.",
            )
        chosen[canonical] = name
    return chosen


def _left(
    dataset: Dataset, profiles: Sequence[ColumnProfile], sources: Sequence[ProposedSource]
) -> tuple[ColumnProfile, ...]:
    used = {name for source in sources for name in source.used(dataset)}
    return tuple(p for p in profiles if p.name not in used)
