"""Likely minors of a workspace: how its scans look for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import vitrail.scan as scanning
from vitrail.exports.mapping import Feed, plan
from vitrail.scan.ages import mapped

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog
    from vitrail.workspace.open_workspace import OpenWorkspace


def today(workspace: OpenWorkspace) -> date:
    """The day on which ages are reckoned: the exports' own, else this one."""
    return workspace.settings.asof or datetime.now(UTC).date()


def minors_look(workspace: OpenWorkspace, catalog: Catalog) -> scanning.MinorsLook:
    """The columns of age as ``vitrail.toml`` names them, and the policy's age."""
    planned = plan(workspace.settings, workspace.layout.root, catalog)
    feeds: dict[tuple[str, str | None], list[Feed]] = {}
    for feed in (*planned.feeds, *planned.processor_feeds):
        feeds.setdefault((feed.dataset.name, feed.dataset.table), []).append(feed)
    columns = {place: mapped(of) for place, of in feeds.items()}
    return scanning.MinorsLook(today(workspace), workspace.settings.params.minor_age, columns)
