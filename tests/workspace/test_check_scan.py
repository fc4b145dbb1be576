"""Which scan a check rests on: one of the exports as they lie there now."""

from __future__ import annotations

from pathlib import Path

import vitrail

CARD = "4556 7375 8689 9855"


def test_a_check_scans_again_once_an_export_is_removed_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "vitrail.toml").write_text("")
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "kept.csv").write_text("id,note\n1,nothing to see\n")
    (exports / "removed.csv").write_text(f"id,note\n1,my card {CARD}\n")
    with vitrail.open(tmp_path) as workspace:

        def examined() -> tuple[int, int, int]:
            (one,) = workspace.check(only=["PAY-01"]).assessments
            scans = [run for run in workspace.runs() if run.kind == "scan"]
            return len(scans), one.denominator, one.violations + one.warnings

        assert examined() == (1, 4, 1)
        assert examined() == (1, 4, 1)
        (exports / "removed.csv").unlink()
        assert examined() == (2, 2, 0)
