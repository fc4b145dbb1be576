"""The signed pack: whole, the same when made again, and checked by an outsider's own tools."""

from __future__ import annotations

import calendar
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pypdfium2
import pytest

import vitrail.scan as scanning
from vitrail import report
from vitrail.errors import UsageError
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.promises import changes, sentences
from vitrail.workspace import CheckRun

KEYS = Keyring(b"k" * 32)
_ESCAPES = {r"\\p{L}": r"[^\\W\\d_]", r"\\p{N}": r"\\d"}  # what Python's `re` calls them


def facts(check: CheckRun) -> report.PackFacts:
    """A pack compared with a check whose MKT-02 had a longer grace and one breach less."""
    one = next(a for a in check.assessments if a.control == "MKT-02")
    moved = tuple((k, 72 if k == "grace_hours" else v) for k, v in one.evidence.parameters)
    before = tuple(
        replace(a, violations=a.violations - 1, evidence=replace(a.evidence, parameters=moved))
        if a is one
        else a
        for a in check.assessments
    )
    earlier = report.Earlier(
        "check-before", check.at - timedelta(days=30), before, changes(before, check.assessments)
    )
    months = [date(2025, 12, 1), *(date(2026, n, 1) for n in range(1, 12))]
    lived = ["gap"] * 9 + ["kept", "broken", "broken then fixed"]
    year = report.PromiseYear(
        one.control, one.title, tuple(zip(months, lived, strict=True)), "broken then fixed"
    )
    return report.PackFacts(
        check.id, "a" * 64, 12, report.key_sha256(KEYS.public_key), earlier=earlier,
        settings="abcd, approved by two", years=(year,),
    )  # fmt: skip


def make(check: CheckRun, place: Path) -> Path:
    place.mkdir()
    for name in report.EVIDENCE:
        shutil.copyfile(check.directory / name, place / name)
    report.write_pack(
        place, check.assessments, check.policy, at=check.at, facts=facts(check), signer=KEYS
    )
    return place


@pytest.fixture(scope="module")
def pack(check: CheckRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(check, tmp_path_factory.mktemp("packs") / "pack")


@pytest.fixture
def copy(pack: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack, tmp_path / "copy"))


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )


def told_commands(pack: Path) -> list[str]:
    """The commands of VERIFY.txt, as an outsider would paste them."""
    text = (pack / "VERIFY.txt").read_text().replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if re.match(r" +(openssl|sha256sum) ", line)]


def test_an_outsider_checks_it_with_the_commands_that_it_tells(copy: Path) -> None:
    name, signature, files = told_commands(copy)
    assert shell(copy, name).stdout.split()[0] == report.key_sha256(KEYS.public_key)
    assert shell(copy, signature).returncode == 0
    assert shell(copy, files).returncode == 0
    with (copy / "report.html").open("a") as page:
        page.write("<!-- -->")
    assert shell(copy, files).returncode != 0
    sums = (copy / "SHA256SUMS").read_text()
    (copy / "SHA256SUMS").write_text(sums.replace("0", "1", 1))
    assert shell(copy, signature).returncode != 0


def test_the_same_check_gives_the_same_bytes(check: CheckRun, pack: Path, tmp_path: Path) -> None:
    again = make(check, tmp_path / "again")
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {
        p.name: p.read_bytes() for p in pack.iterdir()
    }


def test_it_shows_the_year_of_each_promise_and_who_stands_for_the_settings(pack: Path) -> None:
    page = (pack / "report.html").read_text("utf-8")
    year = page.partition("The year, month by month")[2].partition("<h2>")[0]
    (row,) = re.findall(r'<td><a href="#MKT-02">.*?</tr>', year, re.DOTALL)
    assert re.findall(r">([·✓✕↻])<", row) == ["·"] * 9 + ["✓", "✕", "↻"]
    assert "broken then fixed" in row
    (told,) = json.loads((pack / "pack.json").read_text("utf-8"))["year"]
    assert told["months"]["2026-10"] == "broken"
    oscal = json.loads((pack / "report.oscal.json").read_text("utf-8"))
    props = oscal["assessment-results"]["metadata"]["props"]
    assert {"abcd, approved by two"} == {p["value"] for p in props if p["name"] == "settings"}
    pages = pypdfium2.PdfDocument(pack / "report.pdf")
    assert any("The year, month by month" in p.get_textpage().get_text_bounded() for p in pages)


def test_vitrail_verifies_it_too(pack: Path) -> None:
    found = report.verify_seal(pack)
    assert (found.ok, found.problem, found.files, found.own_key) == (True, None, 9, True)
    assert not report.verify_seal(pack, KEYS.public_key).own_key


def _change(folder: Path) -> None:
    (folder / "assessments.json").write_text("{}")


def _remove(folder: Path) -> None:
    (folder / "report.pdf").unlink()


def _add(folder: Path) -> None:
    (folder / "more.html").write_text("kept, every one of them")


def _sign_anew(folder: Path) -> None:
    """Somebody else's key, over somebody else's list."""
    _change(folder)
    names = [p.name for p in folder.iterdir() if not p.name.startswith("SHA256SUMS")]
    from vitrail.report.seal import seal

    seal(folder, names, Keyring(b"x" * 32))


