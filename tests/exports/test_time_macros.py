"""Times as machines write them, and texts that only look so, are read alike by the short way."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import vitrail.exports
from vitrail.exports.relations import connect

_ENGINE = connect()
_ENGINE.execute((Path(vitrail.exports.__file__).parent / "macros.sql").read_text("utf-8"))

_DAYS = st.sampled_from(["2024-02-29", "2023-02-29", "0024-01-02", "2024-1-02", "20M4-01-02"])
_TIMES = st.sampled_from(["10:00:00", "24:00:00", "10:60:00", "1:000:00", "10:00:0M", "9:00:00 "])
_ENDS = st.sampled_from(["Z", "z", "", "+02:00", " PM", "M", ".5"])
_WRITTEN = st.builds(
    lambda day, between, time, end: f"{day}{between}{time}{end}",
    _DAYS, st.sampled_from(["T", " ", "t", "x"]), _TIMES, _ENDS,
)  # fmt: skip


@given(_WRITTEN | st.from_regex(r"\A[0-9:+ ZTM./-]{0,22}\Z"))
def test_a_time_reads_the_same_by_its_form_and_by_its_words(text):
    ways = (
        _ENGINE.execute(f"SELECT {way}(?, 'Europe/Paris')::VARCHAR", [text]).fetchall()
        for way in ("iso_time", "iso_time_in_words")
    )
    assert len({str(way) for way in ways}) == 1


_MOMENTS = st.integers(-(1 << 56), 1 << 57).map(lambda us: f"make_timestamptz({us})")
_ODD = st.sampled_from(["'infinity'", "'-infinity'", "NULL"]).map(lambda t: f"{t}::TIMESTAMPTZ")


@given(_MOMENTS | _ODD)
def test_the_day_of_a_moment_is_the_calendar_s(moment):
    days = f"SELECT utc_day({moment})::VARCHAR, ({moment})::DATE::VARCHAR"
    ((short, calendar),) = _ENGINE.execute(days).fetchall()
    assert short == calendar
