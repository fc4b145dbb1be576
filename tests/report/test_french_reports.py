"""The reports of scans and checks, and the signed pack, in French: whole, with the same facts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from tests.report.test_pack import make
from vitrail.model import Finding, ScanRun
from vitrail.report import check_html, scan_html, scan_pdf
from vitrail.translation import speaking
from vitrail.workspace import CheckRun

#: Words that no French sentence has, and every English one.
_ENGLISH = re.compile(r"\b(?:the|of|and|was|were|with|that|has|have|are|from|without)\b")
_TAGS = re.compile(r"<style.*?</style>|<pre.*?</pre>|<[^>]+>", re.DOTALL)
#: Told as they are: names of columns and tables, titles of standards, hashes.
_VERBATIM = re.compile(r"<td class=\"where\">.*?</td>|<dd class=\"mono\">.*?</dd>", re.DOTALL)


@pytest.fixture(scope="module")
def packs(check: CheckRun, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place, made = tmp_path_factory.mktemp("packs"), {}
    for code in ("en", "fr"):
        with speaking(code):
            made[code] = make(check, place / code)
    return made


def prose(page: str) -> str:
    """What a page says, without its style, its SQL and names of the company's own."""
    return " ".join(_TAGS.sub(" ", _VERBATIM.sub(" ", page)).split())


def test_a_french_pack_has_the_files_and_the_evidence_of_the_english_one(
    packs: dict[str, Path],
) -> None:
    english, french = (
        {file.name: file.read_bytes() for file in packs[code].iterdir()} for code in ("en", "fr")
    )
    assert english.keys() == french.keys()
    told = {name for name in english if english[name] != french[name]}
    assert told == {"report.html", "report.pdf", "VERIFY.txt", "SHA256SUMS", "SHA256SUMS.sig"}


def test_every_control_and_clause_that_is_shipped_is_told_in_french(
    packs: dict[str, Path], check: CheckRun
) -> None:
    page = prose((packs["fr"] / "report.html").read_text("utf-8"))
    assert "Les engagements ont-ils été tenus" in page
    for english in (
        *(text for a in check.assessments for text in (a.title, a.law, a.limits) if text),
        *(text for c in check.policy.clauses for text in (c.title, c.promise)),
        *check.policy.not_provable,
        *check.policy.assumptions,
    ):
        assert english not in page
    for a in check.assessments:
        section = page.partition(f"{a.control} · ")[2].partition("Chiffres et preuves")[0]
        left = _ENGLISH.findall(section)
        assert not left, (a.control, left)


def test_its_paper_says_the_same_with_french_numbers_and_days(packs: dict[str, Path]) -> None:
    paper = pypdfium2.PdfDocument(packs["fr"] / "report.pdf")
    words = " ".join(page.get_textpage().get_text_bounded() for page in paper)
    assert re.search(r"Sur \d{1,3}\s\d{3} envois de prospection", words)
    assert re.search(r"du \d{1,2}\w* \w+ 20\d\d au \d{1,2}\w* \w+ 20\d\d", words)
    assert "NON TENU" in words
    assert "FAIL" not in words


def test_a_company_s_own_words_stay_its_own(check: CheckRun) -> None:
    clause = replace(check.policy.clauses[0], title="Ours alone", promise="We keep no diary of it.")
    ours = replace(check.policy, title="House rules", clauses=(clause, *check.policy.clauses[1:]))
    with speaking("fr"):
        page = prose(check_html(check.assessments, ours, at=check.at))
    for words in ("House rules", "Ours alone", "We keep no diary of it."):
        assert words in page


def test_a_scan_is_told_in_french_with_what_people_wrote_as_they_wrote_it(
    check: CheckRun, findings: tuple[Finding, ...], make_run: type[ScanRun]
) -> None:
    scanned = make_run()
    with speaking("fr"):
        page, paper = scan_html(scanned, findings), scan_pdf(scanned, findings)
        assert paper == scan_pdf(scanned, findings)
    words = prose(page)
    assert '<html lang="fr">' in page
    for told in ("Ce qui n’a pas été lu", "Numéro de carte bancaire dans", "20 novembre 2026",
                 "Kept 30 days for fraud prevention, as clause 4 says."):  # fmt: skip
        assert told in words
    assert "Serious" not in words
    assert paper.startswith(b"%PDF-")
