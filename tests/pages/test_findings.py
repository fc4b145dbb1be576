"""The Findings page as it is worked with: by keys, together, by two persons, and in clear."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from tests.pages import visiting
from tests.pages.visiting import to_copy
from vitrail.model import Actor, Decision, FindingFilter, FindingStatus, Role, Severity, Standing
from vitrail.scan import ScanOptions
from vitrail.ui import reveal

Desk = Callable[..., AppTest]
CARD = "4111 1111 1111 1111"
HOSTILE = "<script>alert(1)</script> **bold** ![x](http://example.org/x.png) :red[r] `c` \u202e 🙂"
COLUMN = '=HYPERLINK("http://example.org")<b>*note*</b>'


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four findings among hostile text: in the cells, in a column's name and a file's."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "exports").mkdir()
    (root / "vitrail.toml").write_text("asof = 2026-11-20\n", "utf-8")
    head = COLUMN.replace('"', '""')
    cells = [
        f"{HOSTILE} card {CARD} {HOSTILE}",
        "mail ann.lee@mail.example.com",
        "+33 6 12 34 56 78",
    ]
    body = "\n".join(f'"{cell}"' for cell in cells)
    (root / "exports" / "-_[x](y)_.csv").write_text(f'"{head}"\n{body}\n', "utf-8")
    (root / "exports" / "second.csv").write_text(f"note\ncard {CARD}\n", "utf-8")
    with vitrail.open(root) as workspace:
        workspace.scan(ScanOptions(names="off"))
    return root


@pytest.fixture
def place(scanned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scanned, tmp_path / "own"))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, place: Path) -> Desk:
    """``desk(actor, key="value")``: the page with what stands in its address."""
    return partial(visiting.Desk(monkeypatch, place), "findings")


def someone(name: str, *roles: Role) -> Actor:
    return Actor(name, frozenset(roles or {Role.AUDITOR}))


def at_hand(shown: AppTest) -> str:
    return next(s.value for s in shown.subheader if " in " in s.value)


def words(shown: AppTest) -> list[str]:
    kinds = (
        shown.header,
        shown.subheader,
        shown.markdown,
        shown.caption,
        shown.info,
        shown.warning,
    )
    return [str(e.value) for kind in kinds for e in kind]


def test_by_keys_one_says_yes_goes_on_skips_and_goes_back(desk: Desk, place: Path) -> None:
    shown = desk()
    keys = {b.key: b.proto.shortcut for b in shown.button if b.proto.shortcut}
    assert {keys[k] for k in ("decide-confirm", "decide-dismiss", "skip", "back")} == set("ynsb")
    first = at_hand(shown)
    shown.text_input(key="reason").set_value("looked at it")
    shown = shown.button(key="skip").click().run()
    second = at_hand(shown)
    assert second != first
    shown = shown.button(key="back").click().run()
    assert at_hand(shown) == first
    shown = shown.button(key="decide-confirm").click().run()
    assert at_hand(shown) == second
    assert shown.text_input(key="reason").value == "looked at it", "for the next of the round"
    with vitrail.open(place) as workspace:
        (confirmed,) = workspace.findings(FindingStatus.CONFIRMED)
        assert confirmed.reason == "looked at it"


def test_the_finding_looked_at_stands_in_the_address_and_nothing_of_the_data_does(
    desk: Desk, place: Path
) -> None:
    shown = desk().button(key="skip").click().run()
    finding = shown.query_params["finding"]
    again = desk(finding=finding if isinstance(finding, str) else finding[0])
    assert at_hand(again) == at_hand(shown)
    assert set(shown.query_params) <= {"finding", "where", "status", "group"}


def test_who_comes_second_is_told_and_keeps_what_they_typed(desk: Desk, place: Path) -> None:
    shown = desk(someone("boris"), severity="medium")
    with vitrail.open(place, someone("amelie")) as workspace:
        (one, *_) = workspace.finding_page(FindingFilter(severity=Severity.MEDIUM))
        workspace.dispose(one.id, Decision.CONFIRM, "it is a customer's")
    shown.text_input(key="reason").set_value("surely a fixture")
    shown = shown.button(key="decide-dismiss").click().run()
    assert any("amelie has confirmed it" in told.value for told in shown.info)
    assert shown.text_input(key="reason").value == "surely a fixture"
    with vitrail.open(place) as workspace:
        assert workspace.finding(one.id).decided_by == "amelie"


def test_a_critical_one_waits_for_another_auditor(desk: Desk, place: Path) -> None:
    shown = desk(someone("amelie"), severity="critical")
    shown.text_input(key="reason").set_value("a test card")
    shown = shown.button(key="decide-dismiss").click().run()
    assert any("another auditor" in told.value for told in shown.info)
    again = desk(someone("amelie"), status="second look")
    assert any("amelie would dismiss it" in w.value for w in again.warning)
    again.text_input(key="reason").set_value("really")
    again = again.button(key="decide-dismiss").click().run()
    assert any("proposed already" in told.value for told in again.info)
    second = desk(someone("boris"), status="second look")
    second.text_input(key="reason").set_value("a test card indeed")
    second.button(key="decide-dismiss").click().run()
    with vitrail.open(place) as workspace:
        assert workspace.finding_tally(FindingFilter(standing=Standing.DISMISSED)).total.findings


def test_a_finding_gets_an_owner_and_a_comment_on_its_card(desk: Desk) -> None:
    shown = desk()
    shown.text_input(key="card-owner").set_value("support *team*")
    shown = next(b for b in shown.button if b.label == "Assign").click().run()
    assert any(r"support \*team\*" in caption.value for caption in shown.caption)
    shown.text_input(key="card-comment").set_value("asked ann.lee@mail.example.com")
    shown = next(b for b in shown.button if b.label == "Comment").click().run()
    assert any("personal data" in w.value for w in shown.warning)
    owned = desk(owner="support *team*")
    assert len(owned.dataframe[0].value) == 1


def reveal_first(shown: AppTest, reason: str) -> AppTest:
    shown.text_input(key="reveal-reason").set_value(reason)
    return next(b for b in shown.button if b.label.startswith("Reveal")).click().run()


def test_a_cell_in_clear_is_text_and_gone_after_its_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reveal, "SECONDS", 1.5)
    shown = desk(severity="critical", dataset="-_[x](y)_.csv")
    shown = reveal_first(shown, "")
    assert any("reason is missing" in w.value for w in shown.warning)
    shown = reveal_first(shown, "to see whether it is a test card")
    (box,) = [h.body for h in shown.html if "vitrail-clear" in h.body]
    assert f"<mark>{CARD}</mark>" in box
    assert "<script" not in box
    assert "&lt;script&gt;" in box
    assert "\u202e" not in box
    held = shown.session_state["revealed"]
    time.sleep(1.7)
    assert held.cell is None, "also where nobody looks at the page any more"
    shown = shown.run()
    assert not [h for h in shown.html if "vitrail-clear" in h.body]
    assert "revealed" not in shown.session_state


@pytest.mark.parametrize("roles", [(Role.ADMIN, Role.AUDITOR), (Role.ADMIN, Role.INVESTIGATOR)])
def test_an_admin_is_offered_neither_a_decision_nor_a_cell(
    desk: Desk, roles: tuple[Role, ...]
) -> None:
    shown = desk(someone("root", *roles))
    labels = [b.label for b in shown.button]
    assert not shown.exception
    assert not [name for name in labels if name.startswith(("Reveal", "Yes", "No", "Assign"))]


def test_whatever_stands_in_the_data_is_shown_as_text(desk: Desk) -> None:
    shown = desk(severity="critical", dataset="-_[x](y)_.csv")
    assert not shown.exception
    table = shown.dataframe[0].value
    assert table["where"].iloc[0].startswith("'=HYPERLINK"), "saved as CSV it is no formula"
    assert " · -_[x](y)_.csv" in table["where"].iloc[0]
    for said in words(shown):
        assert "<b>" not in said.replace(r"\<b\>", "")
        assert "](y)" not in said
    for html in shown.html:
        assert "<b>" not in html.body
    chips = [b.label for b in shown.button if b.key == "drop-dataset"]
    assert chips == [r"\-\_\[x\]\(y\)\_\.csv"]
    samples = to_copy(shown)
    assert samples
    assert all("\u202e" not in sample for sample in samples)


def test_an_address_that_asks_for_what_is_not_there_shows_an_empty_list(desk: Desk) -> None:
    shown = desk(kind="<b>no such kind</b>", severity="apocalyptic", owner="nobody known")
    assert not shown.exception
    assert any("Nothing is left" in told.value for told in shown.info)
