"""A small company beside itself without one person: the two that no reader may tell apart."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from vitrail.gate import FactStore
from vitrail.gate.store import EpochReader

Without = Callable[..., EpochReader]


@pytest.fixture
def without(tmp_path_factory: pytest.TempPathFactory) -> Without:
    """``without(house, person)``: the reader of the same epoch with that person's rows gone.

    The closed domains stay, as they are public.
    """

    def made(house, person: int) -> EpochReader:
        place = Path(tmp_path_factory.mktemp("without"))
        epoch = FactStore.open(house.directory, house.files).epoch
        shutil.copy(house.directory / f"{epoch}.duckdb", place)
        with duckdb.connect(str(place / f"{epoch}.duckdb")) as connection:
            connection.execute("DELETE FROM visits WHERE person = ?", [person])
        return EpochReader(place / f"{epoch}.duckdb")

    return made
