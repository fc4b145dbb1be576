"""Who gets which data goes by whole names: look-alikes of a recipient are somebody else."""

from __future__ import annotations

import pytest

import vitrail
from vitrail.house import carried
from vitrail.promises import load_policy
from vitrail.workspace.importing import open_store
from vitrail.workspace.recipients import Registered, registered

POLICY = load_policy(carried("policies", "leadnlead-v202406.yaml"))

_MAPPING = """
[sources.processors]
file = "exports/processors.csv"
table = "processors"
timezone = "UTC"
columns = { processor_id = "id", name = "name", data_categories = "data", active_to = "until" }
"""
_REGISTER = """id,name,data,until
1,Stripe Payments Europe,payment;contact,
2,Stripe Printing,contact lenses,
3,Stripes GmbH,payment plans,
4,"STRIPE, Inc.",payment,
5,Google Fonts,device drivers,
6,Crisp,messages,
7,Crisp Bread AB,contact,
8,Nordic Hosting,all,
9,Old Mailer,contact,2020-01-01 00:00:00
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Registered]:
    place = tmp_path_factory.mktemp("register")
    (place / "exports").mkdir()
    (place / "exports" / "processors.csv").write_text(_REGISTER, "utf-8")
    (place / "vitrail.toml").write_text(_MAPPING, "utf-8")
    with vitrail.open(place) as workspace, open_store(workspace) as store:
        return {one.name: one for one in registered(store, POLICY)}


def test_an_alias_and_a_legal_form_are_the_same_recipient_and_a_look_alike_is_not(
    found: dict[str, Registered],
) -> None:
    assert set(found) == {
        "Stripe", "Stripe Printing", "Stripes GmbH", "Google Fonts", "Crisp", "Crisp Bread AB",
        "Nordic Hosting",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("system", "keeper"),
    [(("stripe", "Stripe"), "Stripe"), (("crisp", "Crisp chat"), "Crisp"),
     (("print", "Stripe printing"), "Stripe Printing"), (("ga4", "Google Analytics 4"), None)],
)  # fmt: skip
def test_a_system_is_kept_by_whom_it_is_named_after_and_by_nobody_else(
    found: dict[str, Registered], system: tuple[str, str], keeper: str | None
) -> None:
    assert [name for name, one in found.items() if one.keeps(system)] == [keeper] * bool(keeper)


def test_a_category_is_got_by_its_own_name_or_alias_and_by_who_gets_all(
    found: dict[str, Registered],
) -> None:
    def who(category: str) -> set[str]:
        return {name for name, one in found.items() if one.gets(category)}

    assert who("contact details") == {"Stripe", "Crisp Bread AB", "Nordic Hosting"}
    assert who("payment information") == {"Stripe", "Nordic Hosting"}
    assert who("browser and device characteristics") == {"Nordic Hosting"}
