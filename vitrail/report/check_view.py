"""What the reports of a check show, in the order in which a reader asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from vitrail.model import Assessment, InputFile, ProofKind, Verdict
from vitrail.report import check_words
from vitrail.report.check_pictures import (
    against_the_last_time,
    clauses_at_a_glance,
    violations_by_month,
)
from vitrail.report.check_policy import ClauseText, PolicyText
from vitrail.report.drawing import Drawn
from vitrail.report.looks import PAGE, VERDICTS, Palette
from vitrail.report.pack_facts import PackFacts, PromiseYear
from vitrail.report.rendering import day, moment, number
from vitrail.report.shape_words import placed
from vitrail.translation import MONTH, N_, _, ngettext, retold
from vitrail.translation import day as told_day

#: The levels of cases in words.
LEVELS: Final = {
    "fail": N_("broken"),
    "warn": N_("to look at"),
    "ok": N_("in order"),
    "undecidable": N_("not settled"),
    "unexamined": N_("not examined"),
    "note": N_("beside the verdict"),
}

#: What a month was for a promise, the worst first, and the sign that stands for it in a table.
YEAR_SIGNS: Final = {"broken": "✕", "broken then fixed": "↻", "kept": "✓", "gap": "·"}
_LIVED: Final = {
    "broken": N_("broken"),
    "broken then fixed": N_("broken then fixed"),
    "kept": N_("kept"),
    "gap": N_("not tested"),
}

#: How breaches are spread, as promises/verdict.py says it.
PATTERNS: Final = (N_("isolated"), N_("systemic"))

PROOF: Final = {
    ProofKind.PROVES: N_("data shows it kept or broken"),
    ProofKind.REFUTES: N_("data can only refute it"),
    ProofKind.LOG: N_("rests on a log kept by hand"),
    ProofKind.NONE: N_("data cannot say"),
}


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause with the verdicts that speak of it, the worst first; none: no data speaks of it."""

    clause: ClauseText
    assessments: tuple[Assessment, ...]

    @property
    def without_data(self) -> Verdict:
        """What to say where no assessment speaks of the clause."""
        return Verdict.NOT_TESTED if self.clause.controls else Verdict.NOT_PROVABLE


_WORST_FIRST: Final = tuple(VERDICTS)


