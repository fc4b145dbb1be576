"""What a scan's report shows first, and how it sorts and words it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from vitrail.detect.entities import plain_words
from vitrail.model import Change, Finding, FindingStatus, InputFile, InputStatus, ScanRun, Severity
from vitrail.report.heat_map import HeatMap, heat_map
from vitrail.report.plain import brief, named, plain
from vitrail.report.rendering import number
from vitrail.report.shape_words import shape
from vitrail.translation import N_, _, ngettext, retold
from vitrail.translation import number as told_number

_UNDECIDED: Final = frozenset({FindingStatus.OPEN, FindingStatus.REGRESSED})
_SETTLED: Final = frozenset({FindingStatus.DISMISSED, FindingStatus.GONE, FindingStatus.VERIFIED})
_ABSENT: Final = frozenset({Change.GONE, Change.NOT_EXAMINED})
_UNITS: Final = (N_("B"), N_("kB"), N_("MB"), N_("GB"), N_("TB"))


def entity_words(entity_type: str) -> str:
    """The plain name of an entity type; one that the house does not know, by its own."""
    return _(plain_words(entity_type))


def place(finding: Finding) -> str:
    """Where a finding stands: ``crm.xlsx · Clients › email``."""
    return named(finding.dataset, finding.table, finding.column)


def change_words(finding: Finding) -> str:
    """What has become of it since last time: ``still there, 3 new values``."""
    told = _(finding.change.value)
    if finding.change is not Change.STILL_THERE or not finding.new_values:
        return told
    return f"{told}, {_new_values(finding.new_values)}"


def _new_values(many: int) -> str:
    return ngettext("{count:,} new value", "{count:,} new values", many)


def cells_words(count: int) -> str:
    """``1,240 cells``."""
    return ngettext("{count:,} cell", "{count:,} cells", count)


def inputs_words(count: int) -> str:
    """``3 inputs``."""
    return ngettext("{count:,} input", "{count:,} inputs", count)


def datasets_words(count: int) -> str:
    """``3 datasets``."""
    return ngettext("{count:,} dataset", "{count:,} datasets", count)


def worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Stray before declared, severe before mild, many cells before few."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (f.expected, -f.severity.rank, -f.cells, place(f), f.entity_type),
        )
    )


def with_limits(run: ScanRun) -> tuple[InputFile, ...]:
    """Inputs that were read to their end, of which something was not looked at."""
    return tuple(
        i
        for i in run.inputs
        if i.status is InputStatus.SAMPLED or (i.status is InputStatus.SCANNED and i.reason)
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: its words, how many, and its length from 0 to 1."""

    name: str
    count: int
    share: float
    note: str


def _bars(rows: Sequence[tuple[str, int, str]]) -> tuple[Bar, ...]:
    most = max((number for _, number, _ in rows), default=0)
    return tuple(Bar(name, n, n / most if most else 0.0, note) for name, n, note in rows)


