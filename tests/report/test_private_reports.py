"""The report of a private release: all that a stranger must know, and nothing about anyone."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vitrail.model import (
    Bound,
    Cell,
    Guarantee,
    Measure,
    MeasureKind,
    Query,
    Release,
    ReleaseRow,
    Span,
)
from vitrail.report import private_html, private_pdf
from vitrail.translation import speaking

RELEASE = Release(
    id="private-20261115-4372ee52-c9ba108ab822-100000",
    epoch="20261115-4372ee52",
    query=Query(
        "orders",
        ("month", "country"),
        (Measure(MeasureKind.PERSONS), Measure(MeasureKind.SUM, "amount")),
        (("product", "<b>Lamp</b> & co"),),
        Span(date(2026, 1, 1), date(2026, 2, 28)),
    ),
    rows=(
        ReleaseRow(("2026-01", "FR"), (Cell(1240.0, 20.6, 72.1), Cell(-411.0, 411208.0, 5e5))),
        ReleaseRow(("2026-01", "other"), (Cell(-7.0, 20.6, 20.7), Cell(9e6, 411208.0, 5e5))),
    ),
    suppressed=0,
    notes=("Closed days.", "sum(amount): Nothing is converted."),
    units=(("sum(amount)", "EUR cents"),),
    released_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    private=Guarantee(
        about="Orders",
        population="persons",
        rho=0.1,
        delta=1e-6,
        epsilon=2.1419,
        guess=0.58847,
        cells=24,
        cells_per_person=12,
        bounds=(
            Bound("persons", 1, 0.05, 10.49, 20.6),
            Bound("sum(amount)", 20_000, 0.05, 209_800.0, 411_208.0, "EUR cents"),
        ),
        total=1.0,
        spent_before=0.25,
    ),
)


class Outline(HTMLParser):
    """Headings, text, and the tags and attributes that a page would load something with."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.text: list[str] = []
        self.loading: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag in {"script", "link", "img", "iframe", "b"} or {"src", "href"} & dict(attrs).keys():
            self.loading.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text.append(data)
        if self._open and self._open[-1] in {"h1", "h2"}:
            self.headings.append(data.strip())

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.fixture(scope="module")
def page() -> str:
    return private_html(RELEASE, company="Lanterne & Fils")


def test_it_has_its_parts_in_the_order_in_which_a_reader_asks(page: str) -> None:
    assert Outline(page).headings == [
        "Orders: numbers published with a privacy guarantee",
        "The numbers",
        "What is promised",
        "What is not promised",
        "How much of one person counts",
        "The budget",
        "How to check this",
    ]


def test_it_states_rho_epsilon_at_a_delta_bounds_error_and_budget(page: str) -> None:
    words = Outline(page).words
    for part in (
        "Published by Lanterne & Fils",
        "Drawn 20 November 2026",
        "1 Jan 2026 to 28 Feb 2026, both included",
        "right at most 58.9 times in 100",
        "ρ of this release 0.1 ε = 2.14 at δ = 1e-06",
        "1,240 ± 20.6",
        "-411 ± 411,208",
        "counts in 12 of the 24 rows at most",
        "20,000 EUR cents 209,800 ± 411,208 0.05",
        "Spent before 0.25 This release 0.1 Left after it 0.65",
        "sum(amount): Nothing is converted.",
        "with everything published up to this release such a guess is right at most 66.3",
        "with all that the budget will ever allow 76.1 times in 100",
        "arXiv 1605.02265",
    ):
        assert part in words, part


def test_it_says_what_is_not_promised(page: str) -> None:
    words = Outline(page).words
    for part in ("settled inside the house", "two accounts", "erased", "those who run the program"):
        assert part in words, part


def test_it_stands_alone_and_what_was_asked_is_text(page: str) -> None:
    outline = Outline(page)
    assert outline.loading == []
    assert "product = <b>Lamp</b> & co" in outline.words
    assert "default-src 'none'" in page
    assert re.findall(r"url\(\W*([a-z]*:)", page) == ["data:"], "its type, and nothing else"
    assert not re.search(r"@import|https?://", page)


def test_an_outcome_is_written_with_the_persons_it_is_of() -> None:
    asked = replace(
        RELEASE.query, dimensions=(), measures=(Measure(MeasureKind.OUTCOME, "clicked"),)
    )
    rows = (ReleaseRow((), (Cell(15.0, 6.2, 9.0, 300.0),)),)
    page = private_html(replace(RELEASE, query=asked, rows=rows), company="Lanterne")
    assert "15 ± 6.2 of 300" in Outline(page).words


def test_in_french_not_a_sentence_of_it_is_english_and_the_figures_are_written_so() -> None:
    with speaking("fr"):
        page = private_html(RELEASE, company="Lanterne & Fils")
        paper = private_pdf(RELEASE, company="Lanterne & Fils")
    assert '<html lang="fr"' in page
    words = Outline(page).words
    for part in (
        "Publié par Lanterne & Fils",
        "du 1er janv. 2026 au 28 févr. 2026",
        "au plus 58,9 fois sur 100",
        "ε = 2,14 à δ = 1e-06",
        "1 240 ± 20,6",
        "Ce qui n’est pas promis",
        "jamais publié sur ces personnes",
    ):
        assert part in words, part
    ours = words.replace(RELEASE.notes[1], "")
    assert not re.findall(r"\b(?:the|of|and|was|with|that|has|have|are|from|without)\b", ours)
    assert paper.startswith(b"%PDF-")
    assert paper != private_pdf(RELEASE, company="Lanterne & Fils")


def test_the_same_release_gives_the_same_pdf() -> None:
    first = private_pdf(RELEASE, company="Lanterne")
    assert first.startswith(b"%PDF-")
    assert first == private_pdf(RELEASE, company="Lanterne")
    hostile = replace(RELEASE, notes=('sum(amount): #panic("x") $ * _ [ ] \\ "',))
    assert private_pdf(hostile, company="#let x = 1").startswith(b"%PDF-")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_the_pdf_reads_as_the_page_does(tmp_path: Path) -> None:
    (tmp_path / "private.pdf").write_bytes(private_pdf(RELEASE, company="Lanterne"))
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "private.pdf", "-"], capture_output=True, check=True
    )
    text = re.sub(r"\s+", " ", done.stdout.decode())
    for part in ("1,240 ± 20.6", "What is not promised", "Left after it", "58.9 times"):
        assert part in text, part
