"""A workspace's scan looks at all that an import reads, wherever it lies."""

from __future__ import annotations

from pathlib import Path

import vitrail
from vitrail.scan import ScanOptions

CONFIG = """
[sources.notes]
file = "elsewhere/notes.csv"
table = "support_messages"
columns = { message_id = "id" }
[sources.crm]
url = "postgresql://reader:hidden-word@127.0.0.1:9/crm"
table = "accounts"
"""


def test_what_sources_name_beside_the_exports_is_scanned_too(tmp_path: Path) -> None:
    for folder in ("exports", "elsewhere"):
        (tmp_path / folder).mkdir()
    (tmp_path / "vitrail.toml").write_text(CONFIG)
    (tmp_path / "exports" / "own.csv").write_text("id,note\n1,nothing to see\n")
    (tmp_path / "elsewhere" / "notes.csv").write_text("id,note\nm1,ask ann.lee@mail.example.org\n")
    with vitrail.open(tmp_path) as workspace:
        run = workspace.scan(ScanOptions(names="off", jobs=1))
        (found,) = workspace.findings()
        assert (found.entity_type, found.column) == ("EMAIL_ADDRESS", "note")
        assert workspace.samples(found.id)
    assert ["crm could not be reached" in (i.reason or "") for i in run.unreadable] == [True]
