"""Names from exports attack every report: they are shown as text, or not at all, and do nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pypdfium2
import pytest

from vitrail.model import (
    Assessment,
    Bound,
    Cell,
    Evidence,
    Finding,
    Guarantee,
    InputStatus,
    Measure,
    MeasureKind,
    ProofKind,
    Query,
    Release,
    ReleaseRow,
    ScanRun,
    Severity,
    Span,
    Verdict,
)
from vitrail.report import (
    Paper,
    check_html,
    check_pdf,
    private_html,
    private_pdf,
    release_html,
    release_pdf,
    scan_csv,
    scan_html,
    scan_json,
    scan_pdf,
    scan_sarif,
)
from vitrail.report.letter_html import letter_html
from vitrail.report.proof_html import proof_html
from vitrail.report.release_picture import Bar, Picture

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BACKWARDS = "\u202egnp.exe"
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b>{{ 7 * 7 }}{% raw %}",
    "[click](javascript:alert(1)) **bold**",
    '#panic("typst") #read("/etc/passwd") $ * _ ] \\ <label> // /*',
    '=HYPERLINK("http://example.invalid")',
    BACKWARDS,
    "\u05e9\u05dc\u05d5\u05dd",
    "👩‍👧 客户",
    "line\nbreak\x00\x1b[31m\ud800",
)
BAD = " ".join(ATTACKS)
TURNING = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069\x00\x1b\ud800]")


class Tags(HTMLParser):
    """The tags of a page and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.events: set[str] = set()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.events |= {name for name, _ in attrs if name.startswith("on") or name == "src"}
        if tag == "a":
            self.events |= {v for n, v in attrs if n == "href" and v and not v.startswith("#")}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def hostile_finding(make: Callable[..., Finding]) -> Finding:
    return replace(
        make(1, severity=Severity.CRITICAL), dataset=BAD, table=BAD, column=BAD, explanation=BAD,
        samples=(BAD,), reason=BAD, decided_by=BAD, decided_at=AT, entity_type=BAD,
    )  # fmt: skip


def hostile_run(run: ScanRun) -> ScanRun:
    one = replace(run.inputs[0], name=BAD, table=BAD, reason=BAD, remedy=BAD)
    return replace(run, inputs=(replace(one, status=InputStatus.UNREADABLE), one))


class Bad:
    """A policy whose every text attacks."""

    version = title = section = promise = note = words = name = source = BAD
    effective, promised, sha256 = date(2024, 6, 1), False, "c" * 64
    controls = ("CTL-1",)
    assumptions = not_provable = (BAD,)

    @property
    def clauses(self) -> tuple[Any, ...]:
        return (self,)

    periods = defects = clauses


def hostile_check(run: ScanRun) -> list[Assessment]:
    evidence = Evidence(
        control="CTL-1", control_version=1, policy="V1", clause_sha256="c" * 64,
        inputs=hostile_run(run).inputs, sql=BAD, sql_sha256="b" * 64,
        parameters=(("asof", "2026-11-20"), ("words", BAD)), tool_version="0.1.0",
        keys=("f" * 32,), shapes=(BAD,),
    )  # fmt: skip
    return [
        Assessment(
            control="CTL-1", section=BAD, title=BAD, verdict=Verdict.FAIL,
            severity=Severity.HIGH, kind=ProofKind.PROVES, denominator=9, violations=3,
            warnings=0, undecidable=0, rate=1 / 3, first=AT, last=AT, keys=evidence.keys,
            reason=BAD, sentence=BAD, evidence=evidence, scope=BAD, standards=(BAD,), law=BAD,
            limits=BAD, explanation=BAD, pattern=BAD, months=(("2026-11", 3),),
        )
    ]  # fmt: skip


def hostile_release(private: bool = False) -> Release:
    guarantee = Guarantee(
        about=BAD, population="persons", rho=0.1, delta=1e-6, epsilon=2.1, guess=0.58, cells=24,
        cells_per_person=12, bounds=(Bound("persons", 1, 0.1, 10.49, 20.6),), total=1.0,
        spent_before=0.25,
    )  # fmt: skip
    return Release(
        id="20261115-4372ee52", epoch="20261115-4372ee52",
        query=Query("campaigns", ("campaign",), (Measure(MeasureKind.PERSONS),),
                    (("campaign", BAD),), Span(date(2026, 1, 1), date(2026, 2, 28))),
        rows=(ReleaseRow((BAD,), (Cell(120.0, 8.0, 16.0),)),), suppressed=0,
        notes=(BAD, f"persons: {BAD}"), private=guarantee if private else None,
    )  # fmt: skip


PAPER = Paper(
    BAD, (BAD, "persons"), ((BAD, "≈ 120 ± 8"),), BAD,
    Picture(BAD, bars=(Bar(BAD, "≈ 120 ± 8", 0.8, 0.9, 1.0),)),
)  # fmt: skip


