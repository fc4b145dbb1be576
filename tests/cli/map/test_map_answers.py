"""What `vitrail map` is told: by arguments, wrong ones too, and in a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.map.clients import CLIENTS, Mapped, sources


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["exports/client.csv"], "Did you mean clients.csv?"),
        (["exports/clients.csv", "--timezone", "Europe/Pariss"], "Did you mean Europe/Paris?"),
        (["exports/clients.csv", "--table", "acounts"], "Did you mean accounts?"),
        (["exports/clients.csv", "--column", "closed_at"], "Write --column"),
        (["exports/clients.csv", "--column", "clsed_at=Fin"], "Did you mean closed_at?"),
        (["exports/clients.csv", "--preset", "stripe_payment"], "Did you mean stripe_payments?"),
    ],
)
def test_wrong_words_exit_2_with_those_that_were_meant(
    arguments: list[str], told: str, mapped: Mapped, place: Path
) -> None:
    code, _, err = mapped(*arguments, "--write")
    assert code == 2
    assert told in err
    assert sources(place) == {}


def test_a_file_outside_the_exports_is_not_looked_into(mapped: Mapped, place: Path) -> None:
    (place / "elsewhere.csv").write_text(CLIENTS)
    code, out, err = mapped(place / "elsewhere.csv")
    assert (code, out) == (2, "")
    assert "lies outside exports" in err
    (place / "exports" / "link.csv").symlink_to(place / "elsewhere.csv")
    assert mapped("exports/link.csv")[0] == 2


def test_one_answer_about_columns_is_not_taken_for_several_exports(
    mapped: Mapped, place: Path
) -> None:
    (place / "exports" / "orders.csv").write_text("order_id,account_id\nO-1,1000\n")
    code, _, err = mapped("exports", "--table", "orders")
    assert code == 2
    assert "Name one file" in err


def test_in_a_terminal_it_asks_and_writes_what_was_answered(place: Path) -> None:
    text = CLIENTS.replace("-", "/").replace("2026/05/01", "01/05/2026 10:00")
    lines = text.splitlines()
    cells = [line.split(",") for line in lines[1:]]
    rows = [",".join([*c[:2], "03/04/2026 10:00", c[3], c[4]]) for c in cells]
    (place / "exports" / "clients.csv").write_text("\n".join([lines[0], *rows]))
    shown = _converse(
        [sys.executable, "-m", "vitrail", "map", "exports/clients.csv", "-C", str(place)],
        [
            ("Which comes first?", "1"), ("which zone", "Europe/Pariss"),
            ("Did you mean", "Europe/Paris"), ("Add this source", "y"),
        ],
    )  # fmt: skip
    assert "zzqraw" not in shown
    written = sources(place)["clients"]
    assert written["timezone"] == "Europe/Paris"
    assert written["dates"] == {"day_first": True}
    assert written["columns"]["created_at"] == "Created"


def _converse(command: list[str], turns: list[tuple[str, str]]) -> str:
    """Run a command on a terminal of its own and answer each question as it comes."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown, end = "", time.monotonic() + 60
        asked = 0
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    part = os.read(ours, 65_536).decode("utf-8", "replace")
                except OSError:
                    break
                if not part:
                    break
                shown += part
            if turns and turns[0][0] in shown[asked:] and shown.rstrip(" ").endswith(":"):
                asked = len(shown)
                os.write(ours, f"{turns.pop(0)[1]}\n".encode())
        assert process.wait(10) == 0, shown
    os.close(ours)
    assert turns == [], shown
    return shown
