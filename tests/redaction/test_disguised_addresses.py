"""An address that hides from programs is replaced in the copy like the clear one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from vitrail import scan
from vitrail.keys import Keyring
from vitrail.redaction import RedactOptions, operators_of, redact

SCAN = scan.ScanOptions(names="off", jobs=1, entities=("EMAIL_ADDRESS",))
NOTES = (
    "clear: zoe.marchetti@example-mail.org, thanks",
    "spelt: zoe.marchetti at example-mail dot org, thanks",
    "brackets: zoe.marchetti [at] example-mail [dot] org, thanks",
    "words: zoe point marchetti arobase example-mail point org, thanks",
    "link: /s?q=zoe.marchetti%20at%20example-mail%20dot%20org&page=2",
    'quoted: "zoe.marchetti"@example-mail.org, thanks',
)


@pytest.mark.parametrize("operator", ["tag", "mask", "pseudonym", "redact"])
def test_disguised_addresses_are_replaced_and_a_second_scan_finds_none(
    tmp_path: Path, keys: Keyring, operator: str
) -> None:
    source = tmp_path / "notes.csv"
    source.write_text("\n".join(["note", *(f'"{n.replace(chr(34), chr(34) * 2)}"' for n in NOTES)]))
    usual, chosen = operators_of(operator)
    made = redact([source], tmp_path / "out", keys, RedactOptions(usual, chosen, SCAN))
    assert made.is_clean
    again = scan.run(scan.plan([made.directory], SCAN), tmp_path / "run", keys, run_id="again")
    assert again.hits == 0
    with next(made.directory.rglob("notes.csv")).open(newline="") as file:
        cells = [row["note"] for row in csv.DictReader(file)]
    assert len(cells) == len(NOTES)
    assert not [cell for cell in cells if "marchetti" in cell]
    assert [cell.partition(":")[0] for cell in cells] == [n.partition(":")[0] for n in NOTES]
    if operator == "pseudonym":  # one person, one pseudonym
        assert len({w for cell in cells for w in cell.split() if w.startswith("EMAIL_")}) == 1
