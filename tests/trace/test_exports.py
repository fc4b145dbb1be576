"""The demo company's people are found in every system, at the places that its truth knows."""

from __future__ import annotations

import base64
import gzip
import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from vitrail.exports.catalog import Catalog
from vitrail.trace import Trace
from vitrail.workspace import Workspace

from .conftest import CASE, Traced

READ: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": unquote,
    "percent2": lambda text: unquote(unquote(text)),
    "base64": lambda text: base64.b64decode(text + "=" * (-len(text) % 4)).decode(),
}


@pytest.fixture(scope="module")
def catalog(company: Path) -> Catalog:
    return Catalog.discover([company / "exports"])


@pytest.fixture(scope="module")
def planted(catalog: Catalog, demo_workspace: Path) -> list[tuple[str, tuple[object, ...]]]:
    """(address, place) of every address that strayed, read back from the exports themselves."""
    truth = pq.read_table(demo_workspace / "truth" / "stray.parquet").to_pylist()
    strays = [t for t in truth if t["entity_type"] == "EMAIL_ADDRESS"]
    cells = _cells(catalog, {(s["dataset"], s["table"], s["column"]) for s in strays})
    found = []
    for stray in strays:
        place = tuple(stray[k] for k in ("dataset", "table", "column", "row"))
        text = cells[(*place, tuple(stray["path"]))][stray["start"] : stray["end"]]
        if stray["form"] in READ:
            found.append((READ[stray["form"]](text).lower(), place))
    assert len(found) > 20
    return found


def _cells(catalog: Catalog, wanted: set[tuple[str, str | None, str]]) -> dict[object, str]:
    cells: dict[object, str] = {}
    for dataset in catalog.datasets:
        names = [c for d, t, c in wanted if (d, t) == (dataset.name, dataset.table)]
        for batch in catalog.open(dataset).batches() if names else ():
            for chunk in (c for c in batch.chunks if c.column in names):
                paths = chunk.paths.to_pylist() if chunk.paths is not None else None
                for at, text in enumerate(chunk.values.to_pylist()):
                    row = batch.first_row + at if chunk.rows is None else int(chunk.rows[at])
                    path = tuple(paths[at]) if paths is not None else ()
                    cells[(dataset.name, dataset.table, chunk.column, row, path)] = text
    return cells


def _places(found: Trace) -> set[tuple[object, ...]]:
    return {(p.dataset, p.table, p.column, p.row) for p in found.places}


def test_every_address_that_strayed_is_found_where_the_truth_says(
    workspace: Workspace, planted: list[tuple[str, tuple[object, ...]]]
) -> None:
    addresses = sorted({address for address, _ in planted})
    found = workspace.trace(addresses, each=True, **CASE)
    assert {place for _, place in planted} <= _places(found)


def test_a_persons_rows_are_all_there_in_every_system(
    workspace: Workspace, catalog: Catalog, accounts: list[tuple[str, str]]
) -> None:
    account, email = accounts[11]
    found = workspace.trace([email], **CASE)
    expected = set()
    for dataset in catalog.datasets:
        for batch in catalog.open(dataset).batches():
            for chunk in batch.chunks:
                same = pc.or_(
                    pc.equal(chunk.values, account),
                    pc.equal(pc.utf8_lower(chunk.values), email.lower()),
                )
                for at in pc.indices_nonzero(pc.fill_null(same, False)).to_pylist():
                    row = batch.first_row + at if chunk.rows is None else int(chunk.rows[at])
                    expected.add((dataset.name, dataset.table, chunk.column, row))
    systems = {dataset for dataset, *_ in expected}
    assert len(systems) > 10
    assert expected <= _places(found)
    assert {p.how for p in found.places if p.column == "account_id"} == {"key"}


def test_an_account_leads_to_its_address_and_an_address_to_its_account(
    workspace: Workspace, accounts: list[tuple[str, str]]
) -> None:
    account, email = accounts[11]
    by_account = workspace.trace([f"account:{account}"], **CASE)
    assert _places(by_account) == _places(workspace.trace([email], **CASE))


