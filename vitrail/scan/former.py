"""What of earlier runs still holds: the inputs whose bytes nothing has touched since.

An input is known again by the SHA-256 of its file and by what its first rows say of its columns;
under another name it is the same input. It is taken over where the earlier run stood on the same
key, options, code and recognisers. Where only some recognisers changed, it is *doubtful*: what the
others found still holds wherever the changed ones find nothing and found nothing.

Why that is exact: given its column's first look, which is compared here, the verdict on a cell is
settled among the spans of its recognisers, the strongest first (:mod:`vitrail.detect.overlaps`).
A span that loses takes no other with it. So recognisers without a span in a cell, neither then nor
now, change nothing there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vitrail.detect.identity import EVERY_TYPE
from vitrail.detect.registry import BY_MODEL
from vitrail.errors import UsageError
from vitrail.model import ColumnVerdict, InputFile, InputStatus, RunState, ScanRun
from vitrail.scan.basis import changed_types, same_options
from vitrail.scan.documents import COLUMNS, RUN, load, read_run
from vitrail.scan.hits import HITS
from vitrail.scan.kernel import Place

_ASIDE: Final = "former"


@dataclass(frozen=True, slots=True)
class Kept:
    """An input of an earlier run, with what was found out about it. ``changed``: the entity types
    whose recognisers are no longer the same."""

    directory: Path
    run: str
    input: InputFile
    columns: tuple[ColumnVerdict, ...]
    changed: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        return Place(self.input.name, self.input.table)

    @property
    def found_changed(self) -> bool:
        """Whether a type that has changed was found in it."""
        return any(kind in self.changed for column in self.columns for kind, _ in column.hits)


class Former:
    """The inputs of some earlier runs; where two runs have the same, that of the first counts."""

    def __init__(self, directories: Iterable[Path], document: Mapping[str, Any]) -> None:
        """``document``: the new run's, with which an earlier one must agree."""
        self._by_look: dict[str, list[Kept]] = {}
        for directory in directories:
            for look, kept in _kept(directory, document):
                self._by_look.setdefault(look, []).append(kept)

    def candidates(self, look: str) -> Sequence[Kept]:
        """The inputs that begin alike and have the same size."""
        return self._by_look.get(look, ())

    def find(self, look: str, sha256: str | None, place: Place) -> Kept | None:
        """The input with these bytes; the one of the same name where several have them."""
        same = [k for k in self.candidates(look) if sha256 and k.input.sha256 == sha256]
        return min(same, key=lambda k: k.place != place, default=None)


def set_aside(directory: Path, *, keep: bool) -> tuple[Path, ...]:
    """Where the finished run is that stood in ``directory``, out of the way of the next one; it
    counts until :func:`forget`. Unless ``keep``, none is left."""
    aside = directory / _ASIDE
    if not keep:
        forget(directory)
        return ()
    if is_finished(directory):
        forget(directory)
        aside.mkdir()
        for name in (RUN, COLUMNS, HITS):  # in this order no kill leaves a run that seems whole
            (directory / name).rename(aside / name)
    return (aside,) if is_finished(aside) else ()


def forget(directory: Path) -> None:
    """Delete the run that was set aside, once the new one is done."""
    shutil.rmtree(directory / _ASIDE, ignore_errors=True)


def is_finished(directory: Path) -> bool:
    """Whether ``directory`` holds a run that came to its end, with all that it wrote."""
    try:
        return (
            (directory / HITS).is_dir()
            and (directory / COLUMNS).is_file()
            and (directory / RUN).is_file()
            and read_run(directory)["state"] == RunState.DONE.value
        )
    except UsageError:
        return False  # damaged


def _kept(directory: Path, document: Mapping[str, Any]) -> Iterable[tuple[str, Kept]]:
    if not is_finished(directory):
        return
    former = read_run(directory)
    if former.get("key") != document["key"] or not same_options(former, document):
        return
    changed = changed_types(former, document)
    if changed & {EVERY_TYPE, *BY_MODEL}:
        return  # what names are is not settled cell by cell
    run = load(directory)
    columns = _by_place(run)
    looks = {Place(d["dataset"], d["table"]): d.get("look") for d in former["datasets"]}
    for file in run.inputs:
        place = Place(file.name, file.table)
        look = looks.get(place)
        if look is not None and file.status not in (InputStatus.UNREADABLE, InputStatus.PARTLY):
            yield (
                look,
                Kept(directory, file.reused_from or run.id, file, columns.get(place, ()), changed),
            )


def _by_place(run: ScanRun) -> dict[Place, tuple[ColumnVerdict, ...]]:
    found: dict[Place, list[ColumnVerdict]] = {}
    for column in run.columns:
        found.setdefault(Place(column.dataset, column.table), []).append(column)
    return {place: tuple(columns) for place, columns in found.items()}
