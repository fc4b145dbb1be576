"""Vitrail's own files under its own tests: the scan, and RET-02 on the facts.

The same scanner that reads the exports reads facts, runs, reports, logs and the ledger. And of
every person whom the exports say to be erased, no epoch may have a row: an import takes them out.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import vitrail.scan as scanning
from vitrail import gate
from vitrail.model import Finding, ScanRun, Verdict
from vitrail.private_files import write_private
from vitrail.workspace.importing import open_store
from vitrail.workspace.own_pdfs import text_of

if TYPE_CHECKING:
    from vitrail.scan import ScanOptions
    from vitrail.workspace.layout import Layout
    from vitrail.workspace.open_workspace import OpenWorkspace

#: Columns of our own in which numbers or words are taken for what they are not: keyed 64-bit
#: pseudonyms, one in ten of which passes for a card number, and the words and SQL of the controls.
_EVIDENCE: Final = r"(?:runs/check-[^/]*|reports/.*)/evidence\.json"
_OURS: Final = (
    (re.compile(r"facts/.*\.duckdb"), "person"),
    (re.compile(_EVIDENCE), "evidence.sql"),
    (re.compile(_EVIDENCE), "explanation"),
)
#: Read with the file that they are beside, or 64 bytes of a signature, which hold no word.
_BESIDE: Final = (".lock", "-wal", "-shm", ".sig")
#: Told as not read: its words are those of the JSON of the same run.
_UNREAD: Final = ".sarif"
_PDF: Final = ".pdf"
#: What the copy of a PDF's text is called beside the PDF's own name.
_TEXT: Final = ".txt"


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What Vitrail's own files hold. ``findings`` that are ``expected`` are keyed pseudonyms and
    the program's own words; ``erased`` persons of the exports, ``left`` of them with rows in facts.
    ``unread``: how many files of SARIF there are, which is not read, and PDFs that do not open.
    """

    run: ScanRun
    findings: tuple[Finding, ...]
    erased: int
    left: int
    unread: int = 0

    @property
    def stray(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if not f.expected)

    @property
    def verdict(self) -> Verdict:
        """RET-02 on the facts; nobody erased is nobody tested."""
        if not self.erased:
            return Verdict.NOT_TESTED
        return Verdict.FAIL if self.left else Verdict.PASS


def examine(workspace: OpenWorkspace, options: ScanOptions) -> OwnFiles:
    """Scan Vitrail's own files and hold its facts against the erased; the ledger says so."""
    layout = workspace.layout
    scratch = layout.scratch()
    with (
        tempfile.TemporaryDirectory(prefix="at-rest-", dir=scratch) as copies,
        tempfile.TemporaryDirectory(prefix="own-", dir=scratch) as name,
    ):
        folder = Path(name)
        rest = [_at_rest(path, Path(copies), layout) for path in _files(layout)]
        files = [path for path in rest if path is not None]
        planned = scanning.plan(files, options, root=layout.root)
        minors = scanning.MinorsLook(datetime.now(UTC).date())
        run = scanning.run(planned, folder, workspace.keys, run_id="own", minors=minors)
        found = scanning.findings(folder, keys=workspace.keys)
    copied = Path(copies).relative_to(layout.root).as_posix() + "/"
    run = replace(run, inputs=tuple(replace(i, name=_own(i.name, copied)) for i in run.inputs))
    found = tuple(replace(f, dataset=_own(f.dataset, copied)) for f in found)
    with open_store(workspace) as store:
        erased, left = gate.erased_in_facts(store, layout.facts)
    unread = sum(path.name.endswith(_UNREAD) for path in _written(layout)) + rest.count(None)
    own = OwnFiles(run, tuple(_judged(f) for f in found), erased, left, unread)
    figures = {"files": len(run.inputs), "findings": len(own.stray), "erased": erased, "left": left}
    workspace.ledger.append(
        "own_files_checked",
        workspace.actor.name,
        {**figures, "verdict": own.verdict.value.lower()},
    )
    return own


def _files(layout: Layout) -> Iterator[Path]:
    """Everything that Vitrail wrote and that is read, but the key."""
    yield from (path for path in _written(layout) if not path.name.endswith(_UNREAD))
    yield from (path for path in (layout.ledger, layout.views, layout.annotations) if path.exists())


def _written(layout: Layout) -> Iterator[Path]:
    """Every file in Vitrail's folders that holds any bytes; what SQLite has beside its own is read
    with it."""
    for place in (layout.facts, layout.runs, layout.reports, layout.logs):
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.stat().st_size and not path.name.endswith(_BESIDE):
                yield path


def _own(name: str, copied: str) -> str:
    """The name of the file that a copy is of."""
    own = name.removeprefix(copied)
    return own.removesuffix(_TEXT) if own.endswith(_PDF + _TEXT) else own


def _at_rest(path: Path, copies: Path, layout: Layout) -> Path | None:
    """A database of SQLite's as a copy, made by SQLite; of a PDF its text, None where it does not
    open; any other file itself.

    To open and close a database's file would give up the locks that this process has on it.
    """
    if path.suffix not in (".db", ".sqlite", _PDF):
        return path
    copy = copies / path.relative_to(layout.root)
    copy.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == _PDF:
        text = text_of(path)
        if text is None:
            return None
        copy = copy.with_name(copy.name + _TEXT)
        write_private(copy, text)
        return copy
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _judged(finding: Finding) -> Finding:
    ours = any(p.fullmatch(finding.dataset) and finding.column == c for p, c in _OURS)
    return replace(finding, expected=True) if ours else finding
