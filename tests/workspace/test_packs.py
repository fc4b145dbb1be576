"""A pack of a workspace: in the ledger, compared with the last check, verified without it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import vitrail
from vitrail import report
from vitrail.cli.verifying import verify_pack
from vitrail.errors import UsageError


@dataclass(frozen=True)
class Packed:
    """A workspace whose grace was moved after its first check, and the pack of its second."""

    workspace: Path
    out: Path
    before: str
    run: Any

    @property
    def own(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "pack.json").read_text())
        return found


@pytest.fixture(scope="module")
def packed(small_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    place = tmp_path_factory.mktemp("packed")
    small, out = Path(shutil.copytree(small_workspace, place / "small")), place / "pack"
    toml = small / "vitrail.toml"
    toml.write_text(toml.read_text().replace("unsub_grace_hours = 0", "unsub_grace_hours = 9000"))
    with vitrail.open(small) as workspace:
        before = workspace.latest_check()
        assert before is not None
        run = workspace.check(only=["MKT-02", "MKT-04"], out=out)
    return Packed(small, out, before.id, run)


def test_a_pack_is_tied_to_the_ledger(packed: Packed) -> None:
    noted = packed.own["ledger"]
    with vitrail.open(packed.workspace) as workspace:
        *_, tested, written = workspace.events()
        assert workspace.verify_ledger(noted["head"]).ok
        assert not workspace.verify_ledger("b" * 64).ok
        assert report.verify_seal(packed.out, workspace.public_key()).ok
    assert (tested.kind, tested.hash, tested.seq) == ("check", noted["head"], noted["length"])
    assert (written.kind, written.payload["format"]) == ("report_written", "pack")


def test_the_check_stays_in_the_workspace_too(packed: Packed) -> None:
    kept = packed.run.directory
    assert kept.parent == packed.workspace / "runs"
    assert (kept / "evidence.json").read_bytes() == (packed.out / "evidence.json").read_bytes()


def test_a_parameter_moved_since_the_last_check_is_told(packed: Packed) -> None:
    assert packed.own["compared_with"] == packed.before
    (change,) = packed.own["changes"]
    assert (change["control"], change["causes"]) == ("MKT-02", ["parameters"])
    assert "grace hours from 0 to 9000" in change["words"]


def test_the_command_says_whether_a_pack_is_whole(
    packed: Packed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack, key = Path(shutil.copytree(packed.out, tmp_path / "pack")), tmp_path / "key.pem"
    shutil.copyfile(pack / "signing-key.pem", key)
    assert verify_pack(pack, key, as_json=False) == 0
    assert verify_pack(pack, None, as_json=False) == 0
    assert "ask the company" in capsys.readouterr().err
    (pack / "report.html").write_text("all kept")
    assert verify_pack(pack, None, as_json=True) == 1
    assert json.loads(capsys.readouterr().out)["problem"].startswith("report.html was changed")
    with pytest.raises(UsageError, match="key alone"):
        verify_pack(None, key, as_json=False)
    with pytest.raises(UsageError, match="cannot be read"):
        verify_pack(pack, tmp_path / "none.pem", as_json=False)
