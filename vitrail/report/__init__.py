"""Reports of scans, checks and private releases: files that stand alone, without a raw value."""

from __future__ import annotations

from vitrail.report.check_html import check_html
from vitrail.report.check_oscal import check_oscal
from vitrail.report.check_pdf import check_pdf
from vitrail.report.pack import EVIDENCE, write_pack
from vitrail.report.pack_facts import Earlier, PackFacts, PromiseYear
from vitrail.report.private_html import private_html
from vitrail.report.private_pdf import private_pdf
from vitrail.report.release_html import release_html
from vitrail.report.release_pdf import release_pdf
from vitrail.report.release_view import Paper
from vitrail.report.scan_csv import scan_csv
from vitrail.report.scan_html import scan_html
from vitrail.report.scan_json import scan_json
from vitrail.report.scan_pdf import scan_pdf
from vitrail.report.scan_sarif import scan_sarif
from vitrail.report.seal import SealReport, key_sha256, verify_seal

__all__ = [
    "EVIDENCE",
    "Earlier",
    "PackFacts",
    "Paper",
    "PromiseYear",
    "SealReport",
    "check_html",
    "check_oscal",
    "check_pdf",
    "key_sha256",
    "private_html",
    "private_pdf",
    "release_html",
    "release_pdf",
    "scan_csv",
    "scan_html",
    "scan_json",
    "scan_pdf",
    "scan_sarif",
    "verify_seal",
    "write_pack",
]
