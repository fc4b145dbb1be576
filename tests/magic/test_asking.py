"""``%%ask`` in a notebook: what Tab offers, what is shown, what is said of a wrong name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import vitrail


@pytest.fixture
def shell(demo_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("VITRAIL_WORKSPACE", str(demo_workspace))
    shell = InteractiveShell.instance()
    shell.extension_manager.load_extension("vitrail")
    yield shell
    shell.extension_manager.loaded.discard("vitrail")
    InteractiveShell.clear_instance()


def offered(shell: Any, cell: str) -> list[str]:
    """What Tab offers where ``|`` stands."""
    at = cell.index("|")
    with provisionalcompleter():
        found = shell.Completer.completions(cell.replace("|", ""), at)
        return [one.text for one in found]


def test_tab_offers_what_may_be_asked_at_each_place(shell: Any) -> None:
    assert offered(shell, "%%ask\nSELECT country FROM act|") == ["activity"]
    assert "country" in offered(shell, "%%ask\nSELECT co|\nFROM activity")
    assert "count(DISTINCT person)" in offered(shell, "%%ask\nSELECT country, co|\nFROM activity")
    assert offered(shell, "%%ask\nSELECT count(*) FROM activity GROUP BY coun|") == ["country"]


def test_tab_offers_the_values_of_a_closed_list_and_quotes_them(shell: Any) -> None:
    cell = "%%ask\nSELECT count(*) FROM activity WHERE country = "
    assert "'FR'" in offered(shell, cell + "|")
    assert offered(shell, cell + "'F|") == ["'FR'"]


def test_tab_says_nothing_of_questions_in_other_cells(shell: Any) -> None:
    assert "count(DISTINCT person)" not in offered(shell, "country = co|")


def test_an_answer_is_a_picture_and_a_table_and_stays_in_its_variable(shell: Any) -> None:
    sql = "SELECT country, count(DISTINCT person) FROM activity GROUP BY country"
    with capture_output() as shown:
        shell.run_cell_magic("ask", "by_country", sql)
    assert shell.user_ns["by_country"].columns == ("country", "persons")
    assert any("application/vnd.plotly.v1+json" in one.data for one in shown.outputs)
    assert "±" in str([one.data.get("text/html") for one in shown.outputs])
    with capture_output() as shown:
        shell.run_cell_magic("ask", "--table", sql)
    assert len(shown.outputs) == 1


@pytest.mark.parametrize(
    ("sql", "meant"),
    [
        ("SELECT count(*) FROM activty", "Did you mean activity?"),
        ("SELECT contry, count(*) FROM activity GROUP BY contry", "Did you mean country?"),
        ("SELECT sum(amout) FROM orders", "Did you mean sum(amount)?"),
    ],
)
def test_a_wrong_name_is_told_with_the_one_that_may_be_meant(
    sql: str, meant: str, shell: Any
) -> None:
    with capture_output() as shown:
        shell.run_cell_magic("ask", "", sql)
    assert meant in shown.stdout
    assert "Traceback" not in shown.stdout + shown.stderr


def test_a_picture_shows_hostile_labels_as_text_and_hides_what_is_hidden() -> None:
    from vitrail.model import HIDDEN, Cell, Measure, MeasureKind, Query, Release, ReleaseRow

    rows = (
        ReleaseRow(("<b>bold</b>\u202e",), (Cell(120.0, 8.0, 16.0),)),
        ReleaseRow(("small",), (None,)),
    )
    query = Query("campaigns", ("campaign",), (Measure(MeasureKind.PERSONS),))
    drawn = vitrail.plot(Release("r", "e", query, rows, 1))
    assert drawn is not None
    assert list(drawn.data[0].y) == ["small", "&lt;b&gt;bold&lt;/b&gt;⟨U+202E⟩"]
    assert {HIDDEN, "≈ 120 ± 8"} <= {note.text for note in drawn.layout.annotations}
