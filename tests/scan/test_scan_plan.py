"""How long a plan says that its scan will take."""

from __future__ import annotations

from pathlib import Path

import pytest

from vitrail import scan

TEXT = "Yesterday I spoke with Amélie Durand about the invoice number {n}, she will call back."


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    lines = [f"{n};{TEXT.format(n=n)}" for n in range(4_000)]
    (tmp_path / "letters.csv").write_text("\n".join(["id;body", *lines]) + "\n", "utf-8")
    return tmp_path


def _seconds(folder: Path, **options: object) -> float:
    return scan.plan([folder], scan.ScanOptions(jobs=1, **options)).seconds_estimate  # type: ignore[arg-type]


def test_a_plan_counts_the_texts_that_the_models_will_read(letters: Path) -> None:
    """1,150 texts a second of one core: of a column 2,000 at most, unless all are to be read."""
    patterns, usual, every = (_seconds(letters, names=names) for names in ("off", "auto", "all"))
    assert usual - patterns == pytest.approx(2_000 / 1_150, rel=0.01)
    assert every - patterns == pytest.approx(4_000 / 1_150, rel=0.2)


def test_a_plan_counts_cells_and_columns_beside_the_start(tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    (few / "a.csv").write_text("a,b,c,d\n" + "1,2,3,4\n" * 10)
    many = tmp_path / "many"
    many.mkdir()
    (many / "a.csv").write_text("a,b,c,d\n" + "1,2,3,4\n" * 100_000)
    short, long = _seconds(few, names="off"), _seconds(many, names="off")
    assert short > 3
    assert long - short == pytest.approx(4 * 100_000 / 230e3, rel=0.3)
    assert _seconds(many, names="off", sample="quick") < long
