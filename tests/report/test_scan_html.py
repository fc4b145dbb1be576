"""The HTML report of a scan: what stands first, what it never holds, and that it stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from vitrail.detect.entities import ENTITIES
from vitrail.model import Change, Finding, FindingStatus, ScanRun, Severity
from vitrail.report import scan_html

Make = Callable[..., Finding]
_VOID = {"meta", "path", "br", "link", "img", "wbr"}


class Outline(HTMLParser):
    """The tags, the text, and whether every tag is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.fixture(scope="module")
def page(run: ScanRun, findings: tuple[Finding, ...]) -> str:
    return scan_html(run, findings)


def test_the_page_is_well_formed(page: str) -> None:
    assert Outline(page).open == []
    assert page.lstrip().startswith("<!doctype html>")


def test_what_was_not_read_comes_first_then_the_serious_then_the_rest(page: str) -> None:
    words = Outline(page).words
    order = [
        "4 serious findings in 3 datasets wait for a decision. 1 input could not be read.",
        "What was not read",
        "mailchimp/sends.csv.gz",
        "The archive ends in the middle of line 40,112. Export it again",
        "sampled web/access.log",
        "Serious and undecided",
        "Payment card number in support/zendesk_tickets.json › messages[].body",
        "Where what stands",
        "All stray findings",
        "Dismissed or gone (2)",
        "Where the mapping declares it (2)",
        "How this was made",
    ]
    places = [words.index(sentence) for sentence in order]
    assert places == sorted(places)


def test_the_page_loads_nothing_and_runs_nothing(page: str) -> None:
    outline = Outline(page)
    names = {tag for tag, _ in outline.tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object"})
    for _, attributes in outline.tags:
        assert attributes.keys().isdisjoint({"src", "href", "onclick", "onload"})
    assert "default-src 'none'" in page
    assert re.findall(r"url\(\W*([a-z]*:)", page) == ["data:"], "its type, and nothing else"
    assert not re.search(r"@import|https?://", page)


def test_names_from_exports_are_text_never_markup(run: ScanRun, make_finding: Make) -> None:
    hostile = {
        name: f"<b>{name}</b>&\"'</td><script>alert(1)</script>"
        for name in ("dataset", "table", "column", "explanation", "entity_type")
    }
    made = make_finding(1, severity=Severity.CRITICAL, samples=tuple(hostile.values()))
    outline = Outline(scan_html(run, [replace(made, **hostile)]))
    assert {"b", "script"}.isdisjoint(tag for tag, _ in outline.tags)
    assert all(hostile[name] in outline.words for name in ("dataset", "column", "explanation"))


def test_the_heat_map_adds_cells_and_marks_what_is_declared(page: str) -> None:
    table = page[page.index('<table class="heat">') :]
    table = table[: table.index("</table>")]
    assert '<td class="h2" title="14 cells: payment card number">14</td>' in table
    assert '<td class="h5" title="73,510 cells: e-mail address">74k</td>' in table
    assert '<td class="declared" title="20,344 cells: e-mail address">20k</td>' in table
    assert "2.4M" not in table, "what was dismissed is not on the map"


def test_the_page_follows_the_readers_theme_and_is_light_on_paper(page: str) -> None:
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media print" in page


def test_nothing_found_is_said_only_of_what_was_read(
    make_run: Callable[..., ScanRun], run: ScanRun
) -> None:
    clean = Outline(scan_html(make_run(run.inputs[:2]), ())).words
    assert "No stray personal data was found in what was read." in clean
    assert "All 2 inputs were read to the end." in clean
    empty = Outline(scan_html(make_run(()), ())).words
    assert "Nothing was read, so nothing can be said." in empty
    assert "There was nothing to read" in empty


def test_what_is_dismissed_confirmed_or_declared_is_not_called_new(
    run: ScanRun, findings: tuple[Finding, ...]
) -> None:
    serious = findings[0]
    for changes in (
        {"status": FindingStatus.DISMISSED},
        {"status": FindingStatus.CONFIRMED},
        {"status": FindingStatus.GONE},
        {"expected": True},
    ):
        words = Outline(scan_html(run, [replace(serious, **changes)])).words
        assert "No finding of high or critical severity waits for a decision." in words


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "paper"])
def test_every_text_colour_passes_wcag_aa_on_its_ground(page: str, theme: int) -> None:
    block = re.findall(r":root \{(.*?)\}", page, re.DOTALL)[theme]
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))
    texts = ("text", "mute", "accent", "critical", "high", "medium", "low", "good", "unsure")
    for name in texts:
        for ground in ("ground", "raised"):
            light, dark = sorted(
                (_luminance(colours[name]), _luminance(colours[ground])), reverse=True
            )
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


def test_the_page_tells_what_has_changed_since_last_time(run: ScanRun, make_finding: Make) -> None:
    still = make_finding(1, change=Change.STILL_THERE, new_values=3)
    unseen = make_finding(2, column="subject", change=Change.NOT_EXAMINED, cells=77)
    page = scan_html(run, (still, make_finding(3, column="other"), unseen))
    assert "still there, 3 new values" in page
    assert "1 new, 1 still there, 1 not examined again." in " ".join(page.split())
    assert "not examined again (1)" in page
    heat = page.partition('<table class="heat">')[2].partition("</table>")[0]
    assert "77" not in heat
    assert "<h2>Since last time</h2>" not in scan_html(run, (make_finding(1),))


def test_three_hundred_datasets_of_forty_kinds_stay_a_page(
    run: ScanRun, make_finding: Make
) -> None:
    kinds = sorted(ENTITIES)[:40]
    many = [
        make_finding(
            100 * d + k, kind, dataset=f"d{d:03}.csv", severity=ENTITIES[kind].severity,
            cells=d + 1,
        )
        for d in range(300)
        for k, kind in enumerate(kinds)
    ]  # fmt: skip
    page = scan_html(run, many)
    words = Outline(page).words
    together = "Taken together, for want of room: the 260 datasets with the least and 25 kinds ("
    assert together in words
    assert "The 500 worst of 12,000 findings; the CSV and JSON reports hold all." in words
    heat = page.partition('<table class="heat">')[2].partition("</table>")[0]
    assert heat.count("<tr>") == 42
    assert "260 other datasets" in heat
    assert "25 other kinds" in " ".join(Outline(page).words.split()), "nothing is left out of it"
    assert "d299.<wbr>csv" in heat, "the datasets with most are kept"
    assert len(page) < 1_000_000


def test_the_pictures_say_in_words_what_they_show(page: str) -> None:
    (picture,) = re.findall(r'<svg class="bars".*?</svg>', page, re.DOTALL)
    assert 'role="img" aria-labelledby="severities-title severities-desc"' in picture
    assert "<title" in picture
    desc = re.search(r"<desc[^>]*>(.*?)</desc>", picture)
    assert desc
    assert desc[1].startswith("critical: 2, 15 cells; high: 2, 249 cells; medium: 5")
    for word in ("critical", "high", "medium", "low"):
        assert f">{word}</text>" in picture


def test_every_finding_in_the_tables_says_why_and_who_decided(page: str) -> None:
    words = Outline(page).words
    assert words.count("Why") == 14
    assert (
        "Kept 30 days for fraud prevention, as clause 4 says. (amelie, 20 November 2026)" in words
    )


def test_what_a_scan_was_made_with_stands_at_its_end(run: ScanRun) -> None:
    made = replace(run, made_with=(("Languages", "en, fr"), ("spacy", "3.8.18")))
    words = Outline(scan_html(made, ())).words
    assert "Languages en, fr spacy 3.8.18" in words
