"""Every preset stands in the page that people choose from."""

from __future__ import annotations

import re
from pathlib import Path

from vitrail.exports.presets import load_preset, preset_names

DOCUMENT = Path(__file__).parents[2] / "docs" / "mapping.md"


def test_the_page_lists_every_preset_with_its_table_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", DOCUMENT.read_text("utf-8"), re.M)
    assert rows == [(name, load_preset(name)["table"]) for name in preset_names()]
