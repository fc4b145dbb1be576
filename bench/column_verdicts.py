"""Column verdicts on made columns: misleading names, few rows, types, blanks, seven languages.

    python -m bench.column_verdicts [--seed N] [--tables N] [--faker] [--errors]

Tables of a dozen columns, each with names that fit, say nothing or mislead, are written as CSV and
scanned. Precision and recall stand by type, and the columns that are nothing by kind. ``--faker``:
people, places, firms and phones from Faker, where it is installed, instead of the house's words.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from bench.column_kinds import HELD, SILENT, Case
from bench.column_lookalikes import LOOKALIKES
from vitrail import scan
from vitrail.keys import Keyring
from vitrail.model import ColumnVerdict

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pl")
ROWS = (5, 12, 30, 50, 300)
_BLANK = ("", "", "", "n/a", "-")


@dataclass(frozen=True, slots=True)
class Made:
    """A column as it was made: its kind, and which sort of name it has."""

    case: Case
    naming: str


def table(rng: Random, number: int, folder: Path) -> dict[tuple[str, str], Made]:
    """Write a table; what its columns are by (file, column)."""
    language, rows = LANGUAGES[number % len(LANGUAGES)], rng.choice(ROWS)
    fitting = [case for case in (*HELD, *LOOKALIKES) if language in case.languages.split()]
    columns: dict[str, tuple[Made, list[object]]] = {}
    for case in rng.sample(fitting, 14):
        name, naming = _named(case, rng)
        if name.casefold() in map(str.casefold, columns):
            continue
        empty = rng.choice((0, 0, 0, 0.2, 0.6))
        cells = [case.make(rng, language) for _ in range(rows)]
        cells = [rng.choice(_BLANK) if rng.random() < empty else cell for cell in cells]
        if all(cell in _BLANK for cell in cells):
            continue
        columns[name] = Made(case, naming), cells
    path = folder / f"t{number:03}_{language}_{rows}{'.parquet' if number % 3 == 0 else '.csv'}"
    _write(path, {name: cells for name, (_, cells) in columns.items()})
    return {(path.name, name): made for name, (made, _) in columns.items()}


def _write(path: Path, columns: dict[str, list[object]]) -> None:
    """As CSV, or as Parquet with the types that the cells have."""
    if path.suffix == ".parquet":
        pq.write_table(pa.table({n: pa.array(_typed(cells)) for n, cells in columns.items()}), path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _typed(cells: list[object]) -> list[object]:
    """Numbers stay such, with nulls for blanks; beside texts all are texts."""
    filled = [cell for cell in cells if cell not in _BLANK]
    if any(isinstance(cell, str) for cell in filled):
        return [str(cell) for cell in cells]
    return [None if cell in _BLANK else cell for cell in cells]


def _named(case: Case, rng: Random) -> tuple[str, str]:
    namings = {"fitting": case.names.split("|")}
    if case.silent:
        namings["silent"] = list(SILENT)
    if case.misleading:
        namings["misleading"] = case.misleading.split("|")
    naming = rng.choice(list(namings))
    return rng.choice(namings[naming]), naming


def verdicts(folder: Path) -> list[ColumnVerdict]:
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-") as out:
        plan = scan.plan([folder], scan.ScanOptions(names="auto"))
        return list(scan.run(plan, Path(out), Keyring(bytes(32)), run_id="bench").columns)


def report(made: dict[tuple[str, str], Made], found: list[ColumnVerdict], errors: bool) -> None:
    right, wanted, told = Counter[str](), Counter[str](), Counter[str]()
    wrong: dict[str, list[str]] = defaultdict(list)
    for column in found:
        truth = made[Path(column.dataset).name, column.column]
        kind, verdict = truth.case.verdict, column.verdict
        wanted[kind or "none"] += 1
        told[verdict or "none"] += 1
        right[kind or "none"] += kind == verdict
        if kind != verdict:
            where = f"{column.dataset} · {column.column} ({truth.naming}): {column.reason}"
            wrong[f"{truth.case.kind} judged {verdict}"].append(where)
    print(f"\n{len(found)} columns")
    print(f"  {'type':16} {'made':>6} {'found':>6} {'right':>6} {'precision':>9} {'recall':>7}")
    kinds = sorted((set(wanted) | set(told)) - {"none"})
    for name, of in [*((k, [k]) for k in kinds), ("all types", kinds)]:
        w, t, r = (sum(c[k] for k in of) for c in (wanted, told, right))
        precision, recall = f"{r / t:.3f}" if t else "–", f"{r / w:.3f}" if w else "–"
        print(f"  {name:16} {w:6} {t:6} {r:6} {precision:>9} {recall:>7}")
    for name, places in sorted(wrong.items(), key=lambda item: -len(item[1])):
        print(f"  {name}: {len(places)}")
        for where in places if errors else ():
            print(f"      {where}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--tables", type=int, default=140)
    parser.add_argument("--faker", action="store_true")
    parser.add_argument("--errors", action="store_true", help="name the columns judged wrongly")
    arguments = parser.parse_args()
    if arguments.faker:
        from bench.column_faker import use_faker

        use_faker(arguments.seed)
    rng = Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-") as name:
        made: dict[tuple[str, str], Made] = {}
        for number in range(arguments.tables):
            made |= table(rng, number, Path(name))
        report(made, verdicts(Path(name)), arguments.errors)


if __name__ == "__main__":
    main()
