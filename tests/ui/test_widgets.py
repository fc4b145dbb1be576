"""The widgets that pages share, each run by Streamlit's own test runner."""

from __future__ import annotations

import json
import re
from html import unescape

from streamlit.testing.v1 import AppTest

from vitrail.model import Progress
from vitrail.report.looks import TONES
from vitrail.ui.scan_words import duration, progress_words, size


def _run(script) -> AppTest:
    return AppTest.from_function(script, default_timeout=60).run()


def test_a_tile_writes_what_comes_from_data_as_text_and_never_as_markup() -> None:
    def script() -> None:
        from vitrail.ui.tiles import Tile, tiles

        tiles([Tile("<b>label</b>", "≈ 5", "± 8", hint='" onload="x', quiet=True)])

    html = _run(script).html[0].body
    assert "&lt;b&gt;label&lt;/b&gt;" in html
    assert 'title="&quot; onload=&quot;x"' in html


def test_the_map_of_findings_writes_cells_out_and_names_kinds_in_plain_words() -> None:
    def script() -> None:
        from types import SimpleNamespace

        from vitrail.model import Severity
        from vitrail.ui.finding_map import findings_map

        tally = SimpleNamespace(
            places={("CREDIT_CARD", "a.csv"): 1234},
            worst={"CREDIT_CARD": Severity.CRITICAL},
            datasets={"a.csv": 1},
        )
        findings_map(SimpleNamespace(tally=tally))

    html = _run(script).html[0].body
    assert "payment card number" in html
    assert ">1,234</td>" in html
    assert "CREDIT_CARD" not in html


def _chart(shown: AppTest) -> dict:
    return json.loads(shown.get("plotly_chart")[0].proto.spec)


def test_a_hidden_week_breaks_the_line_and_is_marked_on_the_axis() -> None:
    def script() -> None:
        from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow
        from vitrail.ui.trend_chart import trend_chart

        weeks = ("2026-08-17", "2026-08-24", "2026-08-31")
        cells = (Cell(100, 8, 20), None, Cell(90, 8, 20))
        query = Query("activity", ("week",), (Measure(MeasureKind.PERSONS),))
        rows = tuple(ReleaseRow((w,), (c,)) for w, c in zip(weeks, cells, strict=True))
        release = Release("r", "e", query, rows, 1)
        trend_chart(release, None, "nothing", "week", "users a week", "name")

    chart = _chart(_run(script))
    assert [100, None, 90] in [trace["y"] for trace in chart["data"]]
    marks = [t for t in chart["data"] if t.get("marker", {}).get("symbol") == "circle-open-dot"]
    assert [mark["x"] for mark in marks] == [["2026-08-24"]]
    words = [note["text"] for note in chart["layout"]["annotations"]]
    assert {"◌ hidden for privacy", "users a week"} <= set(words)


def test_bars_keep_the_rows_that_are_hidden_and_begin_at_zero() -> None:
    def script() -> None:
        from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow
        from vitrail.ui.bar_chart import bar_chart

        query = Query("activity", ("country",), (Measure(MeasureKind.PERSONS),))
        rows = (ReleaseRow(("FR",), (Cell(40, 8, 12),)), ReleaseRow(("IE",), (None,)))
        bar_chart(Release("r", "e", query, rows, 1), "name")

    chart = _chart(_run(script))
    assert chart["data"][0]["y"] == ["IE", "FR"]
    assert chart["layout"]["xaxis"]["range"][0] == 0
    words = [note["text"] for note in chart["layout"]["annotations"]]
    assert words == ["◌ hidden for privacy", "≈ 40 ± 8"]


def test_a_bar_beside_the_picture_leads_to_the_page_filtered_by_it_unless_it_is_hidden() -> None:
    def script() -> None:
        import streamlit as st

        from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow
        from vitrail.ui.address_keys import AddressKeys
        from vitrail.ui.bar_list import bar_list
        from vitrail.ui.page_links import here_with

        st.query_params.from_dict({"by": "month", "weeks": "99", "from": "then", "lang": "en"})
        keys = AddressKeys({"by": ["week", "month"], "weeks": ["13 weeks"]})
        query = Query("activity", ("source",), (Measure(MeasureKind.PERSONS),))
        cells = {
            "IE": None,
            "other": Cell(90, 8, 12),
            "a&b<b>": Cell(4, 8, 12),
            "FR": Cell(40, 8, 12),
        }
        rows = tuple(ReleaseRow((name,), (cell,)) for name, cell in cells.items())
        bar_list(Release("r", "e", query, rows, 1), lambda value: here_with(keys, "source", value))

    (shown,) = (html.body for html in _run(script).html)
    assert re.findall('href="([^"]*)"', shown) == [
        "?by=month&amp;lang=en&amp;source=FR",
        "?by=month&amp;lang=en&amp;source=a%26b%3Cb%3E",
    ]
    assert re.findall('class="name">([^/]*)</span>', shown) == [
        "FR", "a&amp;b&lt;b&gt;", "IE", "other"
    ]  # fmt: skip
    assert [unescape(w) for w in re.findall('class="words[^>]*>([^<]*)<', shown)] == [
        "≈ 40 ± 8", "≈ 4 ± 8", "◌ hidden for privacy", "≈ 90 ± 8"
    ]  # fmt: skip
    assert shown.count('class="bar"') == 3


