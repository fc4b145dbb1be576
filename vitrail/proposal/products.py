"""A proposal for the export of a known product: its presets, and what they leave to be said."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vitrail.did_you_mean import did_you_mean
from vitrail.errors import ConfigError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.presets import load_preset, preset_names
from vitrail.exports.recognised import Recognised, recognise
from vitrail.model import Dataset
from vitrail.proposal.answers import Answers, Question
from vitrail.proposal.fitting import Fit
from vitrail.proposal.profiles import ColumnProfile
from vitrail.proposal.source import Place, ProposedSource
from vitrail.proposal.times import read_times


def product_sources(
    dataset: Dataset,
    profiles: Sequence[ColumnProfile],
    place: Place,
    answers: Answers,
    fed: Collection[str],
) -> tuple[tuple[ProposedSource, ...], tuple[Question, ...]] | None:
    """The sources of every preset that fits, None where the dataset is no known product's."""
    if isinstance(answers.preset, str):
        _check(answers.preset)
        chosen = [r for r in recognise(dataset) if r.preset == answers.preset] or [
            _as_said(answers.preset)
        ]
    else:
        found = recognise(dataset)
        tables = {r.table for r in found if not r.alone} | set(fed)
        chosen = [r for r in found if not r.alone or r.table not in tables]
    if not chosen:
        return None
    made = [_source(one, dataset, profiles, place, answers) for one in chosen]
    questions = dict.fromkeys(question for _, asked in made for question in asked)
    return tuple(source for source, _ in made), tuple(questions)


def _source(
    one: Recognised,
    dataset: Dataset,
    profiles: Sequence[ColumnProfile],
    place: Place,
    answers: Answers,
) -> tuple[ProposedSource, tuple[Question, ...]]:
    preset = load_preset(one.preset)
    entries = {**place.entries(answers), "preset": one.preset, "role": answers.role}
    if preset.get("inside") and one.inside is None:
        entries["inside"] = None  # the preset says it
    elif one.inside is not None and place.inside is None:
        entries["inside"] = one.inside
    if preset.get("system") and not answers.system:
        entries["system"] = None
    bare = {key: value for key, value in entries.items() if value is not None}
    name = place.free_name(one.preset)
    draft = ProposedSource(name, one.table, bare)
    fits = _fits(draft, dataset, profiles)
    times = read_times(fits, answers, zone_known="timezone" in preset)
    return ProposedSource(name, one.table, {**bare, **times.of(fits)}, fits), times.questions


def _fits(
    draft: ProposedSource, dataset: Dataset, profiles: Sequence[ColumnProfile]
) -> tuple[Fit, ...]:
    by_name = {profile.name: profile for profile in profiles}
    known = CANONICAL[draft.table].columns
    return tuple(
        Fit(canonical, by_name[exported], 1.0, "by the preset")
        for canonical, exported in draft.columns(dataset)
        if exported in by_name and (canonical in known or canonical.endswith("email"))
    )


def _as_said(name: str) -> Recognised:
    preset = load_preset(name)
    return Recognised(name, preset["table"], str(preset["doc"]), alone=False, columns=0)


def _check(name: str) -> None:
    if name not in preset_names():
        raise ConfigError(
            f"There is no preset {name[:60]}." + did_you_mean(name, preset_names()),
            f"The presets are {', '.join(preset_names())}.",
        )
