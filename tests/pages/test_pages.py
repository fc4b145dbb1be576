"""Every page, run by Streamlit's own test runner over a real demo workspace."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from tests.pages.visiting import as_read, to_copy, words
from vitrail.model import Decision, FindingFilter, FindingStatus

HOUSE = Path(__file__).parent.parent.parent
PAGES = sorted((HOUSE / "pages").glob("*.py"))
NAMES = [page.stem for page in PAGES]


def _statements(page: Path) -> list[ast.stmt]:
    """A page's statements behind its docstring and imports."""
    body = ast.parse(page.read_text()).body
    passed = (ast.Import, ast.ImportFrom)
    return [
        s for s in body
        if not isinstance(s, passed)
        and not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_first_statement_of_every_page_is_its_door(page: Path) -> None:
    first = _statements(page)[0]
    assert isinstance(first, ast.Assign)
    assert ast.unparse(first).startswith("actor = enter(Role.")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_imports_only_what_pages_are_made_of(page: Path) -> None:
    imports = [s for s in ast.parse(page.read_text()).body if isinstance(s, ast.ImportFrom)]
    assert {i.module for i in imports} == {"vitrail.ui"}
    assert not any(isinstance(s, ast.Import) for s in ast.parse(page.read_text()).body)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_reads_like_its_own_outline(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 80


class Visit:
    """One visit to a page of a workspace, with what stands in its URL."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, page: str, workspace: Path, **query: str) -> AppTest:
        self._monkeypatch.setenv("VITRAIL_WORKSPACE", str(workspace))
        self._monkeypatch.chdir(HOUSE)
        test = AppTest.from_file(str(HOUSE / "pages" / f"{page}.py"), default_timeout=120)
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch)


@pytest.fixture
def own_workspace(unopened_demo: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(unopened_demo, tmp_path / "own"))


@pytest.mark.parametrize("page", NAMES)
def test_every_page_shows_itself_without_a_fault(
    page: str, demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(page, demo_workspace)
    assert not shown.exception
    assert not shown.error
    assert not [warning.value for warning in shown.warning]
    assert shown.title[0].value == page.replace("_", " ").capitalize()


@pytest.mark.parametrize("page", NAMES)
def test_no_page_is_served_to_other_machines(page: str, demo_workspace: Path, visit: Visit) -> None:
    from streamlit import config

    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        shown = visit(page, demo_workspace)
    finally:
        config.set_option("server.address", before)
    assert "not open to other machines" in words(shown)
    assert not shown.dataframe
    assert not shown.main.html


def test_trends_takes_its_whole_state_from_the_url(demo_workspace: Path, visit: Visit) -> None:
    shown = visit("trends", demo_workspace, by="month", months="12 months", metric="Orders",
                  country="FR", compare="nothing")  # fmt: skip
    assert not shown.exception
    assert shown.selectbox(key="months").value == "12 months"
    assert "Orders by month" in words(shown)
    assert "compared with nothing" in words(shown)
    assert "Country: FR" in [as_read(button.label) for button in shown.button]


def test_a_filter_goes_when_its_chip_is_clicked(demo_workspace: Path, visit: Visit) -> None:
    shown = visit("trends", demo_workspace, country="FR")
    shown = shown.button(key="drop-country").click().run()
    assert not shown.exception
    assert shown.selectbox(key="country").value is None
    assert "drop-country" not in [button.key for button in shown.button]


def test_trends_writes_every_number_with_its_error(demo_workspace: Path, visit: Visit) -> None:
    shown = visit("trends", demo_workspace)
    shown_tiles = shown.html[0].body.split('class="vitrail-tile"')[1:]
    assert len(shown_tiles) == 5
    for tile in shown_tiles:
        assert "±" in tile or "hidden for privacy" in tile
    table = shown.dataframe[0].value
    assert all("±" in v or "hidden for privacy" in v for v in table.iloc[:, 1])


def test_a_value_that_only_one_fact_shows_hides_the_numbers_of_the_other(
    demo_workspace: Path, visit: Visit
) -> None:
    with vitrail.open(demo_workspace) as workspace:
        countries = {f.name: f.dimension("country").values for f in workspace.facts()}
    rare = sorted(set(countries["activity"]) - set(countries["orders"]))[0]
    shown = visit("trends", demo_workspace, metric="Events", country=rare)
    assert not shown.exception
    assert not [warning.value for warning in shown.warning]
    assert shown.html[0].body.count("hidden for privacy") >= 3


def test_what_is_hidden_is_said_in_the_table(demo_workspace: Path, visit: Visit) -> None:
    shown = visit("trends", demo_workspace, metric="Ordering users", country="FR")
    assert not shown.exception
    table = shown.dataframe[0].value
    hidden = table.iloc[:, 1] == "◌ hidden for privacy"
    assert len(table) == 13  # a hidden week keeps its row
    assert hidden.any()
    assert (table[hidden].iloc[:, 2] == "").all()


def test_a_finding_is_dismissed_with_a_reason_and_never_without(
    own_workspace: Path, visit: Visit
) -> None:
    shown = visit("findings", own_workspace, severity="high")
    shown = shown.button(key="decide-dismiss").click().run()
    assert any("reason" in told.value for told in shown.info)
    shown.text_input(key="reason").set_value("a test account of ours")
    shown.button(key="decide-dismiss").click().run()
    with vitrail.open(own_workspace) as workspace:
        dismissed = workspace.findings(FindingStatus.DISMISSED)
        assert [f.reason for f in dismissed] == ["a test account of ours"]


def test_the_inventory_begins_with_what_the_policy_does_not_declare(
    visit: Visit, demo_workspace: Path
) -> None:
    shown = visit("inventory", demo_workspace)
    assert not shown.exception
    undeclared, rest = (table.value for table in shown.dataframe[:2])
    assert undeclared["data"].iloc[0] == "✕ date of birth"
    assert undeclared["held in"].iloc[0] == "whole column"
    assert set(undeclared["data"].str[0]) == {"✕"}
    assert not rest["data"].str.startswith("✕").any()
    assert "Declared, nowhere seen" in words(shown)
    picture = next(str(h.body) for h in shown.html if "vitrail-map" in str(h.body))
    assert picture.index("date of birth") < picture.index("contact details")


def test_findings_begin_with_the_worst_and_name_kinds_in_plain_words(
    demo_workspace: Path, visit: Visit
) -> None:
    table = visit("findings", demo_workspace).dataframe[0].value
    assert table["severity"].iloc[0] == "■ critical"
    severities = list(dict.fromkeys(table["severity"]))
    assert severities == [s for s in ("■ critical", "▲ high", "◆ medium", "● low")
                          if s in severities]  # fmt: skip
    assert not any("_" in words for words in table["what"])


def test_a_decided_finding_leaves_the_open_ones(own_workspace: Path, visit: Visit) -> None:
    with vitrail.open(own_workspace) as workspace:
        before = workspace.finding_tally(FindingFilter()).total.findings
        (worst,) = workspace.finding_page(FindingFilter(), 0, 1)
        workspace.dispose(worst.id, Decision.CONFIRM, "it is real")
        left = workspace.finding_tally(FindingFilter()).total.findings
    confirmed = visit("findings", own_workspace, status="confirmed").dataframe[0].value
    assert left == before - 1
    assert list(confirmed["status"]) == ["✕ confirmed"]


def test_promises_shows_each_control_of_the_policy(demo_workspace: Path, visit: Visit) -> None:
    text = words(visit("promises", demo_workspace))
    for control in ("PAY-01", "MKT-01", "MKT-02", "RET-01", "DSR-01", "TST-01", "SHR-01", "MIN-01"):
        assert control in text


def test_without_a_workspace_the_page_says_how_to_begin(tmp_path: Path, visit: Visit) -> None:
    assert "vitrail demo" in words(visit("trends", tmp_path))


@pytest.mark.parametrize(
    ("page", "lost", "command"),
    [
        ("trends", ("facts",), "vitrail import"),
        ("promises", ("runs", "reports"), "vitrail check"),
        ("findings", ("ledger.db", "ledger.db-wal", "ledger.db-shm", "key"), "vitrail scan"),
    ],
)
def test_an_empty_page_says_the_one_command_that_helps(
    own_workspace: Path, visit: Visit, page: str, lost: tuple[str, ...], command: str
) -> None:
    for name in lost:
        place = own_workspace / name
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    shown = visit(page, own_workspace)
    assert not shown.exception
    assert command in to_copy(shown)


@pytest.mark.parametrize("page", NAMES)
def test_a_broken_configuration_is_told_in_words(
    own_workspace: Path, visit: Visit, page: str
) -> None:
    (own_workspace / "vitrail.toml").write_text("exports = [not closed")
    shown = visit(page, own_workspace)
    assert not shown.exception
    assert "vitrail.toml" in words(shown)
    assert "Traceback" not in words(shown)


def test_a_lost_key_is_told_with_what_to_do(own_workspace: Path, visit: Visit) -> None:
    (own_workspace / "key").unlink()
    assert "Restore `key` from its backup" in words(visit("trends", own_workspace))


def test_a_removed_epoch_is_told_with_what_to_do(own_workspace: Path, visit: Visit) -> None:
    for epoch in (own_workspace / "facts").glob("*.duckdb"):
        epoch.unlink()
    shown = visit("trends", own_workspace)
    assert not shown.exception
    assert not shown.error
    assert "vitrail import" in to_copy(shown)
