"""Every page, run by Streamlit's own test runner over a real demo workspace."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

HOUSE = Path(__file__).parent.parent.parent
PAGES = sorted((HOUSE / "pages").glob("*.py"))


def _statements(page: Path) -> list[ast.stmt]:
    """A page's statements behind its docstring and imports."""
    body = ast.parse(page.read_text()).body
    passed = (ast.Import, ast.ImportFrom)
    return [
        s for s in body
        if not isinstance(s, passed)
        and not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_the_first_statement_of_every_page_is_its_door(page: Path) -> None:
    first = _statements(page)[0]
    assert isinstance(first, ast.Assign)
    assert ast.unparse(first).startswith("actor = enter(Role.")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_page_imports_only_what_pages_are_made_of(page: Path) -> None:
    imports = [s for s in ast.parse(page.read_text()).body if isinstance(s, ast.ImportFrom)]
    assert {i.module for i in imports} == {"vitrail.ui"}
    assert not any(isinstance(s, ast.Import) for s in ast.parse(page.read_text()).body)


def _run(page: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("VITRAIL_WORKSPACE", str(workspace))
    monkeypatch.chdir(HOUSE)
    test = AppTest.from_file(str(HOUSE / "pages" / f"{page}.py"), default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


@pytest.mark.parametrize("page", [p.stem for p in PAGES])
def test_every_page_shows_itself_without_a_fault(
    page: str, demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _run(page, demo_workspace, monkeypatch)
    assert not shown.exception
    assert not shown.error or page == "promises"
    assert shown.title[0].value == page.capitalize()


@pytest.mark.parametrize("page", [p.stem for p in PAGES])
def test_no_page_is_served_to_other_machines(
    page: str, demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from streamlit import config

    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        shown = _run(page, demo_workspace, monkeypatch)
    finally:
        config.set_option("server.address", before)
    assert "not open to other machines" in shown.error[0].value
    assert not shown.dataframe
    assert not shown.metric


def test_trends_takes_its_whole_state_from_the_url(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _run("trends", demo_workspace, monkeypatch, by="month", months="6 months")
    assert not shown.exception
    assert shown.selectbox(key="months").value == "6 months"


def test_trends_writes_every_number_with_its_error(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _run("trends", demo_workspace, monkeypatch)
    assert shown.metric
    for metric in shown.metric:
        assert "±" in metric.value or "hidden for privacy" in metric.value


def test_a_finding_is_dismissed_with_a_reason_and_never_without(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vitrail
    from vitrail.model import FindingStatus

    shown = _run("findings", demo_workspace, monkeypatch)
    dismiss = next(b for b in shown.button if b.label == "Dismiss")
    shown = dismiss.click().run()
    assert any("reason" in w.value for w in shown.warning)
    shown.text_input[0].set_value("a test account of ours")
    next(b for b in shown.button if b.label == "Dismiss").click().run()
    with vitrail.open(demo_workspace) as workspace:
        dismissed = workspace.findings(FindingStatus.DISMISSED)
        assert [f.reason for f in dismissed] == ["a test account of ours"]
        from vitrail.model import Decision

        workspace.dispose(dismissed[0].id, Decision.REOPEN, "the test is over")


def test_promises_shows_each_control_of_the_policy(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _run("promises", demo_workspace, monkeypatch)
    text = " ".join(m.value for m in shown.markdown)
    for control in ("PAY-01", "MKT-01", "MKT-02", "RET-01", "DSR-01", "TST-01", "SHR-01", "MIN-01"):
        assert control in text


def test_without_a_workspace_the_page_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _run("trends", tmp_path, monkeypatch)
    assert "vitrail demo" in shown.error[0].value
