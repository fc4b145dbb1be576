"""The list that the company sends with its exports: every file with its hash, and one too many."""

from __future__ import annotations

from hashlib import file_digest
from typing import Final

from vitrail.demo.company import Company
from vitrail.demo.erasure import moment
from vitrail.demo.files import write_csv

MANIFEST: Final = "governance/manifest.csv"
_FORGOTTEN: Final = "governance/recordings.csv"


def write_manifest(company: Company) -> None:
    """Written last; a file that nobody exported stands in it too."""
    files = sorted(p for p in company.exports.rglob("*") if p.is_file())
    taken = moment(company.timeline.end - 3600)
    rows = []
    for path in files:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        rows.append((path.relative_to(company.exports).as_posix(), taken, digest))
    for _ in range(company.truth.some(1, "META-01")):
        rows.append((_FORGOTTEN, taken, "0" * 64))
        company.truth.breaks("META-01", _FORGOTTEN, "listed and not exported")
    write_csv(company.place(MANIFEST), ("file", "exported_at", "sha256"), rows)
