"""Column verdicts beside labels that nobody here wrote: precision and recall by entity type.

    python -m bench.scan_labels [--names auto|all|off] [--errors]

Reads ``tabular/`` of the folder named by VITRAIL_EVAL (default ../shared/eval). Labels of what the
scan does not look for (age, gender, health …) count as "none". Places are looked for with
``--names all`` only, so without it columns labelled LOCATION are left out of the count. Each set
is counted twice: every column as it is labelled, and without those whose verdict its labels have
no word for and those in which no cell holds anything, with labels put right where a look at the
cells shows them wrong. No value is printed, only names of files and columns.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from vitrail import scan
from vitrail.detect.wording import column_words
from vitrail.keys import Keyring
from vitrail.model import ColumnVerdict

Place = tuple[str, str | None, str]

EVAL = Path(os.environ.get("VITRAIL_EVAL", "../shared/eval"))

#: The labels' words for what the scan looks for. A tuple: any of them is right, and so is none.
MEANS: dict[str, str] = {
    "PERSON": "PERSON", "PHONE": "PHONE_NUMBER", "ADDRESS": "STREET_ADDRESS",
    "EMAIL": "EMAIL_ADDRESS", "BIRTH_DATE": "DATE_OF_BIRTH", "CREDIT_CARD": "CREDIT_CARD",
    "US_SSN": "US_SSN", "IP_ADDRESS": "IP_ADDRESS", "IBAN": "IBAN_CODE", "LOCATION": "LOCATION",
}  # fmt: skip

#: Persons all the same, though public ones or inside a text; neither verdict is wrong.
EITHER = frozenset({"PERSON_PUBLIC", "FREE_TEXT_PERSON"})

#: Verdicts that a set of labels has no word for: its columns are left out of the second count by
#: the verdict, right or wrong, and by nothing else. datahub-classify knows full names and the
#: first lines of addresses alone.
BEYOND: dict[str, frozenset[str]] = {
    "datahub_classify": frozenset({"DATE_OF_BIRTH", "part of a name", "part of an address"})
}
#: Labels that are wrong by the cells: of this column four in five hold an e-mail address.
WRONG_LABELS: dict[Place, str] = {("Emails.csv", None, "ExtractedTo"): "EMAIL"}
#: What a column's name says where its cells are parts of names.
_PARTS = frozenset({"first name", "last name", "middle name", "maiden name", "surname",
                    "given name", "family name", "firstname", "lastname"})  # fmt: skip
#: What it says where they are the further lines of addresses: a suite, a post-office box.
_LINES = frozenset({"second address", "address2", "address 2", "address line 2", "line2"})


def labels_of(name: str) -> dict[Place, str]:
    """(file, table, column) → label."""
    path = EVAL / "tabular" / f"{name}_labels.jsonl"
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {_place(row): row["pii_type"] for row in rows}


def _place(row: dict[str, str]) -> Place:
    file = Path(row["file"])
    return file.name, row["table"] if file.suffix == ".sqlite" else None, row["column"]


def verdicts_of(
    places: list[Path], names: Literal["auto", "all", "off"]
) -> Iterator[tuple[Place, ColumnVerdict]]:
    """Every column of the files with the scan's verdict."""
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-") as folder:
        plan = scan.plan(list(places), scan.ScanOptions(names=names))
        run = scan.run(plan, Path(folder), Keyring(bytes(32)), run_id="bench")
        for file in run.unreadable:
            print(f"  not read: {file.name}: {file.reason}")
        for column in run.columns:
            name = Path(column.dataset).name
            table = column.table if name.endswith(".sqlite") else None
            yield (name, table, column.column), column


def _beyond(name: str, column: ColumnVerdict) -> bool:
    """Whether the labels have no word for what the verdict says, or the column holds nothing."""
    kind = column.verdict
    words = frozenset(column_words(column.column))
    if kind == "PERSON" and not words.isdisjoint(_PARTS):
        kind = "part of a name"
    if kind == "STREET_ADDRESS" and not words.isdisjoint(_LINES):
        kind = "part of an address"
    return kind in BEYOND.get(name, frozenset()) or column.reason.startswith(_EMPTY)


#: Reasons of columns in which no cell holds anything, whatever their label says of their name.
_EMPTY = ("The column is empty.", "No cell holds anything.")


@dataclass
class Count:
    """Columns by entity type: as labelled, as judged, and where both agree."""

    judged: int = 0
    right: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: str | None, verdict: str | None) -> None:
        self.judged += 1
        self.labelled[wanted or "none"] += 1
        self.found[verdict or "none"] += 1
        self.right[wanted or "none"] += wanted == verdict


def compare(
    name: str, places: list[Path], names: Literal["auto", "all", "off"], errors: bool
) -> None:
    labels = labels_of(name)
    strict, within = Count(), Count()
    wrong: dict[str, list[str]] = defaultdict(list)
    for place, column in verdicts_of(places, names):
        label = labels.get(place)
        if label is None or label in EITHER or (label == "LOCATION" and names != "all"):
            continue
        wanted, verdict = MEANS.get(label), column.verdict
        strict.add(wanted, verdict)
        beyond = _beyond(name, column)
        if not beyond:
            within.add(MEANS.get(WRONG_LABELS.get(place, label)), verdict)
        if wanted != verdict:
            where = " · ".join(part for part in place if part)
            outside = ", outside the labels' scope" if beyond else ""
            outside = ", a label that is wrong" if place in WRONG_LABELS else outside
            wrong[f"{label} judged {verdict}{outside}"].append(f"{where}  ({column.reason})")
    _table(f"{name}, every column that is labelled", len(labels), strict)
    _table(f"{name}, within the labels' scope", len(labels), within)
    if errors:
        for kind, places_ in sorted(wrong.items()):
            print(f"  {kind}")
            for where in places_:
                print(f"      {where}")


def _table(name: str, labels: int, count: Count) -> None:
    right, labelled, found = count.right, count.labelled, count.found
    print(f"\n{name}: {count.judged} columns judged of {labels} labelled")
    print(f"  {'type':16} {'labelled':>8} {'found':>6} {'right':>6} {'precision':>9} {'recall':>7}")
    kinds = sorted((set(labelled) | set(found)) - {"none"})
    for kind in kinds:
        _line(kind, labelled[kind], found[kind], right[kind])
    _line("all types", *(sum(c[k] for k in kinds) for c in (labelled, found, right)))


def _line(kind: str, labelled: int, found: int, right: int) -> None:
    precision = f"{right / found:.2f}" if found else "–"
    recall = f"{right / labelled:.2f}" if labelled else "–"
    print(f"  {kind:16} {labelled:8} {found:6} {right:6} {precision:>9} {recall:>7}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", choices=("auto", "all", "off"), default="auto")
    parser.add_argument("--errors", action="store_true", help="name the columns judged wrongly")
    arguments = parser.parse_args()
    tabular = EVAL / "tabular"
    if not tabular.is_dir():
        print("not measured: VITRAIL_EVAL names no folder with tabular/")
        return
    for name, places in (
        ("sample_dbs_and_csv", [tabular / "sample_dbs", tabular / "csv"]),
        ("datahub_classify", [tabular / "datahub_classify"]),
    ):
        compare(name, places, arguments.names, arguments.errors)


if __name__ == "__main__":
    main()
