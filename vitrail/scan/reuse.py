"""Finds the inputs of a run that need no scan, and brings over what is known of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Event
from typing import Final

from vitrail.detect.detector import Detector
from vitrail.errors import InputUnreadable
from vitrail.model import ColumnVerdict, Dataset, InputFile
from vitrail.scan.begin import Begun
from vitrail.scan.carrying import Carrier
from vitrail.scan.feed import Assignment
from vitrail.scan.former import Kept
from vitrail.scan.kernel import Place
from vitrail.scan.parts import Parts
from vitrail.scan.totals import Totals

#: The folder in the run's own where doubtful inputs are looked through.
_PROBE: Final = "probe"
_POLL: Final = 0.1

Stopped = Callable[[], bool]


class Reuse:
    """What earlier runs say of the inputs that this one would scan.

    ``find``, then a scan of what :meth:`probe` gives, then ``bring``. ``kept``: by the inputs'
    numbers; ``stems``: the parts brought over. ``stopped`` is asked often, from this thread; a
    step that it ends answers False.
    """

    def __init__(self, begun: Begun) -> None:
        self._begun = begun
        self.kept: dict[int, Kept] = {}
        self.stems: tuple[str, ...] = ()

    def find(self, stopped: Stopped) -> bool:
        """Compare the candidates' bytes with those of the earlier runs' inputs."""
        former, catalog = self._begun.former, self._begun.plan.catalog
        looks = [dataset["look"] for dataset in self._begun.document["datasets"]]
        candidates = {
            number: assignment
            for number, assignment in self._begun.assignments
            if not assignment.done
            and former.candidates(looks[number])
            and catalog.is_whole(assignment.dataset)
        }
        digests = self._digests([a.dataset for a in candidates.values()], stopped)
        if digests is None:
            return False
        for number, assignment in candidates.items():
            sha256 = digests[str(catalog.location(assignment.dataset))]
            kept = former.find(looks[number], sha256, assignment.place)
            same = catalog.last_change(assignment.dataset) == assignment.changed
            if kept is not None and same and not kept.found_changed:
                self.kept[number] = kept
        own = {kind for m in self._begun.setup.options.own.models for kind in m.entities}
        self.kept = {n: k for n, k in self.kept.items() if k.changed.isdisjoint(own)}
        return True

    def _digests(self, datasets: list[Dataset], stopped: Stopped) -> dict[str, str | None] | None:
        """The SHA-256 of each file, by its path: None where it cannot be read."""
        catalog, ended = self._begun.plan.catalog, Event()

        def digest(dataset: Dataset) -> str | None:
            try:
                return catalog.sha256(dataset, ended.is_set)
            except InputUnreadable:
                return None

        by_file = {str(catalog.location(dataset)): dataset for dataset in datasets}
        pool = ThreadPoolExecutor(self._begun.plan.jobs, "vitrail-sha256")
        try:
            futures = {path: pool.submit(digest, one) for path, one in by_file.items()}
            while wait(futures.values(), _POLL).not_done:
                if stopped():
                    return None
            return {path: future.result() for path, future in futures.items()}
        finally:
            ended.set()
            pool.shutdown(cancel_futures=True)

    def probe(self) -> Begun | None:
        """A scan of the doubtful inputs for the types whose recognisers changed, and for nothing
        else; None where there is none. What it strikes, :meth:`drop` takes out."""
        begun, options = self._begun, self._begun.setup.options
        known = {kind for kinds in begun.detector.coverage().values() for kind in kinds}
        types = {kind for kept in self.kept.values() for kind in kept.changed} & known
        doubtful = tuple((n, a) for n, a in begun.assignments if self._changed(n) & types)
        if not doubtful:
            return None
        directory = begun.directory / _PROBE
        shutil.rmtree(directory, ignore_errors=True)
        options = replace(options, entities=tuple(sorted(types)), names="off")
        setup = replace(begun.setup, options=options, directory=directory)
        parts = Parts(directory, begun.parts.session)
        parts.prepare(keep=False)
        return replace(
            begun,
            directory=directory,
            detector=Detector(options, setup.keys, setup.cache),
            setup=setup,
            parts=parts,
            assignments=doubtful,
            records=(),
            totals=Totals(),
        )

    def _changed(self, number: int) -> frozenset[str]:
        return self.kept[number].changed if number in self.kept else frozenset()

    def drop(self, probed: Begun) -> None:
        """Scan after all what a probe has struck, or could not read to its end."""
        for number, assignment in probed.assignments:
            total = probed.totals.datasets.get(assignment.place)
            if total is None or total.hits or total.faults or not total.complete:
                del self.kept[number]
        shutil.rmtree(probed.directory, ignore_errors=True)

    def bring(self, stopped: Stopped) -> bool:
        """Take over the hits and count them."""
        carrier = Carrier(self.kept, self._begun.places, self._begun.parts)
        if not carrier.carry(stopped):
            self.kept = {}
            return False
        self.stems = tuple(carrier.stems)
        for number, kept in self.kept.items():
            _, size = self._begun.everything[number]
            totals = self._begun.totals
            totals.rows += kept.input.rows or 0
            totals.cells += sum(column.examined for column in kept.columns)
            totals.hits += carrier.hits[number]
            totals.bytes += size
        return True

    @property
    def left(self) -> tuple[tuple[int, Assignment], ...]:
        """What is still to be scanned."""
        return tuple((n, a) for n, a in self._begun.assignments if n not in self.kept)

    def input_file(self, number: int, place: Place, size: int) -> InputFile:
        """The line of an input that was not scanned again."""
        kept = self.kept[number]
        return replace(
            kept.input, name=place.dataset, table=place.table, bytes=size, seconds=0.0,
            reused_from=kept.run,
        )  # fmt: skip

    def columns(self, number: int, place: Place) -> Iterator[ColumnVerdict]:
        """The verdicts on its columns."""
        for column in self.kept[number].columns:
            yield replace(column, dataset=place.dataset, table=place.table)