def pages(run: ScanRun, make: Callable[..., Finding]) -> Iterator[tuple[str, str]]:
    found = [hostile_finding(make)]
    yield "scan", scan_html(hostile_run(run), found)
    yield "check", check_html(hostile_check(run), Bad(), at=AT, settings=BAD)
    yield "release", release_html(hostile_release(), PAPER)
    yield "private", private_html(hostile_release(private=True), company=BAD)
    place = dict.fromkeys(
        ("standing", "dataset", "table", "column", "row_key", "kind", "how", "masked", "ground"),
        BAD,
    )
    proof = {"verdict": "FAIL", "case": BAD, "as_of": "2026-11-20", "subjects": [1], "datasets": 3,
             "places": [place], "unread": [place | {"reason": BAD}]}  # fmt: skip
    yield "proof", proof_html(proof, company=BAD)
    files = [{"file": f"{BAD}.csv", "dataset": BAD, "table": BAD, "rows": 3}]
    left = {"rows_by_name_only": 1, "rows_held_for_a_customer": 1}
    letter = {"case": BAD, "files": files, "masked": 3, "left_out": left, "unread": [1]}
    yield "letter", letter_html(letter, company=BAD)


def papers(run: ScanRun, make: Callable[..., Finding]) -> Iterator[tuple[str, bytes]]:
    yield "scan", scan_pdf(hostile_run(run), [hostile_finding(make)])
    yield "check", check_pdf(hostile_check(run), Bad(), at=AT, settings=BAD)
    yield "release", release_pdf(hostile_release(), PAPER)
    yield "private", private_pdf(hostile_release(private=True), company=BAD)


OURS = {
    "html", "head", "meta", "title", "style", "body", "header", "div", "svg", "path", "span", "h1",
    "h2", "h3", "p", "ul", "li", "main", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th",
    "td", "caption", "details", "summary", "strong", "footer", "figure", "figcaption", "desc", "g",
    "rect", "text", "tspan", "polyline", "polygon", "section", "a", "pre", "br", "wbr",
}  # fmt: skip


def test_no_name_becomes_markup_runs_or_turns_a_page(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    for name, page in pages(run, make_finding):
        read = Tags(page)
        assert read.tags <= OURS, name
        assert read.events == set(), name
        text = "".join(read.text)
        assert "<script>alert(1)</script>" in text, name
        assert "{{ 7 * 7 }}" in text, name
        assert not TURNING.search(page), name
        assert "⟨U+202E⟩gnp.exe" in text, name
        assert page.encode()


def test_no_name_runs_or_turns_a_paper_nor_is_a_box_without_a_letter(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    for name, content in papers(run, make_finding):
        document = pypdfium2.PdfDocument(content)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        letters = re.sub(r"\s+", "", text)
        assert "<script>alert(1)</script>" in letters, name
        assert '#panic("typst")#read("/etc/passwd")' in letters, name
        assert "⟨U+202E⟩gnp.exe" in letters, name
        assert "⟨U+5BA2⟩" in letters, name
        assert not TURNING.search(text), name
        assert b"/JavaScript" not in content
        assert b"/URI" not in content, name


def test_a_cell_of_ten_megabytes_leaves_a_report_that_opens(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    huge = "A" * 10_000_000
    made = replace(
        make_finding(1, severity=Severity.CRITICAL), dataset=huge, column=huge, explanation=huge,
        samples=(huge,),
    )  # fmt: skip
    page, paper = scan_html(run, [made]), scan_pdf(run, [made])
    assert len(page) < 300_000
    assert len(paper) < 1_000_000
    assert "9,980,000 characters more" in page


def test_no_name_is_a_formula_in_a_table_for_spreadsheets(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    for start in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"):
        made = replace(make_finding(1), dataset=start, table=start, column=start)
        for row in csv.reader(io.StringIO(scan_csv(run, [made]))):
            assert not any(cell.startswith(("=", "@", "+", "\t", "\r")) for cell in row), start


def test_json_and_sarif_hold_a_hostile_name_as_it_is(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    made = replace(make_finding(1), column=BACKWARDS + ATTACKS[0])
    for document in (scan_json(run, [made]), scan_sarif(run, [made])):
        assert json.loads(json.dumps(document, default=str))
        assert BACKWARDS in json.dumps(document, ensure_ascii=False, default=str)


@pytest.mark.parametrize("name", ["שלום", "ملف.csv"])
def test_a_name_read_from_the_right_leaves_its_place_in_order(
    name: str, run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    made = replace(make_finding(1), dataset=name, table="t", column="c")
    assert f"{name}\u200e · \u200et\u200e › \u200ec" in scan_html(run, [made])


def test_every_paper_is_tagged_says_its_title_and_numbers_its_pages(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    for name, content in papers(run, make_finding):
        document = pypdfium2.PdfDocument(content)
        assert document.is_tagged(), name
        assert document.get_metadata_dict()["Title"], name
        for number, page in enumerate(document, start=1):
            foot = page.get_textpage().get_text_bounded(bottom=0, top=70)
            assert f"{number} / {len(document)}" in foot, name
