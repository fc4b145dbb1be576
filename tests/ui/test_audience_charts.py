"""The map of tiles and the retention of cohorts."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from vitrail.gate import Cohort, Estimate
from vitrail.model import Cell
from vitrail.ui.country_grid import COLUMNS, PLACES, ROWS, placed
from vitrail.ui.retained import percent, together


def _chart(script) -> dict:
    shown = AppTest.from_function(script, default_timeout=60).run()
    return json.loads(shown.get("plotly_chart")[0].proto.spec)


def test_no_two_countries_share_a_tile_and_all_of_the_eea_has_one() -> None:
    assert len(set(PLACES.values())) == len(PLACES)
    members = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
    assert set(members.split()) | {"IS", "LI", "NO"} <= set(PLACES)


@given(st.sets(st.text(min_size=1, max_size=4), max_size=40))
def test_every_country_has_a_tile_of_its_own(countries: set[str]) -> None:
    places = placed(countries)
    assert countries <= set(places)
    assert len(set(places.values())) == len(places)
    assert all(0 <= column < COLUMNS for _, column in places.values())
    assert all(places[c][0] > ROWS for c in countries - set(PLACES))


def test_a_tile_has_its_number_and_a_hidden_one_its_sign() -> None:
    def script() -> None:
        from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow
        from vitrail.ui.country_map import country_map

        cells = {"FR": Cell(1240, 8, 70), "IE": None, "US": Cell(90, 8, 20), "other": None}
        rows = tuple(ReleaseRow((code,), (cell,)) for code, cell in cells.items())
        query = Query("activity", ("country",), (Measure(MeasureKind.PERSONS),))
        country_map(Release("r", "e", query, rows, 1), "name")

    chart = _chart(script)
    texts = chart["data"][2]["text"]
    assert "<b>FR</b><br>1,240" in texts
    assert "<b>IE</b><br>◌" in texts
    assert "DE" in texts
    assert not any("other" in text for text in texts)
    told = [cell for row in chart["data"][1]["customdata"] for cell in row if cell]
    assert "FR: ≈ 1,240 ± 8" in told
    assert "IE: ◌ hidden for privacy" in told
    assert [note["text"] for note in chart["layout"]["annotations"]] == ["elsewhere"]


COHORTS = (
    Cohort("2026-01", Cell(100, 12, 20), (Estimate(0.5, 0.1, 0.2), Estimate(0.4, 0.1, 0.2))),
    Cohort("2026-02", Cell(300, 12, 30), (Estimate(0.9, 0.1, 0.2),)),
    Cohort("2026-03", Cell(50, 12, 16), (None,)),
)


def test_cohorts_together_weigh_as_much_as_they_have_people() -> None:
    whole = together(COHORTS)
    assert whole.cohorts == (2, 1)
    first = whole.shares[0]
    assert first is not None
    assert round(first.value, 3) == 0.8
    assert first.total < 0.2
    assert together(()).shares == ()


def test_a_share_is_never_written_above_the_whole() -> None:
    assert percent(Estimate(1.4, 0.1, 0.3)) == "100 % (99 to 100 %)"
    assert percent(Estimate(0.1, 0.1, 0.3)) == "10 % (0 to 40 %)"


def test_cohorts_are_rows_and_greyed_where_their_error_is_larger_than_they_are() -> None:
    def script() -> None:
        from vitrail.gate import Cohort, Estimate
        from vitrail.model import Cell
        from vitrail.ui.retained import together
        from vitrail.ui.retention_chart import retention_chart

        cohorts = (
            Cohort(
                "2026-01", Cell(100, 12, 20), (Estimate(0.8, 0.1, 0.2), Estimate(0.1, 0.1, 0.3))
            ),
            Cohort("2026-02", Cell(300, 12, 30), (None,)),
        )
        retention_chart(cohorts, together(cohorts), "name")

    chart = _chart(script)
    assert chart["data"][0]["y"] == ["<b>all of these</b>", "Jan 2026", "Feb 2026"]
    words = chart["data"][1]
    assert words["text"] == ["80", "10", "80", "10", "◌"]
    colours = words["textfont"]["color"]
    assert colours[2] != colours[3] == colours[4]
    assert (
        words["customdata"][2]
        == "Jan 2026, after 0 months: 80 % (60 to 100 %) of ≈ 100 ± 12 who joined"
    )
    assert words["customdata"][4].endswith("◌ hidden for privacy")
