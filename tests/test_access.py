from __future__ import annotations

import pytest

from vitrail.access import ALLOWED, Action, can, local_actor, require
from vitrail.errors import Forbidden
from vitrail.model import Actor, Role


def _actor(*roles: Role) -> Actor:
    return Actor("someone", frozenset(roles))


def test_every_action_has_its_roles() -> None:
    assert set(ALLOWED) == set(Action)


def test_analysts_reach_releases_only() -> None:
    reached = {action for action in Action if can(_actor(Role.ANALYST), action)}
    assert reached == {Action.ASK, Action.READ_ASSESSMENTS}


def test_analysts_spend_no_privacy_budget_in_passing() -> None:
    assert not can(_actor(Role.ANALYST), Action.PUBLISH)
    assert not can(_actor(Role.INVESTIGATOR), Action.PUBLISH)
    assert can(_actor(Role.AUDITOR), Action.PUBLISH)


def test_admins_decide_on_no_finding_for_they_may_be_audited() -> None:
    assert not can(_actor(Role.ADMIN), Action.DECIDE)
    assert not can(_actor(Role.ADMIN), Action.READ_FINDINGS)


@pytest.mark.parametrize("action", [Action.DECIDE, Action.REVEAL])
def test_an_admin_neither_decides_nor_reveals_whatever_else_they_are(action: Action) -> None:
    assert can(_actor(Role.AUDITOR), action)
    assert not can(_actor(Role.ADMIN, Role.AUDITOR), action)
    assert not can(_actor(Role.ADMIN, Role.AUDITOR, Role.INVESTIGATOR), action)
    with pytest.raises(Forbidden, match="not that of an admin"):
        require(_actor(Role.ADMIN, Role.AUDITOR), action)


def test_nobody_without_a_role_does_anything() -> None:
    assert not any(can(_actor(), action) for action in Action)


def test_the_local_user_may_do_everything() -> None:
    assert all(can(local_actor(), action) for action in Action)


def test_a_refusal_names_the_role_that_it_takes() -> None:
    with pytest.raises(Forbidden, match="auditor"):
        require(_actor(Role.ANALYST), Action.DECIDE)
