"""A cell with nobody in it takes the work that a small one takes, so that time tells neither."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from vitrail.gate.store import EpochReader


def visits(tablets_in_france: int) -> pa.Table:
    """Two hundred French persons on desktops and some on tablets, which the Spanish use too."""
    where = ["FR"] * 200 + ["FR"] * tablets_in_france + ["ES"] * 60
    device = ["desktop"] * 200 + ["tablet"] * (tablets_in_france + 60)
    keys = np.random.default_rng(3).integers(-(2**62), 2**62, len(where))
    return pa.table(
        {
            "person": keys,
            "day": [date(2025, 3, 5)] * len(where),
            "region": ["EEA"] * len(where),
            "country": where,
            "device": device,
            "amount": [100] * len(where),
            "converted": [0] * len(where),
        }
    )


def statements(house, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[object]]]:
    """The SQL that one answer takes, with its values."""
    run: list[tuple[str, list[object]]] = []
    fetch = EpochReader.fetch

    def told(reader, sql, params):
        run.append((sql, list(params)))
        return fetch(reader, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(EpochReader, "fetch", told)
        release = house.ask(
            "SELECT device, count(DISTINCT person) FROM visits WHERE country = 'FR' GROUP BY device"
        )
    assert [row.labels for row in release.rows if row.cells[0] is not None] == [("desktop",)]
    return run


def test_a_small_cell_takes_the_statements_that_an_empty_one_takes(make_house, monkeypatch):
    empty, small = make_house(visits(0)), make_house(visits(5))
    assert statements(empty, monkeypatch) == statements(small, monkeypatch)
