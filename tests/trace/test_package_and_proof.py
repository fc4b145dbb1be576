"""What is handed to a person, and what is proved of one who was erased."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import UsageError
from vitrail.model import Verdict
from vitrail.workspace import Workspace

from .conftest import ASSESSED, CASE

ANN, BOB = "ann.lee@firm-mail.com", "bob.ray@other-mail.com"

SOURCES = """
[sources.accounts]
file = "exports/accounts.csv"
table = "accounts"
timezone = "UTC"
columns = { account_id = "account_id", email = "email" }
[sources.profiles]
file = "exports/profiles.csv"
table = "profiles"
timezone = "UTC"
columns = { account_id = "account_id", name = "name", phone = "phone", city = "city" }
[sources.archives]
file = "exports/archives.csv"
table = "archives"
timezone = "UTC"
[sources.archives.columns]
account_id = "account_id"
table_name = "table_name"
columns = "columns"
reason = "reason"
hold_from = "hold_from"
hold_until = "hold_until"
[sources.deletions]
file = "exports/deletions.csv"
table = "deletions"
timezone = "UTC"
columns = { account_id = "account_id", reason = "reason", requested_at = "requested_at" }
[sources.leads]
file = "exports/leads.csv"
role = "processor"
table = "profiles"
columns = { email = "email", name = "name" }
"""

EXPORTS = {
    "accounts.csv": f"account_id,email\nacc-100001,{ANN}\nacc-100002,{BOB}\n",
    "profiles.csv": "account_id,name,phone,city\n"
    "acc-100001,Ann Lee,+33 6 98 76 54 32,Lyon\nacc-100002,Bob Ray,+33 6 11 22 33 44,Nice\n",
    "archives.csv": "account_id,table_name,columns,reason,hold_from,hold_until\n",
    "deletions.csv": "account_id,reason,requested_at\n",
    "leads.csv": f"email,name\n{ANN},Ann Lee\n",
    "notes.csv": "id,body\n"
    f'1,"From {ANN}: ask {BOB} or call +33 6 11 22 33 44, I am on +33 6 98 76 54 32"\n'
    f'2,"{BOB} wrote"\n3,"seen: Ann Lee"\n',
    "reviews.csv": f"account_id,by,body\nacc-100002,{BOB},as {ANN} told me\n",
    "formula.csv": f"mail,=x,y\n{ANN},=1+1,+33 6 98 76 54 32\n",
}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Workspace]:
    """``small(**{"file": text})``: a company of two, some of its exports other than usual."""
    opened: list[Workspace] = []

    def make(**changed: str | None) -> Workspace:
        root = tmp_path / "w"
        (root / "exports").mkdir(parents=True)
        (root / "vitrail.toml").write_text(ASSESSED + SOURCES)
        for name, text in {**EXPORTS, **changed}.items():
            if text is not None:
                (root / "exports" / name).write_text(text)
        opened.append(vitrail.open(root))
        return opened[-1]

    return make


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("p") / "w"
    (root / "exports").mkdir(parents=True)
    (root / "vitrail.toml").write_text(ASSESSED + SOURCES)
    for name, text in EXPORTS.items():
        (root / "exports" / name).write_text(text)
    with vitrail.open(root) as workspace:
        workspace.access_package([ANN], root / "package", names=False, **CASE)
    yield root / "package"
    shutil.rmtree(root)


def _records(package: Path, dataset: str) -> list[dict[str, str]]:
    (file,) = package.glob(f"*_{dataset}.json")
    records: list[dict[str, str]] = json.loads(file.read_text())
    return records


def test_the_persons_own_rows_are_whole(package: Path) -> None:
    assert _records(package, "profiles_csv") == [
        {"account_id": "acc-100001", "name": "Ann Lee", "phone": "+33 6 98 76 54 32",
         "city": "Lyon"}
    ]  # fmt: skip
    assert _records(package, "accounts_csv") == [{"account_id": "acc-100001", "email": ANN}]


def test_others_in_it_are_masked_and_nobody_else_is_there(package: Path) -> None:
    (note,) = _records(package, "notes_csv")
    assert note["body"] == (
        f"From {ANN}: ask <EMAIL_ADDRESS> or call <PHONE_NUMBER>, I am on +33 6 98 76 54 32"
    )
    everything = "".join(file.read_text() for file in package.iterdir())
    for raw in (BOB, "Bob Ray", "acc-100002", "11 22 33 44"):
        assert raw not in everything


def test_of_anothers_row_only_what_tells_the_person_is_given(package: Path) -> None:
    assert _records(package, "reviews_csv") == [{"body": f"as {ANN} told me"}]


def test_each_table_is_there_as_csv_and_as_json(package: Path) -> None:
    for file in package.glob("*.csv"):
        with file.open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == len(json.loads(file.with_suffix(".json").read_text()))
    (formula,) = package.glob("*_formula_csv.csv")
    assert formula.read_text().splitlines() == [
        "mail,'=x,y", f"{ANN},'=1+1,+33 6 98 76 54 32"
    ]  # fmt: skip


def test_the_manifest_tells_every_file_and_what_was_left_out(package: Path) -> None:
    manifest = json.loads((package / "manifest.json").read_text())
    files = {one["file"]: one["sha256"] for one in manifest["files"]}
    assert set(files) == {f.name for f in package.iterdir()} - {"manifest.json", "letter.html"}
    for name, digest in files.items():
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == digest
    assert manifest["left_out"] == {"rows_by_name_only": 1, "rows_held_for_a_customer": 1}
    assert not [one for one in manifest["files"] if one["dataset"] == "leads.csv"]
    letter = (package / "letter.html").read_text()
    assert "DSAR-14" in letter
    assert "on behalf of a customer" in letter


def test_only_its_owner_may_open_it(package: Path) -> None:
    assert package.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in package.iterdir()} == {0o600}


def test_what_breaks_off_leaves_nothing_half(
    small: Callable[..., Workspace], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = small()

    def interrupted(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("vitrail.workspace.access_package.letter_html", interrupted)
    with pytest.raises(KeyboardInterrupt):
        workspace.access_package([ANN], tmp_path / "out", names=False, **CASE)
    assert [p.name for p in tmp_path.iterdir()] == ["w"]


def test_a_folder_that_is_there_is_not_touched(
    small: Callable[..., Workspace], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="there already"):
        small().access_package([ANN], tmp_path, names=False, **CASE)


# --- proof of deletion ----------------------------------------------------------------------

GONE: dict[str, str | None] = {
    "accounts.csv": f"account_id,email\nacc-100002,{BOB}\n",
    "leads.csv": None, "notes.csv": None, "reviews.csv": None, "formula.csv": None,
    "deletions.csv": "account_id,reason,requested_at\nacc-100001,closed,2026-01-01 00:00:00\n",
}  # fmt: skip
ONLY_BOB = "account_id,name,phone,city\nacc-100002,Bob Ray,+33 6 11 22 33 44,Nice\n"
HEAD = "account_id,table_name,columns,reason,hold_from,hold_until\n"


def test_someone_of_whom_the_registers_alone_know_is_gone(
    small: Callable[..., Workspace],
) -> None:
    proof = small(**GONE, **{"profiles.csv": ONLY_BOB}).deletion_proof(["acc-100001", ANN], **CASE)
    assert proof.verdict is Verdict.PASS
    assert {(p.dataset, s) for p, s, _ in proof.standings} == {("deletions.csv", "register")}


@pytest.mark.parametrize(
    ("hold", "verdict"),
    [
        (None, Verdict.FAIL),
        (("acc-100001", "profiles", "name;phone", "dispute", "2027"), Verdict.PASS),
        (("acc-100001", "profiles", "name", "dispute", "2027"), Verdict.FAIL),
        (("acc-100001", "profiles", "name;phone", "dispute", "2025"), Verdict.FAIL),
        (("acc-100001", "profiles", "name;phone", "nostalgia", "2027"), Verdict.FAIL),
        (("acc-100001", "orders", "name;phone", "dispute", "2027"), Verdict.FAIL),
        (("acc-100002", "profiles", "name;phone", "dispute", "2027"), Verdict.FAIL),
    ],
    ids=["none", "valid", "too few columns", "run out", "no ground", "other table", "other person"],
)  # fmt: skip
def test_a_row_that_is_left_takes_a_valid_hold(
    small: Callable[..., Workspace], hold: tuple[str, ...] | None, verdict: Verdict
) -> None:
    rows = HEAD
    if hold is not None:
        account, table, columns, reason, year = hold
        rows += f"{account},{table},{columns},{reason},2024-01-01 00:00:00,{year}-01-01 00:00:00\n"
    workspace = small(**GONE, **{"archives.csv": rows})
    proof = workspace.deletion_proof(["acc-100001", ANN], **CASE)
    assert proof.verdict is verdict
    held = {s for p, s, _ in proof.standings if p.dataset == "profiles.csv"}
    assert ("left" in held) is (verdict is Verdict.FAIL)


def test_what_could_not_be_read_leaves_it_open(small: Callable[..., Workspace]) -> None:
    workspace = small(**GONE, **{"profiles.csv": ONLY_BOB, "broken.parquet": "PAR1 no PAR1"})
    proof = workspace.deletion_proof([ANN], **CASE)
    assert proof.verdict is Verdict.INCONCLUSIVE


def test_the_evidence_holds_no_value_and_the_ledger_its_digest(
    small: Callable[..., Workspace],
) -> None:
    workspace = small()
    proof = workspace.deletion_proof([ANN, BOB], each=True, **CASE)
    assert {v.value for v in proof.verdicts.values()} == {"FAIL"}
    assert len(proof.verdicts) == 2
    written = (proof.folder / "proof.json").read_bytes()
    html = (proof.folder / "proof.html").read_text()
    for raw in (ANN, BOB, "Ann Lee", "acc-100001", "98 76 54 32", "DSAR-14"):
        assert raw not in html
        assert raw.encode() not in written
    last = workspace.events()[-1]
    assert last.payload["sha256"] == hashlib.sha256(written).hexdigest()
    assert last.payload["verdict"] == "fail"
