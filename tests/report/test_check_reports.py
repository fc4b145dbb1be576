"""A check as HTML, PDF and OSCAL: what an auditor can read, sign and hand on."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from vitrail.model import (
    Assessment,
    Counted,
    Evidence,
    InputFile,
    InputStatus,
    ProofKind,
    Severity,
    Verdict,
)
from vitrail.report import check_html, check_oscal, check_pdf

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

SIGNS = {
    "PASS": "✓", "FAIL": "✕", "WARN": "!", "NOT_TESTED": "○", "INCONCLUSIVE": "~",
    "NOT_PROVABLE": "–",
}  # fmt: skip


@dataclass(frozen=True)
class Clause:
    section: str
    title: str
    promise: str
    controls: tuple[str, ...] = ()
    note: str = ""
    sha256: str = "c" * 64


@dataclass(frozen=True)
class Named:
    title: str = "Left open"
    words: str = "The text gives no number."
    name: str = "prospects"
    source: str = "CNIL"
    promised: bool = False


@dataclass(frozen=True)
class Policy:
    version: str = "V202406"
    title: str = "Data Usage"
    effective: date = date(2024, 6, 1)
    clauses: tuple[Clause, ...] = (
        Clause("2, 8", "Unsubscribing works", "Who leaves gets no more.", ("CTL-FAIL",)),
        Clause("3", "No sale", "Nothing is sold.", (), "Absence cannot be read."),
        Clause("9", "Never asked", "Something else.", ("CTL-LATER",)),
    )
    periods: tuple[Named, ...] = (Named(),)
    defects: tuple[Named, ...] = (Named(),)
    assumptions: tuple[str, ...] = ("A minor is anyone under 18.",)
    not_provable: tuple[str, ...] = ("That the link works.",)


def assessment(verdict: Verdict, **changes: Any) -> Assessment:
    control = f"CTL-{verdict.value}"
    evidence = Evidence(
        control=control, control_version=1, policy="V202406", clause_sha256="c" * 64,
        inputs=(InputFile("mail/sends.csv", None, "a" * 64, 41_200, 9, 0.1, InputStatus.SCANNED),),
        sql="SELECT 1 < 2", sql_sha256="b" * 64,
        parameters=(("asof", "2026-11-20"), ("late_hours", 48)), tool_version="0.1.0",
        keys=("f" * 32,), shapes=("notes.csv · note · CREDIT_CARD 16 digits",),
    )  # fmt: skip
    values: dict[str, Any] = {
        "control": control, "section": "2", "title": f"The {verdict.value} one",
        "verdict": verdict, "severity": Severity.HIGH, "kind": ProofKind.PROVES,
        "denominator": 41_200, "violations": 3 if verdict is Verdict.FAIL else 0,
        "warnings": 12 if verdict is Verdict.WARN else 0, "undecidable": 0, "rate": 3 / 41_200,
        "first": AT if verdict is Verdict.FAIL else None,
        "last": AT if verdict is Verdict.FAIL else None,
        "keys": evidence.keys, "reason": "so it is", "sentence": f"Sentence of {control}.",
        "evidence": evidence, "counted": (Counted("ok", "", "", 41_197),),
        "scope": "exports covering 8 of 11 systems, from 1 May 2024 to 20 November 2026",
        "standards": ("GDPR 21(3)",), "law": "A note on the law.", "limits": "What it cannot say.",
        "explanation": f"Paragraph of {control}.", "pattern": "isolated",
    }  # fmt: skip
    return Assessment(**values | changes)


ALL = tuple(assessment(v) for v in Verdict)


class Text(HTMLParser):
    """The visible text, and what the page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        for name, value in attrs:
            if name in ("src", "srcset") or (tag == "link" and name == "href"):
                self.fetched.append(value or "")
            if name == "id" and value:
                self.ids.add(value)
            if tag == "a" and name == "href" and value:
                self.links.add(value)

    def handle_endtag(self, tag: str) -> None:
        self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag != "style":
            self.text.append(data)


def read(page: str) -> Text:
    parser = Text()
    parser.feed(page)
    return parser


def words(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(read(page).text))