def test_many_persons_are_told_apart(workspace: Workspace, accounts: list[tuple[str, str]]) -> None:
    emails = [email for _, email in accounts[10:25]]
    together = workspace.trace(emails, each=True, **CASE)
    assert len(together.subjects) == 15
    alone = workspace.trace([emails[1]], **CASE)
    assert together.of(alone.subjects[0]) == alone.places


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "ndjson", "json", "parquet", "sqlite", "log"])
def test_a_person_is_found_in_any_format(ending: str, tmp_path: Path, trace_in: Traced) -> None:
    file = tmp_path / f"t.{ending}"
    texts = ["nothing", "write to Ann.Lee@Mail.example, or call", "joann.lee@mail.example"]
    if ending.startswith("csv"):
        text = "id,body\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(texts))
        file.write_bytes(gzip.compress(text.encode()) if ending.endswith("gz") else text.encode())
    elif ending == "ndjson":
        file.write_text("".join(f'{{"id": {n}, "body": "{t}"}}\n' for n, t in enumerate(texts)))
    elif ending == "json":
        file.write_text("[" + ",".join(f'{{"body": "{t}"}}' for t in texts) + "]")
    elif ending == "parquet":
        pq.write_table(pa.table({"body": texts}), file)
    elif ending == "sqlite":
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE t (body TEXT)")
            connection.executemany("INSERT INTO t VALUES (?)", [(t,) for t in texts])
    else:
        file.write_text("\n".join(texts) + "\n")
    found = trace_in(tmp_path, "ann.lee@mail.example")
    assert [(p.row, p.how) for p in found.places] == [(1, "text")]


@pytest.mark.parametrize(
    "lines", [["a,b"], ["a,b", "", "1,2", ""], ["a,b", '"x\n\ny",2', '"""q"",",3']]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_counted_as_the_reader_counts_them(
    lines: list[str], end: str, tmp_path: Path, trace_in: Traced
) -> None:
    filler = [f'{n},"line {n}\nof two"' for n in range(50)]
    text = end.join([*lines, *filler, "7,ann.lee@mail.example", *filler]) + end
    (tmp_path / "t.csv").write_text(text, newline="")
    catalog = Catalog.discover([tmp_path])
    rows = [
        batch.first_row + at
        for batch in catalog.open(catalog.datasets[0]).batches()
        for at, cell in enumerate(batch.chunks[1].values.to_pylist())
        if cell == "ann.lee@mail.example"
    ]
    found = trace_in(tmp_path, "ann.lee@mail.example")
    assert [p.row for p in found.places] == rows


def test_a_ragged_file_and_one_in_an_old_encoding_are_read_all_the_same(
    tmp_path: Path, trace_in: Traced
) -> None:
    (tmp_path / "ragged.csv").write_text("a,b\n1,2,3\n4,ann.lee@mail.example,5,6\n7,8\n")
    (tmp_path / "old.csv").write_bytes("a;b\n1;Élodie Dupont\n".encode("cp1252"))
    found = trace_in(tmp_path, "ann.lee@mail.example", "Élodie Dupont")
    assert {(p.dataset, p.row) for p in found.places} == {("ragged.csv", 1), ("old.csv", 0)}
    assert [f.name for f in found.unread] == ["ragged.csv"]


def test_a_hash_of_an_account_is_as_good_as_its_address(tmp_path: Path, trace_in: Traced) -> None:
    digest = hashlib.sha256(b"ann.lee@mail.example").hexdigest()
    (tmp_path / "t.csv").write_text(f"id,hash\n1,{digest}\n2,{'0' * 64}\n")
    assert [(p.row, p.how) for p in trace_in(tmp_path, "Ann.Lee@mail.example").places] == [
        (0, "SHA-256")
    ]
