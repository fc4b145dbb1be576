"""What has not changed is not scanned again, and the run says the same as if it had been."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vitrail import scan
from vitrail.detect import registry
from vitrail.detect.detector import judges_of
from vitrail.keys import Keyring
from vitrail.model import InputStatus, ScanRun
from vitrail.scan.parts import Parts

OPTIONS = scan.ScanOptions(names="off", jobs=2)
NIR = "2 69 05 49 588 157 80"

Scan = Callable[..., ScanRun]


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Files of several kinds: small ones that share a part, one of many parts, a database."""
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in "abcd":
        _csv(folder / f"{name}.csv", [[f"{name}{n}@example-mail.org", n] for n in range(30)])
    _csv(folder / "big.csv", [[f"user{n}@example-mail.org says hello", n] for n in range(9000)])
    _csv(folder / "dull.csv", [["nothing", n] for n in range(30)])
    _csv(folder / "health.csv", [[f"carte vitale {NIR}" if n == 3 else "ok", n] for n in range(9)])
    with sqlite3.connect(folder / "shop.sqlite") as db:
        db.execute("CREATE TABLE people (mail TEXT)")
        db.execute("CREATE TABLE things (name TEXT)")
        db.executemany(
            "INSERT INTO people VALUES (?)", [(f"p{n}@example-mail.org",) for n in "xyz"]
        )
        db.execute("INSERT INTO things VALUES ('spoon')")
    db.close()
    return folder


def _csv(path: Path, rows: list[list[Any]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["remark", "pieces"], *rows])


@pytest.fixture
def scanned(exports: Path, tmp_path: Path, keys: Keyring) -> Scan:
    """Scans the exports into a folder named ``out``."""

    def scanned(out: str, *since: str, options: scan.ScanOptions = OPTIONS, **more: Any) -> ScanRun:
        return scan.run(
            scan.plan([exports], options), tmp_path / out, more.pop("keys", keys), run_id=out,
            since=[tmp_path / name for name in since], block_bytes=64 << 10, **more,
        )  # fmt: skip

    return scanned


def reused(run: ScanRun) -> set[str]:
    return {
        i.name if i.table is None else f"{i.name} {i.table}" for i in run.inputs if i.reused_from
    }


def assert_same(run: ScanRun, full: ScanRun) -> None:
    """Everything but time and reuse is as in a run that scanned all."""
    one, other = Path(run.directory), Path(full.directory)
    assert scan.read_hits(one).equals(scan.read_hits(other))
    assert (one / "columns.json").read_bytes() == (other / "columns.json").read_bytes()
    assert _plain(one) == _plain(other)


def _plain(directory: Path) -> dict[str, Any]:
    document = json.loads((directory / "run.json").read_text())
    for name in ("id", "started_at", "ended_at", "seconds"):
        del document[name]
    del document["totals"]["reused"]
    for file in document["inputs"]:
        del file["seconds"], file["reused_from"]
    return dict(document)


ALL = {"a.csv", "b.csv", "big.csv", "c.csv", "d.csv", "dull.csv", "health.csv",
       "shop.sqlite people", "shop.sqlite things"}  # fmt: skip