def _lead_out(folder: Path) -> None:
    (folder.parent / "outside").write_text("")
    sums = (folder / "SHA256SUMS").read_bytes() + b"0" * 64 + b"  ../outside\n"
    (folder / "SHA256SUMS").write_bytes(sums)
    (folder / "SHA256SUMS.sig").write_bytes(KEYS.sign(sums))


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (_change, "assessments.json was changed"),
        (_remove, "report.pdf was signed and is not there"),
        (_add, "1 more in the folder"),
        (_sign_anew, "was not signed with this key"),
        (_lead_out, "names no file of a pack"),
    ],
)
def test_what_was_done_to_it_is_told(meddle: Callable[[Path], None], said: str, copy: Path) -> None:
    meddle(copy)
    found = report.verify_seal(copy, KEYS.public_key)
    assert not found.ok
    assert said in str(found.problem)


def test_a_key_that_is_none_and_a_folder_that_is_no_pack_are_told(
    pack: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no Ed25519 public key"):
        report.verify_seal(pack, b"not a key")
    with pytest.raises(UsageError, match="no signed pack"):
        report.verify_seal(tmp_path)


def test_its_oscal_is_valid_by_nist_s_own_schema_and_holds_every_control(
    pack: Path, check: CheckRun
) -> None:
    text = (Path(__file__).parent / "oscal-assessment-results-1.2.3.schema.json").read_text("utf-8")
    for theirs, ours in _ESCAPES.items():
        text = text.replace(theirs, ours)
    document = json.loads((pack / "report.oscal.json").read_text("utf-8"))
    jsonschema.Draft7Validator(json.loads(text)).validate(document)
    (result,) = document["assessment-results"]["results"]
    tested = {o["title"].split()[0] for o in result["observations"]}
    assert tested == {a.control for a in check.assessments}
    with pytest.raises(jsonschema.ValidationError):
        document["assessment-results"]["results"][0]["findings"][0]["target"]["status"] = {}
        jsonschema.Draft7Validator(json.loads(text)).validate(document)


def test_each_picture_has_a_title_and_says_in_words_what_it_shows(pack: Path) -> None:
    page = (pack / "report.html").read_text("utf-8")
    pictures = re.findall(r'<svg [^>]*class="picture".*?</svg>', page, re.S)
    assert len(pictures) == 3
    for picture in pictures:
        assert re.search(r'role="img"[^>]*><title>[^<]+</title><desc>[^<]+</desc>', picture)
    assert "MKT-02 FAIL" in page
    assert "last time: " in page


def test_it_prints_where_it_comes_from_and_labels_what_is_no_progress(pack: Path) -> None:
    page = (pack / "report.html").read_text("utf-8")
    for told in ("a" * 64, report.key_sha256(KEYS.public_key), "Not by the data alone:",
                 "grace hours from 72 to 0"):  # fmt: skip
        assert told in page
    (change,) = json.loads((pack / "pack.json").read_text("utf-8"))["changes"]
    assert (change["control"], change["causes"]) == ("MKT-02", ["parameters"])


def test_it_holds_no_personal_data(pack: Path, demo_workspace: Path, tmp_path: Path) -> None:
    """META-03: our own scanner reads it, and takes a few words of the controls for addresses."""
    folder = Path(shutil.copytree(pack, tmp_path / "read"))
    for unread in ("report.pdf", "SHA256SUMS.sig"):  # the page says the same as the paper
        (folder / unread).unlink()
    plan = scanning.plan((folder,), scanning.ScanOptions(names="off"))
    scanning.run(plan, tmp_path / "scan", KEYS, run_id="scan")
    hits = scanning.read_hits(tmp_path / "scan").to_pylist()
    others = {(h["entity_type"], h["dataset"]) for h in hits}
    assert {kind for kind, _ in others} <= {"STREET_ADDRESS"}, others
    page = (folder / "report.html").read_text("utf-8").splitlines()
    for hit in (h for h in hits if h["dataset"] == "report.html"):  # the others say the same
        span = page[hit["row"]][hit["start"] : hit["end"]]
        assert set(re.findall(r"[^\W\d_]+", span.casefold())) <= _own_words()
    _holds_no_person(folder, demo_workspace)


def _own_words() -> set[str]:
    """The words of the controls, of the sentences about them, and of dates: no street's name."""
    files = [*sorted(carried("queries", "promises").glob("*.sql")), Path(sentences.__file__)]
    text = "\n".join([*(f.read_text("utf-8") for f in files), *calendar.month_name])
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def _holds_no_person(folder: Path, demo: Path) -> None:
    import sqlite3

    with sqlite3.connect(f"file:{demo}/exports/accounts.sqlite?mode=ro", uri=True) as database:
        rows: list[tuple[Any, ...]] = database.execute(
            "SELECT account_id, email FROM accounts"
        ).fetchall()
    names = {str(value) for row in rows for value in row if value}
    assert len(names) > 1000
    text = "\n".join(p.read_text("utf-8") for p in sorted(folder.iterdir()))
    words = set(re.findall(r"[\w.@+-]+", text))
    assert not words & names