class TestHtml:
    def test_every_verdict_has_its_sign_and_its_word(self) -> None:
        page = check_html(ALL, Policy(), at=AT)
        for verdict, sign in SIGNS.items():
            word = verdict.replace("_", " ")
            assert re.search(rf'aria-hidden="true">{re.escape(sign)}</span>{word}<', page)

    def test_what_is_broken_comes_first(self) -> None:
        page = words(check_html(ALL, Policy(), at=AT))
        places = [
            page.index(f"Sentence of CTL-{v}.") for v in ("FAIL", "WARN", "INCONCLUSIVE", "PASS")
        ]
        assert places == sorted(places)
        assert (
            page.index("Broken")
            < page.index("Sentence of CTL-FAIL")
            < page.index("Clause by clause")
        )

    def test_it_never_gives_a_percentage_of_compliance(self) -> None:
        page = words(check_html(ALL, Policy(), at=AT))
        assert not re.search(r"\d\s*%", page)
        assert "complian" not in page.casefold()

    def test_every_clause_has_a_verdict_or_says_why_it_has_none(self) -> None:
        page = words(check_html([assessment(Verdict.FAIL)], Policy(), at=AT))
        table = page[page.index("Clause by clause") : page.index("Each promise in full")]
        assert re.search(
            r"Unsubscribing works.*FAIL.*No sale.*NOT PROVABLE.*Never asked.*NOT TESTED", table
        )

    def test_it_says_what_exports_cannot_prove_and_what_was_assumed(self) -> None:
        page = words(check_html(ALL, Policy(), at=AT))
        for text in (
            "That the link works.", "A minor is anyone under 18.", "late hours 48",
            "The text gives no number.", "A note on the law.", "exports covering 8 of 11 systems",
        ):  # fmt: skip
            assert text in page

    def test_it_stands_alone_and_its_links_lead_somewhere(self) -> None:
        parsed = read(check_html(ALL, Policy(), at=AT))
        assert parsed.fetched == []
        assert {link.removeprefix("#") for link in parsed.links} <= parsed.ids

    def test_a_hostile_file_name_stays_text(self) -> None:
        one = assessment(Verdict.FAIL)
        bad = replace(one.evidence.inputs[0], name="<script>alert(1)</script>.csv")
        page = check_html(
            [replace(one, evidence=replace(one.evidence, inputs=(bad,)))], Policy(), at=AT
        )
        assert "<script" not in page
        assert "&lt;script&gt;" in page

    def test_a_stale_verdict_says_so(self) -> None:
        assert "Stale:" in check_html([assessment(Verdict.PASS, stale=True)], Policy(), at=AT)
        assert "Stale:" not in check_html([assessment(Verdict.PASS)], Policy(), at=AT)

    def test_a_check_of_nothing_is_a_page_all_the_same(self) -> None:
        assert "0 promises put to the test" in words(check_html([], Policy(), at=AT))


class TestPdf:
    def test_the_same_check_gives_the_same_bytes(self) -> None:
        first = check_pdf(ALL, Policy(), at=AT)
        assert first.startswith(b"%PDF-")
        assert first == check_pdf(ALL, Policy(), at=AT)
        assert first != check_pdf(ALL[:-1], Policy(), at=AT)

    @pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
    def test_it_reads_as_the_page_does_and_has_room_to_sign(self, tmp_path: Path) -> None:
        (tmp_path / "check.pdf").write_bytes(check_pdf(ALL, Policy(), at=AT))
        done = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "check.pdf", "-"], capture_output=True, check=True
        )
        text = re.sub(r"\s+", " ", done.stdout.decode())
        for verdict in SIGNS:
            assert f"Sentence of CTL-{verdict}." in text
        assert "Name and signature" in text
        assert "Were the promises kept?" in text
        assert text.index("Sentence of CTL-FAIL.") < text.index("Sentence of CTL-PASS.")

    def test_marks_of_its_typesetter_in_a_name_stay_text(self) -> None:
        one = assessment(Verdict.FAIL, title='#panic("x") $ * _ [ ] \\ "')
        assert check_pdf([one], Policy(), at=AT).startswith(b"%PDF-")

    def test_a_check_of_nothing_is_a_report_all_the_same(self) -> None:
        assert check_pdf([], Policy(), at=AT).startswith(b"%PDF-")


_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_TOKEN = re.compile(r"(\w|_)[\w.\-]*")


def walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


class TestOscal:
    def results(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(json.dumps(check_oscal(ALL, Policy(), at=AT)))
        found: dict[str, Any] = document["assessment-results"]
        return found

    def test_it_has_the_parts_that_the_model_asks_for(self) -> None:
        results = self.results()
        assert set(results) == {"uuid", "metadata", "import-ap", "results", "back-matter"}
        assert set(results["metadata"]) >= {"title", "last-modified", "version", "oscal-version"}
        assert results["metadata"]["oscal-version"] == "1.2.3"
        (result,) = results["results"]
        assert set(result) >= {"uuid", "title", "description", "start", "reviewed-controls"}
        for observation in result["observations"]:
            assert {"uuid", "description", "methods", "collected"} <= set(observation)

    def test_every_identifier_is_a_uuid_used_once_and_every_reference_is_met(self) -> None:
        results = self.results()
        uuids = [node["uuid"] for node in walk(results) if "uuid" in node]
        assert all(_UUID.fullmatch(u) for u in uuids)
        observed = {o["uuid"] for o in results["results"][0]["observations"]}
        for node in walk(results):
            if "observation-uuid" in node:
                assert node["observation-uuid"] in observed
        assert results["import-ap"]["href"].removeprefix("#") in uuids
        assert len(set(uuids)) == len(uuids)

    def test_names_are_tokens_and_values_are_text(self) -> None:
        for node in walk(self.results()):
            if set(node) == {"name", "ns", "value"}:
                assert _TOKEN.fullmatch(node["name"])
                assert isinstance(node["value"], str)
                assert node["value"].strip()

    def test_only_what_was_settled_is_a_finding(self) -> None:
        (result,) = self.results()["results"]
        states = {
            f["target"]["target-id"]: f["target"]["status"]["state"] for f in result["findings"]
        }
        assert states == {"CTL-PASS": "satisfied", "CTL-FAIL": "not-satisfied"}
        assert len(result["observations"]) == len(Verdict)

    def test_the_same_check_gives_the_same_document(self) -> None:
        assert check_oscal(ALL, Policy(), at=AT) == check_oscal(ALL, Policy(), at=AT)
        assert check_oscal(ALL, Policy(), at=AT) != check_oscal(ALL[1:], Policy(), at=AT)