def test_nothing_is_scanned_again_where_nothing_changed(
    scanned: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = scanned("full")
    assert reused(full) == set()
    assert full.hits > 9000

    def no_work(*_: object) -> None:
        raise AssertionError("a part was scanned")

    monkeypatch.setattr(Parts, "write", no_work)
    again = scanned("again", "full")
    assert reused(again) == ALL
    assert {i.reused_from for i in again.inputs} == {"full"}
    assert {i.status for i in again.inputs} == {InputStatus.SCANNED}
    assert_same(again, full)
    third = scanned("third", "again")
    assert {i.reused_from for i in third.inputs} == {"full"}, "the run that read them is named"
    assert_same(third, full)


def test_only_what_changed_came_or_went_makes_work(exports: Path, scanned: Scan) -> None:
    scanned("first")
    _csv(exports / "b.csv", [[f"other{n}@example-mail.org", n] for n in range(31)])
    _csv(exports / "bb.csv", [["new@example-mail.org", 1]])
    (exports / "c.csv").unlink()
    run = scanned("second", "first")
    assert reused(run) == ALL - {"b.csv", "c.csv"}
    assert_same(run, scanned("full"))


def test_a_change_that_keeps_size_and_beginning_is_seen(exports: Path, scanned: Scan) -> None:
    scanned("first")
    text = (exports / "big.csv").read_text()
    (exports / "big.csv").write_text(text.replace("user8999@example-mail", "user8999@example_mail"))
    run = scanned("second", "first")
    assert reused(run) == ALL - {"big.csv"}
    assert_same(run, scanned("full"))


def test_renamed_and_copied_files_are_known_again(exports: Path, scanned: Scan) -> None:
    scanned("first")
    (exports / "a.csv").rename(exports / "z.csv")
    (exports / "big.csv").rename(exports / "bag.csv")
    (exports / "d2.csv").write_bytes((exports / "d.csv").read_bytes())
    run = scanned("second", "first")
    assert reused(run) == (ALL - {"a.csv", "big.csv"}) | {"z.csv", "bag.csv", "d2.csv"}
    assert_same(run, scanned("full"))


def test_a_finished_run_in_the_same_folder_is_built_upon(exports: Path, scanned: Scan) -> None:
    scanned("out")
    _csv(exports / "b.csv", [["other@example-mail.org", 1]])
    run = scanned("out")
    assert reused(run) == ALL - {"b.csv"}
    assert_same(run, scanned("full"))
    assert {p.name for p in Path(run.directory).iterdir()} == {
        "hits.parquet", "columns.json", "run.json",
    }  # fmt: skip


def test_fresh_scans_everything(scanned: Scan) -> None:
    scanned("out")
    assert reused(scanned("out", fresh=True)) == set()
    assert reused(scanned("other", "out", fresh=True)) == set()


@pytest.mark.parametrize(
    "options",
    [
        scan.ScanOptions(names="off", jobs=2, min_score=0.41),
        scan.ScanOptions(names="off", jobs=2, entities=("EMAIL_ADDRESS",)),
        scan.ScanOptions(names="off", jobs=2, languages=("en",)),
        scan.ScanOptions(names="off", jobs=2, sample="quick"),
        scan.ScanOptions(names="auto", jobs=2),
    ],
    ids=["min_score", "entities", "languages", "sample", "names"],
)
def test_other_options_scan_everything(
    exports: Path, scanned: Scan, options: scan.ScanOptions
) -> None:
    for path in exports.iterdir():
        if path.name not in ("a.csv", "health.csv"):
            path.unlink()
    scanned("first")
    assert reused(scanned("second", "first", options=options)) == set()


def test_another_key_scans_everything(scanned: Scan) -> None:
    scanned("first")
    assert reused(scanned("second", "first", keys=Keyring(bytes(32)))) == set()


def test_more_jobs_scan_nothing_again(scanned: Scan) -> None:
    scanned("first")
    assert reused(scanned("second", "first", options=scan.ScanOptions(names="off", jobs=1))) == ALL


def test_an_input_that_could_not_be_read_is_tried_again(exports: Path, scanned: Scan) -> None:
    (exports / "cut.parquet").write_bytes(b"PAR1 and nothing more")
    first = scanned("first")
    second = scanned("second", "first")
    assert [i.name for i in second.unreadable] == ["cut.parquet"]
    assert second.unreadable == first.unreadable
    assert_same(second, first)


def test_a_cancelled_or_damaged_run_is_not_built_upon(scanned: Scan, tmp_path: Path) -> None:
    scanned("cut", cancelled=lambda: True)
    assert reused(scanned("first", "cut")) == set()
    (tmp_path / "first" / "columns.json").unlink()
    assert reused(scanned("second", "first")) == set()
    assert reused(scanned("third", "nowhere")) == set()


@pytest.fixture
def new_recognizer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Gives a recogniser another pattern, as a new version of Vitrail would."""

    def change(name: str, regex: str) -> None:
        made = registry.recognizers

        def changed(language: str) -> list[Any]:
            found = made(language)
            for recognizer in found:
                if recognizer.name == name:
                    recognizer.patterns[0].regex = regex
            return found

        monkeypatch.setattr(registry, "recognizers", changed)
        judges_of.cache_clear()

    yield change
    judges_of.cache_clear()


def here(options: scan.ScanOptions, exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets this process do the work: workers would not know of a test's recogniser."""
    import importlib

    monkeypatch.setattr(importlib.import_module("vitrail.scan.run"), "HERE_BYTES", 1 << 40)


def test_a_new_recognizer_rescans_only_what_it_could_change(
    exports: Path, scanned: Scan, monkeypatch: pytest.MonkeyPatch,
    new_recognizer: Callable[[str, str], None],
) -> None:  # fmt: skip
    """It strikes where it found something before (health.csv) and where it does now (dull.csv)."""
    here(OPTIONS, exports, monkeypatch)
    _csv(
        exports / "dull.csv", [["medicare ZZ-12345" if n == 5 else "nothing", n] for n in range(30)]
    )
    before = scanned("before")
    new_recognizer("UsMbiRecognizer", r"\bZZ-\d{5}\b")
    new_recognizer("FrNirRecognizer", r"\bthis stands nowhere\b")
    full = scanned("full")
    run = scanned("run", "before")
    assert reused(run) == ALL - {"health.csv", "dull.csv"}
    assert_same(run, full)
    assert not scan.read_hits(Path(run.directory)).equals(scan.read_hits(Path(before.directory)))
    assert not (Path(run.directory) / "probe").exists()


def test_a_new_recognizer_that_takes_a_place_from_another_is_settled_like_a_full_scan(
    exports: Path, scanned: Scan, monkeypatch: pytest.MonkeyPatch,
    new_recognizer: Callable[[str, str], None],
) -> None:  # fmt: skip
    """Its longer span covers the addresses, whose hits must go."""
    here(OPTIONS, exports, monkeypatch)
    _csv(exports / "a.csv", [["passport of joe@example-mail.org A1", n] for n in range(3)])
    scanned("before")
    new_recognizer("UsMbiRecognizer", r"medicare passport of joe@example-mail\.org A1|"
                                      r"passport of joe@example-mail\.org A1")  # fmt: skip
    full = scanned("full")
    assert_same(scanned("run", "before"), full)


def test_a_change_of_code_that_all_recognizers_share_rescans_everything(
    scanned: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned("first")
    monkeypatch.setattr("vitrail.detect.identity.code_version", lambda *_: "another")
    assert reused(scanned("second", "first")) == set()


def test_a_file_that_is_written_to_while_it_is_read_is_told(
    exports: Path, scanned: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vitrail.exports.catalog import Catalog

    known = Catalog.sha256

    def written_meanwhile(self: Catalog, dataset: Any, *more: Any) -> str | None:
        if dataset.name == "a.csv":
            with (exports / "a.csv").open("a") as file:
                file.write("late@example-mail.org,31\n")
        return known(self, dataset, *more)

    monkeypatch.setattr(Catalog, "sha256", written_meanwhile)
    run = scanned("first")
    assert [i.name for i in run.unreadable] == ["a.csv"]
    assert "written to while it was read" in (run.unreadable[0].reason or "")
    assert run.unreadable[0].sha256 is None
    monkeypatch.undo()
    assert reused(scanned("second", "first")) == ALL - {"a.csv"}


def test_a_database_with_changes_beside_it_is_always_scanned(exports: Path, scanned: Scan) -> None:
    with sqlite3.connect(exports / "shop.sqlite") as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("INSERT INTO people VALUES ('w@example-mail.org')")
        db.commit()
        scanned("first")
        db.execute("INSERT INTO people VALUES ('v@example-mail.org')")
        db.commit()
        run = scanned("second", "first")
        assert not {name for name in reused(run) if "shop" in name}
        people = scan.read_hits(Path(run.directory)).to_pylist()
        assert len([h for h in people if h["table"] == "people"]) == 5
    db.close()


def test_a_cancel_while_taking_over_leaves_a_run_that_can_go_on(scanned: Scan) -> None:
    full = scanned("full")
    calls = iter([False, True])
    run = scanned("second", "full", cancelled=lambda: next(calls, True))
    assert run.state.value == "cancelled"
    assert_same(scanned("second", "full", resume=True), full)