def test_a_fault_of_our_own_is_told_without_what_it_said() -> None:
    def script() -> None:
        from vitrail.ui.anatomy import told

        with told():
            raise ValueError("jane@example.com")

    shown = _run(script)
    assert not shown.exception
    assert "reference" in shown.error[0].value
    assert "jane" not in shown.error[0].value


def test_progress_says_share_rate_and_time_left() -> None:
    words = progress_words(Progress(50, 100, 10, 3000, 7, 3.0, "crm.xlsx"))
    assert words == "50% of 100 B · 1,000 cells/s · 7 hits · 3 s left · crm.xlsx"
    assert progress_words(None) == "Opening the exports…"


def test_sizes_and_times_are_written_for_people() -> None:
    assert [size(n) for n in (999, 7_800_000, 3e12)] == ["999 B", "7.8 MB", "3.0 TB"]
    assert [duration(n) for n in (0.2, 240, 5400, None)] == ["1 s", "4 min", "1.5 h", "?"]


def test_rates_begin_with_those_that_are_surely_something_and_end_with_other() -> None:
    def script() -> None:
        from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow
        from vitrail.ui.bar_chart import bar_chart

        query = Query("campaigns", ("campaign",), (Measure(MeasureKind.OUTCOME, "ordered"),))
        cells = {
            "large and unsure": Cell(15, 10, 16, 60, base_privacy=12),
            "sure": Cell(60, 10, 16, 600, base_privacy=12),
            "below zero": Cell(-5, 10, 17, 300, base_privacy=12),
            "hidden": None,
            "other": Cell(90, 10, 16, 100, base_privacy=12),
        }
        rows = tuple(ReleaseRow((name,), (cell,)) for name, cell in cells.items())
        bar_chart(Release("r", "e", query, rows, 1), "name")

    chart = _chart(_run(script))
    assert chart["data"][0]["y"] == ["other", "hidden", "below zero", "large and unsure", "sure"]
    assert min(chart["data"][0]["x"]) == 0
    words = [note["text"] for note in chart["layout"]["annotations"]]
    assert words[1:4] == [
        "◌ hidden for privacy",
        "under 4 % of 300",
        "about 25 % (under 52 %) of 60",
    ]


def test_a_map_writes_each_number_and_the_sign_of_what_is_hidden() -> None:
    def script() -> None:
        from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow
        from vitrail.ui.map_chart import map_chart

        query = Query("activity", ("country", "device"), (Measure(MeasureKind.PERSONS),))
        rows = (
            ReleaseRow(("FR", "desktop"), (Cell(1240, 8, 70),)),
            ReleaseRow(("FR", "mobile"), (None,)),
            ReleaseRow(("other", "other"), (Cell(20, 26, 30),)),
        )
        assert map_chart(Release("r", "e", query, rows, 1), "name")

    field, *words = _chart(_run(script))["data"]
    assert field["y"] == ["other", "mobile", "desktop"]
    assert field["x"] == ["FR", "other"]
    plain, grey = ([[text.strip("\u200b") for text in row] for row in w["text"]] for w in words)
    assert plain == [["◌", ""], ["◌", "◌"], ["1,240", "◌"]]
    assert grey == [["", "20"], ["", ""], ["", ""]]  # less than its own ±
    assert words[1]["textfont"]["color"] == TONES["mute"][0]
    assert field["customdata"][2] == ["≈ 1,240 ± 8", "◌ hidden for privacy"]


def test_small_lines_share_one_scale_and_each_value_has_its_own() -> None:
    def script() -> None:
        from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow
        from vitrail.report.release_shape import parts_by_value
        from vitrail.ui.small_lines import small_lines

        query = Query("activity", ("device", "month"), (Measure(MeasureKind.PERSONS),))
        rows = tuple(
            ReleaseRow((device, month), (Cell(100 * size, 8, 20),))
            for size, device in enumerate(("desktop", "mobile", "tablet"), 1)
            for month in ("2026-01", "2026-02")
        )
        small_lines(parts_by_value(Release("r", "e", query, rows, 0)), "Users a month", "name")

    chart = _chart(_run(script))
    words = [note["text"] for note in chart["layout"]["annotations"]]
    assert words == ["desktop", "mobile", "tablet", "Users a month"]
    lines = [trace["y"] for trace in chart["data"] if trace["mode"] == "lines+markers"]
    assert lines == [[100, 100], [200, 200], [300, 300]]
    axes = [axis for name, axis in chart["layout"].items() if name.startswith("yaxis")]
    assert sum("matches" not in axis for axis in axes) == 1