class ScanView:
    """A run and its findings, arranged in the order in which an auditor asks."""

    #: As many findings as a table of the page shows.
    LISTED: Final = 500
    _METHOD: Final = (
        N_("Every input was read as it was exported."),
        N_(
            "What may be personal data was judged by recognisers: by its form, its check digits, "
            "the words around it, the name of its column and, for names and addresses, a model."
        ),
        N_("A hit is kept as its place, a keyed fingerprint and its shape. The value is not kept."),
    )
    _LIMITS: Final = (
        N_("It speaks of the inputs listed below, not of systems that were not exported."),
        N_(
            "A finding is what a program takes for personal data. Whether it is, and whether it "
            "may be there, a person decides."
        ),
        N_("Names and addresses are found less surely than numbers with check digits."),
        N_(
            "Where nothing was found nothing is proved: a value in a picture, in an encrypted file "
            "or in a writing that nobody foresaw is not seen."
        ),
    )

    def __init__(self, run: ScanRun, findings: Sequence[Finding]) -> None:
        self._run = run
        self._findings = worst_first(findings)

    @property
    def method(self) -> list[str]:
        return list(map(_, self._METHOD))

    @property
    def limits(self) -> list[str]:
        return list(map(_, self._LIMITS))

    _MADE_WITH: Final = (
        N_("Looked for"), N_("Rows"), N_("Names"), N_("Languages"), N_("Recognisers"),
        N_("Settings"),
    )  # fmt: skip

    @property
    def made_with(self) -> list[tuple[str, str]]:
        """What the run was made with, by name."""
        return [
            (_(name) if name in self._MADE_WITH else name, retold(words))
            for name, words in self._run.made_with
        ]

    @cached_property
    def present(self) -> tuple[Finding, ...]:
        """What this scan found, whatever was decided on it."""
        return tuple(f for f in self._findings if f.change not in _ABSENT)

    @cached_property
    def stray(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.present if not f.expected and f.status not in _SETTLED)

    @cached_property
    def urgent(self) -> tuple[Finding, ...]:
        """Stray, severe and undecided: what is read first."""
        return tuple(
            f
            for f in self.stray
            if f.status in _UNDECIDED and f.severity.rank >= Severity.HIGH.rank
        )

    @cached_property
    def expected(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.present if f.expected and f.status not in _SETTLED)

    @cached_property
    def settled(self) -> tuple[Finding, ...]:
        return tuple(f for f in self._findings if f.status in _SETTLED)

    @cached_property
    def unexamined(self) -> tuple[Finding, ...]:
        """Known from before, where this scan read less than what would have met them."""
        return tuple(
            f
            for f in self._findings
            if f.change is Change.NOT_EXAMINED and f.status not in _SETTLED
        )

    @cached_property
    def partly(self) -> tuple[InputFile, ...]:
        """Inputs that were read, with something to say of it: a sample, a budget."""
        return with_limits(self._run)

    @cached_property
    def heat(self) -> HeatMap:
        """What is dismissed or gone is not on it."""
        return heat_map([f for f in self.present if f.status not in _SETTLED])

    @cached_property
    def severities(self) -> tuple[Bar, ...]:
        """Stray findings by severity, the worst first."""
        rows = []
        for severity in sorted(Severity, key=lambda s: -s.rank):
            group = [f for f in self.stray if f.severity is severity]
            cells = cells_words(sum(f.cells for f in group))
            rows.append((_(severity.value), len(group), cells))
        return _bars(rows)

    @cached_property
    def since(self) -> tuple[Bar, ...]:
        """Stray findings by what has become of them; empty where there was nothing before."""
        stray = [f for f in self._findings if not f.expected]
        if all(f.change is Change.NEW for f in stray):
            return ()
        rows = []
        for change in Change:
            group = [f for f in stray if f.change is change]
            fresh = sum(f.new_values or 0 for f in group)
            if group:
                told = _new_values(fresh) if fresh else ""
                rows.append((_(change.value), len(group), told))
        return _bars(rows)

    @property
    def tiles(self) -> tuple[tuple[str, str, str, bool], ...]:
        """The four figures: name, figure, words, whether it is bad."""
        urgent, unread = self.urgent, self._run.unreadable
        found = _("in {cells}", cells=cells_words(self.stray_cells))
        of_all = _("of {inputs}", inputs=inputs_words(self.datasets))
        declared = number(len(self.expected))
        return (
            (_("Serious, undecided"), number(len(urgent)), _("high or critical"), bool(urgent)),
            (_("Stray findings"), number(len(self.stray)), found, False),
            (_("Where declared"), declared, _("the mapping says so"), False),
            (_("Not read, or in part"), number(len(unread)), of_all, bool(unread)),
        )

    @property
    def signed(self) -> tuple[str, ...]:
        """What those who sign say."""
        return (
            _("The inputs are complete for the systems they come from."),
            _("The findings above were reviewed."),
        )

    @property
    def reach(self) -> tuple[str, str, str]:
        """How many inputs, rows and columns it was."""
        columns = len(self._run.columns)
        return (
            inputs_words(self.datasets),
            ngettext("{count:,} row", "{count:,} rows", self.rows),
            ngettext("{count:,} column", "{count:,} columns", columns),
        )

    @property
    def shades(self) -> tuple[str, ...]:
        """From how many cells to how many each shade of the map stands for."""
        steps = [(10**power, 10 ** (power + 1) - 1) for power in range(4)]
        told = [_("{low:,} to {high:,} cells", low=low, high=high) for low, high in steps]
        return (*told, _("{low:,} cells or more", low=10_000))

    @property
    def datasets(self) -> int:
        return len(self._run.inputs)

    @property
    def rows(self) -> int:
        return sum(i.rows or 0 for i in self._run.inputs)

    @property
    def stray_cells(self) -> int:
        return sum(f.cells for f in self.stray)

    @property
    def answer(self) -> str:
        """The report in one or two sentences."""
        if not self._run.inputs:
            return _("Nothing was read, so nothing can be said.")
        if self.urgent:
            many = len({(f.dataset, f.table) for f in self.urgent})
            said = ngettext(
                "{count:,} serious finding in {datasets} waits for a decision.",
                "{count:,} serious findings in {datasets} wait for a decision.",
                len(self.urgent),
                datasets=datasets_words(many),
            )
        elif self.stray:
            said = ngettext(
                "{count:,} stray finding, none of them serious and undecided.",
                "{count:,} stray findings, none of them serious and undecided.",
                len(self.stray),
            )
        else:
            said = _("No stray personal data was found in what was read.")
        return " ".join([said, *self._not_read()])

    def _not_read(self) -> Iterator[str]:
        broken = Counter(i.status for i in self._run.unreadable)
        if unread := broken[InputStatus.UNREADABLE]:
            yield ngettext(
                "{count:,} input could not be read.", "{count:,} inputs could not be read.", unread
            )
        if partly := broken[InputStatus.PARTLY]:
            yield ngettext(
                "{count:,} input could be read in part only.",
                "{count:,} inputs could be read in part only.",
                partly,
            )

    @property
    def all_read(self) -> str:
        """What is said where there is nothing that was not read."""
        if not self._run.inputs:
            return _("There was nothing to read: no input was found at the places given.")
        return _("All {inputs} were read to the end.", inputs=inputs_words(len(self._run.inputs)))

    @staticmethod
    def worst_of(told: int, found: int) -> str:
        """What is said where a list holds not all."""
        return _(
            "The {told:,} worst of {found:,} findings; the CSV and JSON reports hold all.",
            told=told, found=found,
        )  # fmt: skip

    @staticmethod
    def gist(finding: Finding) -> tuple[str, str]:
        """Why it is one: the first sentence, and what more there is to say."""
        first, mark, rest = retold(finding.explanation).partition(". ")
        return (f"{first}.", rest) if mark else (first, "")

    @staticmethod
    def unsaid(file: InputFile) -> str:
        """What stands for the reason of an input that gives none."""
        if file.status is InputStatus.UNREADABLE:
            return _("It could not be read.")
        return _("Only a sample of its values was looked at.")

    @staticmethod
    def why_unread(file: InputFile) -> str:
        """Why an input was not read, or not wholly, and what helps."""
        reason = retold(file.reason) if file.reason else ScanView.unsaid(file)
        return " ".join(filter(None, (reason, retold(file.remedy or ""))))

    @staticmethod
    def shapes(finding: Finding, most: int = 4) -> tuple[str, ...]:
        return tuple(brief(plain(shape(sample)), 80) for sample in finding.samples[:most])

    words = staticmethod(entity_words)
    place = staticmethod(place)
    change = staticmethod(change_words)
    cells = staticmethod(cells_words)
    inputs = staticmethod(inputs_words)

    @staticmethod
    def size(file: InputFile) -> str:
        """Bytes in the largest fitting unit of 1000."""
        if file.bytes is None:
            return "–"
        power = min(len(_UNITS) - 1, int(math.log(max(1, file.bytes), 1000)))
        amount = file.bytes / 1000**power
        decimals = 0 if power < 2 or amount >= 100 else 1
        return f"{told_number(amount, f'.{decimals}f')} {_(_UNITS[power])}"
