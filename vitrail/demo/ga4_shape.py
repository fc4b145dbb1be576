"""The shape of GA4's BigQuery export: its nested columns, built without a Python object a value.

Fields and their order follow the published schema of the export; those that this company's events
never fill are left out.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]

_VALUE: Final = [
    ("string_value", pa.string()), ("int_value", pa.int64()), ("float_value", pa.float64()),
    ("double_value", pa.float64()),
]  # fmt: skip
_PARAM: Final = pa.struct([("key", pa.string()), ("value", pa.struct(_VALUE))])
_PROPERTY: Final = pa.struct(
    [("key", pa.string()), ("value", pa.struct([*_VALUE, ("set_timestamp_micros", pa.int64())]))]
)
_KEYS: Final = (
    "ga_session_id", "ga_session_number", "page_location", "page_title", "page_referrer",
    "engagement_time_msec", "search_term",
)  # fmt: skip
_DEVICES: Final = ("desktop", "mobile", "tablet")
_SYSTEMS: Final = ("Windows", "iOS", "iOS")
_BROWSERS: Final = ("Chrome", "Safari", "Safari")

COUNTRY_NAMES: Final = {
    "FR": "France", "DE": "Germany", "ES": "Spain", "GB": "United Kingdom", "BE": "Belgium",
    "US": "United States", "IT": "Italy", "AT": "Austria", "IE": "Ireland", "NL": "Netherlands",
    "PT": "Portugal", "LU": "Luxembourg", "PL": "Poland",
}  # fmt: skip


def params(
    pool: pa.Array, texts: dict[str, Ints], session: Ints, number: Ints, engaged: Ints
) -> pa.Array:
    """``event_params`` of each event: texts as indexes into ``pool`` (-1: none), then integers."""
    size = len(session)
    text = np.full((size, len(_KEYS)), -1, dtype=np.int64)
    whole = np.full((size, len(_KEYS)), -1, dtype=np.int64)
    for name, indexes in texts.items():
        text[:, _KEYS.index(name)] = indexes
    for name, values in (
        ("ga_session_id", session),
        ("ga_session_number", number),
        ("engagement_time_msec", engaged),
    ):
        whole[:, _KEYS.index(name)] = values
    here = (text >= 0) | (whole >= 0)
    key = np.broadcast_to(np.arange(len(_KEYS)), here.shape)[here]
    flat_text, flat_whole = text[here], whole[here]
    none = pa.nulls(len(key), pa.float64())
    value = pa.StructArray.from_arrays(
        [
            pool.take(pa.array(np.maximum(flat_text, 0), mask=flat_text < 0)),
            pa.array(flat_whole, mask=flat_whole < 0), none, none,
        ],
        fields=list(_PARAM.field("value").type),
    )  # fmt: skip
    keys = pa.array(_KEYS).take(pa.array(key))
    offsets = np.concatenate([[0], np.cumsum(here.sum(axis=1))]).astype(np.int32)
    entries = pa.StructArray.from_arrays([keys, value], fields=list(_PARAM))
    return pa.ListArray.from_arrays(pa.array(offsets), entries)


def user_properties(size: int, filled: dict[int, str]) -> pa.Array:
    """``user_properties``: empty but for a few events, which have one."""
    rows: list[list[dict[str, Any]]] = [[] for _ in range(size)]
    for row, text in filled.items():
        value = {"string_value": text, "set_timestamp_micros": 0}
        rows[row] = [{"key": "crm_id", "value": value}]
    return pa.array(rows, pa.list_(_PROPERTY))


def _struct(**columns: Any) -> pa.Array:
    arrays = [c if isinstance(c, pa.Array) else pa.array(c) for c in columns.values()]
    return pa.StructArray.from_arrays(arrays, list(columns))


def assemble(
    *, at: Ints, names: npt.NDArray[np.object_], event_params: pa.Array, user_ids: list[str | None],
    user_properties: pa.Array, pseudo_ids: pa.Array, created: Ints, ads: npt.NDArray[np.bool_],
    device: Ints, languages: list[str], countries: list[str], towns: list[str],
    sources: list[tuple[str, str]], campaigns: list[str],
) -> pa.Table:  # fmt: skip
    """The table of one month's events."""
    size = len(at)
    days = np.char.replace(np.datetime_as_string(at.astype("datetime64[s]"), unit="D"), "-", "")
    pick = pa.array(device)
    yes = pa.array(["Yes"] * size)
    return pa.table({
        "event_date": pa.array(days.tolist(), pa.string()),
        "event_timestamp": pa.array(at * 1_000_000),
        "event_name": pa.array(names, pa.string()),
        "event_params": event_params,
        "user_id": pa.array(user_ids, pa.string()),
        "user_pseudo_id": pseudo_ids,
        "privacy_info": _struct(
            analytics_storage=yes,
            ads_storage=pa.array(np.where(ads, "Yes", "No").tolist(), pa.string()),
            uses_transient_token=["No"] * size,
        ),
        "user_properties": user_properties,
        "user_first_touch_timestamp": pa.array((created - 300) * 1_000_000),
        "device": _struct(
            category=pa.array(_DEVICES).take(pick), operating_system=pa.array(_SYSTEMS).take(pick),
            language=pa.array(languages, pa.string()),
            web_info=_struct(browser=pa.array(_BROWSERS).take(pick),
                             hostname=["www.lanterne-leads.example.com"] * size),
        ),
        "geo": _struct(country=pa.array(countries, pa.string()), city=pa.array(towns, pa.string())),
        "traffic_source": _struct(
            name=pa.array(campaigns, pa.string()),
            medium=pa.array([m for _, m in sources], pa.string()),
            source=pa.array([s for s, _ in sources], pa.string()),
        ),
        "stream_id": pa.array(["7301920011"] * size),
        "platform": pa.array(["WEB"] * size),
    })  # fmt: skip
