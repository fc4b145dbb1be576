"""The widgets that pages share, each run by Streamlit's own test runner."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from vitrail.model import Progress
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


def test_the_map_of_findings_sums_cells_and_names_kinds_in_plain_words() -> None:
    def script() -> None:
        from vitrail.model import Finding, FindingStatus, Severity
        from vitrail.ui.finding_map import findings_map

        def finding(column: str, cells: int) -> Finding:
            return Finding("id", "a.csv", None, column, "CREDIT_CARD", Severity.CRITICAL, cells, 1,
                           1.0, "r", "why", (), False, FindingStatus.OPEN, "run")  # fmt: skip

        findings_map([finding("one", 1200), finding("two", 34)])

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
