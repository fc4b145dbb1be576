"""What an epoch says of its values: the weeks they live in, what they imply; and its sample."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from vitrail.gate import materialising
from vitrail.gate.facts import load_fact
from vitrail.gate.manifest import EpochFact, EpochManifest
from vitrail.gate.materialising import FactBuilder, FactSource
from vitrail.gate.noise import NoiseSource

MONDAY = date(2025, 1, 6)
WEEK = timedelta(days=7)
THROUGH = date(2025, 3, 30)

SENDS = """---
title: Sends
doc: Messages to persons. One row a message.
needs: {events: [ts]}
clock: events.ts
person: person
rows_per_person: 20
dimensions:
  channel: {kind: event, title: Channel, coarsest: There are two.}
  campaign: {kind: event, title: Campaign, parent: channel, once: true}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month, coarsest: None is.}
---
SELECT person, day, channel, campaign FROM events
"""


def sends(*, stray: int = 0) -> pa.Table:
    """Four campaigns of 60 persons each in a week of its own; ``spring`` has strays elsewhere."""
    rows = []
    for place, (name, channel) in enumerate(
        [("spring", "email"), ("sale", "email"), ("letter", "post"), ("both", "email")]
    ):
        rows += [(1000 * place + i, MONDAY + place * 2 * WEEK, channel, name) for i in range(60)]
    rows += [(9000 + i, MONDAY + 9 * WEEK, "email", "spring") for i in range(stray)]
    rows += [(8000 + i, MONDAY + 6 * WEEK, "post", "both") for i in range(30)]
    rows += [(7000 + i, MONDAY + (i % 10) * WEEK, "email", "drip") for i in range(40)]
    columns = list(zip(*rows, strict=True))
    names = ("person", "day", "channel", "campaign")
    return pa.table(dict(zip(names, map(list, columns), strict=True)))


def build(folder: Path, rows: pa.Table, keys) -> tuple[EpochFact, Path]:
    (folder / "sends.sql").write_text(SENDS, "utf-8")
    with duckdb.connect(str(folder / "staging.duckdb")) as connection:
        connection.register("given", rows)
        connection.execute(
            "CREATE TABLE sends AS SELECT CAST(NULL AS UHUGEINT) AS event_id, * FROM given"
        )
    file = folder / "20250330-00000001.duckdb"
    with FactBuilder(file, folder / "staging.duckdb") as builder:
        source = FactSource(load_fact(folder / "sends.sql"), "release")
        fact = builder.build(source, THROUGH, NoiseSource(keys.noise))
        assert fact is not None
        builder.write(
            EpochManifest(epoch=file.stem, built_at=datetime.now(UTC), as_of=THROUGH, facts=(fact,))
        )
    return fact, file


def rows_of(file: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_campaign_lives_in_the_weeks_in_which_enough_persons_were_sent_it(tmp_path, keys):
    fact, file = build(tmp_path, sends(stray=4), keys)
    assert fact.windows["campaign"]["spring"] == (MONDAY,)
    assert fact.windows["campaign"]["sale"] == (MONDAY + 2 * WEEK,)
    weeks = rows_of(file, "SELECT DISTINCT week FROM sends WHERE campaign = 'spring'")
    assert weeks == [(MONDAY,)]
    assert rows_of(file, "SELECT sum(rows) FROM sends") == [(60 * 4 + 4 + 30 + 40,)]


def test_a_value_with_few_persons_in_every_week_has_no_name(tmp_path, keys):
    """Forty persons in all, four a week: no week could be told of it."""
    fact, file = build(tmp_path, sends(), keys)
    assert "drip" not in fact.domains["campaign"]
    assert set(fact.domains["campaign"]) == set(fact.windows["campaign"])
    assert rows_of(file, "SELECT sum(rows) FROM sends WHERE campaign = 'other'") == [(40,)]


def test_a_value_implies_the_coarser_one_where_no_row_says_otherwise(tmp_path, keys):
    fact, _ = build(tmp_path, sends(), keys)
    assert fact.implied == {"campaign": {"spring": "email", "sale": "email", "letter": "post"}}


def test_a_small_table_has_no_sample_and_a_large_one_the_rows_of_one_person_in_16(
    tmp_path, keys, monkeypatch
):
    rng = np.random.default_rng(4)
    who = rng.integers(-(2**62), 2**62, 3000)
    days = [MONDAY + timedelta(days=int(d)) for d in rng.integers(0, 70, 3000)]
    rows = pa.table(
        {"person": who, "day": days, "channel": ["email"] * 3000, "campaign": ["a"] * 3000}
    )
    (tmp_path / "small").mkdir()
    (tmp_path / "large").mkdir()
    assert not build(tmp_path / "small", rows, keys)[0].sampled
    monkeypatch.setattr(materialising, "LARGE_FROM", 1000)
    fact, file = build(tmp_path / "large", rows, keys)
    assert fact.sampled
    assert rows_of(file, 'SELECT count(*) FROM "sends.sample"') == [(int(np.sum((who & 15) == 0)),)]
    sampled = rows_of(file, 'SELECT * FROM "sends.sample" ORDER BY ALL')
    assert sampled == rows_of(file, "SELECT * FROM sends WHERE (person & 15) = 0 ORDER BY ALL")
    assert sampled


@pytest.mark.parametrize("stray", [0, 9])
def test_persons_too_few_for_a_week_do_not_move_the_window(tmp_path, keys, stray):
    fact, _ = build(tmp_path, sends(stray=stray), keys)
    assert fact.windows["campaign"]["spring"] == (MONDAY,)