class CheckView:
    """A check in the order of its report: broken, to look at, unsettled, kept; then the rest."""

    def __init__(
        self,
        assessments: Sequence[Assessment],
        policy: PolicyText,
        at: datetime,
        settings: str = "",
        pack: PackFacts | None = None,
        palette: Palette = PAGE,
    ) -> None:
        self.policy = policy
        self.at = at
        self.settings = retold(settings or (pack.settings if pack else "")) or _("not told")
        self.pack = pack
        self._palette = palette
        self.assessments = tuple(sorted(assessments, key=_rank))

    @cached_property
    def years(self) -> tuple[PromiseYear, ...]:
        """How each control fared in the year, the broken first; none without a pack."""
        told = self.pack.years if self.pack else ()
        order = list(YEAR_SIGNS)
        return tuple(sorted(told, key=lambda one: (order.index(one.state), one.control)))

    def of(self, *verdicts: Verdict) -> tuple[Assessment, ...]:
        return tuple(a for a in self.assessments if a.verdict in verdicts)

    @cached_property
    def broken(self) -> tuple[Assessment, ...]:
        return self.of(Verdict.FAIL)

    @cached_property
    def to_look_at(self) -> tuple[Assessment, ...]:
        return self.of(Verdict.WARN)

    @cached_property
    def unsettled(self) -> tuple[Assessment, ...]:
        return self.of(Verdict.INCONCLUSIVE, Verdict.NOT_TESTED, Verdict.NOT_PROVABLE)

    @cached_property
    def kept(self) -> tuple[Assessment, ...]:
        return self.of(Verdict.PASS)

    @cached_property
    def stale(self) -> tuple[Assessment, ...]:
        return tuple(a for a in self.assessments if a.stale)

    @property
    def answer(self) -> str:
        """The whole check in one sentence; counts of verdicts, never a percentage."""
        many = len(self.assessments)
        open_ones = len(self.unsettled)
        counts = (
            (self.broken, ngettext("{count:,} broken", "{count:,} broken", len(self.broken))),
            (self.to_look_at, _("{count:,} to look at", count=len(self.to_look_at))),
            (self.unsettled, ngettext("{count:,} not settled by these exports",
                                      "{count:,} not settled by these exports", open_ones)),
        )  # fmt: skip
        parts = [told for some, told in counts if some]
        parts.append(
            ngettext("{count:,} kept as far as the exports show",
                     "{count:,} kept as far as the exports show", len(self.kept))
            if self.kept else _("none kept as far as the exports show")
        )  # fmt: skip
        return ngettext(
            "{count:,} promise put to the test: {verdicts}.",
            "{count:,} promises put to the test: {verdicts}.",
            many,
            verdicts=", ".join(parts),
        )

    @property
    def tiles(self) -> tuple[tuple[str, str, str, bool], ...]:
        """The four figures: name, figure, words, whether it is bad."""
        broken = bool(self.broken)
        return (
            (_("Broken"), number(len(self.broken)), _("the exports show it"), broken),
            (_("To look at"), number(len(self.to_look_at)), _("a person has to decide"), False),
            (_("Not settled"), number(len(self.unsettled)), _("something is missing"), False),
            (_("Kept"), number(len(self.kept)), _("as far as the exports show"), False),
        )

    @property
    def signed(self) -> tuple[str, ...]:
        """What those who sign say."""
        return (
            _("The exports are complete for the systems named above."),
            _("The findings above were reviewed."),
        )

    @cached_property
    def clauses(self) -> tuple[ClauseRow, ...]:
        """Every clause in the policy's order."""
        return tuple(
            ClauseRow(c, tuple(a for a in self.assessments if a.control in c.controls))
            for c in self.policy.clauses
        )

    @cached_property
    def glance(self) -> Drawn:
        """Every control by the first section that it is of, the worst first."""
        sections: dict[str, list[Assessment]] = {}
        for a in self.assessments:
            sections.setdefault(a.section.partition(",")[0].strip(), []).append(a)
        rows = [
            (_("section {number}", number=name), sections[name])
            for name in sorted(sections, key=lambda name: (len(name), name))
        ]
        return clauses_at_a_glance(rows, self._palette)

    @cached_property
    def timeline(self) -> Drawn | None:
        return violations_by_month(self.broken, self.asof[:7], self._palette)

    @cached_property
    def trend(self) -> Drawn | None:
        """The verdicts of the controls that were tested the last time too."""
        if self.pack is None or self.pack.earlier is None:
            return None
        before = self.pack.earlier.assessments
        then, now = ({a.control: a for a in some} for some in (before, self.assessments))
        both = sorted(then.keys() & now.keys())
        return against_the_last_time(
            [then[c] for c in both],
            [now[c] for c in both],
            self._palette,
        )

    @cached_property
    def inputs(self) -> tuple[InputFile, ...]:
        """Every input that some control read, once."""
        found = {(i.name, i.table): i for a in self.assessments for i in a.evidence.inputs}
        return tuple(found[key] for key in sorted(found, key=lambda k: (k[0], k[1] or "")))

    @cached_property
    def parameters(self) -> tuple[tuple[str, str, str], ...]:
        """Control, name and value of every figure that was used, in words."""
        return tuple(
            (a.control, _(name.replace("_", " ")), _value(value))
            for a in sorted(self.assessments, key=lambda a: a.control)
            for name, value in a.evidence.parameters
            if name != "asof"
        )

    @property
    def asof(self) -> str:
        """The day that the promises were judged on, ISO 8601."""
        values = {str(dict(a.evidence.parameters).get("asof", "")) for a in self.assessments}
        return ", ".join(sorted(values - {""})) or self.at.date().isoformat()

    @property
    def judged_on(self) -> str:
        """The same day as the reader writes it."""
        days = self.asof.split(", ")
        return ", ".join(day(date.fromisoformat(one)) for one in days)

    @property
    def tool(self) -> str:
        return ", ".join(sorted({a.evidence.tool_version for a in self.assessments}))

    @property
    def systems(self) -> str:
        """``exports covering 11 of 14 systems``, without the dates of one control."""
        return retold(min((a.systems for a in self.assessments), default=""))

    @property
    def since(self) -> str:
        """What the check is compared with, and what no comparison may be taken for."""
        if self.pack is None or self.pack.earlier is None:
            return ""
        return _(
            "The check of {at}, the same controls. A change that comes from parameters, mapping, "
            "coverage, a control or a clause says so, and is nobody's progress.",
            at=moment(self.pack.earlier.at),
        )

    @property
    def year_legend(self) -> str:
        """What the signs of the year stand for."""
        signs = ", ".join(f"{sign} {_(_LIVED[word])}" for word, sign in YEAR_SIGNS.items())
        return _("Of all checks of the twelve months to this one: {signs}.", signs=signs)

    @staticmethod
    def figure(assessment: Assessment) -> tuple[str, str]:
        """The number that stands at a case, and what it is of."""
        if assessment.denominator == 0:
            return "–", _("nothing examined")
        shown = assessment.violations
        if assessment.verdict is Verdict.WARN:
            shown = assessment.warnings
        return number(shown), _("of {total:,}", total=assessment.denominator)

    @staticmethod
    def month(first: date) -> str:
        return told_day(first, MONTH)

    said = staticmethod(check_words.said)
    voices = staticmethod(check_words.voices)
    ages = staticmethod(check_words.ages)
    section = staticmethod(check_words.section)
    because = staticmethod(check_words.because)
    because_of = staticmethod(check_words.because_of)
    interval = staticmethod(check_words.interval)
    standards = staticmethod(check_words.standards)
    placed = staticmethod(placed)

    @staticmethod
    def level(name: str) -> str:
        return _(LEVELS[name])

    @staticmethod
    def lived(state: str) -> str:
        return _(_LIVED[state])

    @staticmethod
    def proof(assessment: Assessment) -> str:
        return _(PROOF[assessment.kind])


def _rank(assessment: Assessment) -> tuple[int, int, str]:
    return (
        _WORST_FIRST.index(assessment.verdict),
        -assessment.severity.rank,
        assessment.control,
    )


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
