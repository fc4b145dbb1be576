"""Whoever builds on this knows what it stands on."""

from __future__ import annotations

import pytest

from handbook import licences


@pytest.fixture(scope="module")
def page() -> str:
    return licences.run_with() + licences.work_with()


@pytest.mark.parametrize("name", [*licences.needed(), *licences.for_work()])
def test_each_direct_dependency_is_listed_with_its_licence(name: str, page: str) -> None:
    row = next((line for line in page.splitlines() if line.startswith(f"| `{name}` |")), "")
    assert licences.licence(name), f"{name} states no licence"
    assert licences.licence(name) in row.replace("\\|", "|")


def test_what_asks_something_of_who_hands_it_on_is_named_in_words() -> None:
    words = (licences.HOUSE / "docs" / "licences.md").read_text("utf-8")
    copyleft = {name for name in licences.needed() if "GPL" in licences.licence(name)}
    assert copyleft == {"psycopg", "python-stdnum"}
    assert all(f"`{name}`" in words for name in copyleft)
