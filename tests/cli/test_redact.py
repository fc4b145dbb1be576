"""``vitrail redact`` as a user meets it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import vitrail as package
from vitrail.errors import Forbidden
from vitrail.model import Actor, Role

RAW = "zzqraw"
Vitrail = Callable[..., object]


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "mails.csv").write_text(f"id,mail\n1,{RAW}.{RAW}@example-mail.org\n")
    return folder


def test_a_clean_copy_says_what_was_replaced_and_ends_with_zero(
    vitrail: Vitrail, exports: Path, tmp_path: Path
) -> None:
    out = tmp_path / "copy"
    done = vitrail("redact", exports, "--out", out, "--names", "off", "--json", code=0)
    document = json.loads(done.stdout)
    assert document["totals"]["replaced"] == {"EMAIL_ADDRESS": 1}
    assert (out / "mails.csv").read_text() == "id,mail\n1,<EMAIL_ADDRESS>\n"
    again = vitrail("redact", exports, "--out", out, "--names", "off", code=2)
    assert "--force" in again.stderr


def test_a_file_of_known_values_has_their_hashes_replaced(
    vitrail: Vitrail, exports: Path, tmp_path: Path
) -> None:
    known, out = tmp_path / "known.txt", tmp_path / "copy"
    known.write_text(f"{RAW}@example-mail.org\n")
    digest = hashlib.sha1(known.read_bytes().strip(), usedforsecurity=False).hexdigest()
    (exports / "hashes.csv").write_text(f"who\n{digest}\n")
    vitrail("redact", exports, "--out", out, "--names", "off", "--known", known, code=0)
    assert (out / "hashes.csv").read_text() == "who\n<EMAIL_ADDRESS>\n"


def test_an_input_that_cannot_be_copied_ends_with_three(
    vitrail: Vitrail, exports: Path, tmp_path: Path
) -> None:
    (exports / "cut.parquet").write_bytes(b"PAR1" + RAW.encode())
    done = vitrail("redact", exports, "--out", tmp_path / "copy", "--names", "off", code=3)
    assert "cut.parquet" in done.stderr
    assert "A scan of the copy found nothing." in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--names", "off"), ("--out", "c", "--with", "blur"), ("--out", "c", "--lang", "xx")],
)
def test_wrong_usage_ends_with_two_and_writes_nothing(
    vitrail: Vitrail, exports: Path, arguments: tuple[str, ...]
) -> None:
    done = vitrail("redact", exports, *arguments, code=2)
    assert done.stdout == ""
    assert not Path("c").exists()


def test_a_workspace_makes_a_copy_under_its_own_key_and_notes_it(
    workspace: Path, tmp_path: Path
) -> None:
    from vitrail.redaction import Operator, RedactOptions
    from vitrail.scan import ScanOptions

    leads = sorted((workspace / "exports" / "stripe").iterdir())
    options = RedactOptions(Operator.PSEUDONYM, scan=ScanOptions(names="off", jobs=1))
    with package.open(workspace) as opened:
        redaction = opened.redact(tmp_path / "copy", options, paths=leads)
        assert redaction.key == opened.keys.check_value
        assert redaction.is_clean
        events = [e for e in opened.events() if e.kind == "run_ended"]
        assert events[-1].payload["summary"]["files"] == len(leads)
        assert not list((workspace / "tmp").rglob("*.parquet"))


def test_an_analyst_may_not_make_a_copy(workspace: Path, tmp_path: Path) -> None:
    with (
        package.open(workspace, Actor("ann", frozenset({Role.ANALYST}))) as opened,
        pytest.raises(Forbidden),
    ):
        opened.redact(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
