"""No report of a scan tells what it found: every kind in every encoding, in cells and in names."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
import xlsxwriter

from tests.loaded import loaded
from vitrail import report
from vitrail.keys import Keyring
from vitrail.scan import ScanOptions, findings, load, plan, run

#: Values of no one, each with the check digits of its kind.
VALUES = {
    "mail": "hannelore.quistgaard@example.org",
    "phone": "+33612345678",
    "card": "4539578763621486",
    "iban": "FR1420041010050500013M02606",
    "ip": "81.2.69.160",
    "mac": "00:1B:44:11:3A:B7",
    "wallet": "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    "ssn": "536-90-4399",
    "nir": "255081416802538",
    "nif": "12345678Z",
    "pesel": "44051401359",
    "aws key": "AKIAQ7XWN3RVCJ5T2LMB",
    "birth": "date of birth: 12/03/1984",
    "url": "https://shop.example.org/u?email=ottoline.brandvold@example.org",
    "person": "Hannelore Quistgaard",
    "ipv6": "2001:db8:85a3::8a2e:370:7334",
    "nhs": "943 476 5919",
    "bsn": "111222333",
    "tax": "65929970489",
    "swiss": "756.9217.0769.85",
    "nino": "AB123456C",
    "italian": "RSSMRA85T10A562S",
    "finnish": "131052-308T",
    "plate": "12 rue de la Pompe",
    "born": "1984-03-12",
}
#: What a file, a table, a column or a key is called by: numbers beside the word that tells them.
IN_NAMES = {
    **{kind: VALUES[kind] for kind in VALUES if kind not in {"url", "birth"}},
    "pesel": "pesel_44051401359",
    "nhs": "NHS 943 476 5919",
    "bsn": "bsn_111222333",
    "tax": "steuer-id 65929970489",
    "nino": "nino AB123456C",
    "born": "date of birth 1984-03-12",
}


def encoded(value: str) -> dict[str, str]:
    """The value as exports carry it."""
    return {
        "plain": value,
        "percent": quote(value, safe=""),
        "twice": quote(quote(value, safe=""), safe=""),
        "base64": base64.b64encode(value.encode()).decode(),
        "entities": "".join(f"&#{ord(c)};" for c in value),
        "escapes": json.dumps({"v": "".join(c for c in value)}).replace("@", "\\u0040"),
        "md5": hashlib.md5(value.encode()).hexdigest(),
        "sha1": hashlib.sha1(value.encode()).hexdigest(),
        "sha256": hashlib.sha256(value.encode()).hexdigest(),
    }


def _planted(folder: Path) -> None:
    rows = [encoded(value) | {"kind": kind} for kind, value in VALUES.items()]
    for number, name in enumerate(IN_NAMES.values()):
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*rows[0], name] if number == 0 else ["id", name])
            writer.writerows([*row.values(), "x"] for row in rows if number == 0)
        (folder / name).mkdir()
        (folder / name / f"{name}.parquet").write_bytes(b"PAR1 cut short")
        (folder / name / "late.json").write_text(json.dumps([{"a": 1}, {name: {"note": "x"}}]))
    (folder / "by_key.json").write_text(json.dumps({"people": dict.fromkeys(IN_NAMES.values(), 1)}))
    with sqlite3.connect(folder / "shop.sqlite") as shop:
        for name in IN_NAMES.values():
            shop.execute(f'CREATE TABLE "{name}" ("{name}")')
            shop.execute(f'INSERT INTO "{name}" VALUES (?)', [VALUES["mail"]])
    with xlsxwriter.Workbook(str(folder / "book.xlsx")) as book:
        for name in IN_NAMES.values():
            sheet = book.add_worksheet(name.replace(":", "")[:31])
            sheet.write_row(0, 0, ["id", name])
            sheet.write_row(1, 0, [1, VALUES["person"]])
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for name in IN_NAMES.values():
            archive.writestr(f"{name}/{name}.csv", "a,b\n1,2\n")
            archive.writestr(f"{name}/{name}.avro", b"Obj\x01 cut short")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that a scan has written and said."""
    home, own = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("own")
    exports, out = home / "exports", own / "run"
    exports.mkdir()
    _planted(exports)
    (home / "known.txt").write_text(f"{VALUES['mail']}\n{VALUES['phone']}\n")
    env = {**os.environ, "HOME": str(home)}
    names = ["--names", "off", "--known", str(home / "known.txt")]
    looked = ["scan", str(exports), *names, "--out", str(out)]
    done = loaded().run([*looked, "--write-baseline", str(own / "baseline.json")], env, 200)
    assert done.returncode == 3, done.stderr
    copied = loaded().run(["redact", str(exports), *names, "--out", str(own / "copy")], env, 200)
    assert copied.returncode == 3, copied.stderr
    (own / "terminal.txt").write_text(done.stdout + done.stderr + copied.stdout + copied.stderr)
    for number, log in enumerate(home.rglob("*.log*")):
        shutil.copy(log, own / f"log{number}.txt")
    key = next(path for path in home.rglob("key") if path.is_file())
    scanned, found = load(out), findings(out, keys=Keyring.load(key))
    assert len({f.entity_type for f in found}) >= 10
    (own / "report.html").write_text(report.scan_html(scanned, found))
    (own / "report.csv").write_text(report.scan_csv(scanned, found))
    (own / "report.json").write_text(json.dumps(report.scan_json(scanned, found)))
    (own / "report.sarif.json").write_text(json.dumps(report.scan_sarif(scanned, found)))
    (own / "report.pdf").write_bytes(report.scan_pdf(scanned, found))
    if shutil.which("pdftotext"):
        subprocess.run(["pdftotext", own / "report.pdf", own / "report.pdf.txt"], check=True)
    return own


def test_no_value_stands_in_anything_written_in_any_encoding(written: Path) -> None:
    told = [
        (kind, how, path.name)
        for path in written.rglob("*")
        if path.is_file()
        if path.suffix != ".zip" and not (path.suffix == ".csv" and "copy" in path.parts)
        for content in [
            str(path.relative_to(written)) + path.read_bytes().decode("utf-8", "replace")
        ]
        for kind, value in VALUES.items()
        for how, text in encoded(value).items()
        if text in content
    ]
    assert told == []


def test_the_scanner_finds_nothing_in_its_own_reports(written: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    shutil.copytree(written, reports, ignore=shutil.ignore_patterns("*.pdf", "copy"))
    keys = Keyring(bytes(range(32)))
    options = ScanOptions(names="off", jobs=1)
    run(plan([reports], options, root=reports), tmp_path / "out", keys, run_id="own")
    found = findings(tmp_path / "out", keys=keys)
    told = [(f.dataset, f.column, f.entity_type, f.samples) for f in found]
    assert told == []
