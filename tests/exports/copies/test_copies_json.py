"""JSON is written back token by token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.copies.conftest import NEW, NUMBER, copied
from vitrail.errors import InputUnreadable

_VALUE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from([1.10, -2e30]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abé.", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)
_RECORDS = st.lists(
    st.dictionaries(st.sampled_from(["id", "note", "deep"]), _VALUE, min_size=1),
    min_size=1,
    max_size=4,
)


def _paths(value: Any, *keys: str) -> Iterator[tuple[str, ...]]:
    """The keys that lead to each value within a value."""
    yield keys
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _paths(inner, *keys, key)
    for inner in value if isinstance(value, list) else ():
        yield from _paths(inner, *keys, "[]")


def _told_apart(records: list[dict[str, Any]]) -> bool:
    """Whether no dot in a key makes it look like another field: such are refused on purpose."""
    paths = {path for record in records for path in _paths(record)}
    return len({".".join(path) for path in paths}) == len(paths)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    records=_RECORDS.filter(_told_apart),
    shape=st.sampled_from(["lines", "array", "spread", "member", "sequence"]),
    ascii_only=st.booleans(),
)
def test_json_stays_the_same_to_the_byte_and_changes_where_it_is_told(
    tmp_path: Path, records: list[dict[str, Any]], shape: str, ascii_only: bool
) -> None:
    records = [{"id": "k", **record} for record in records]

    def dumps(value: Any, indent: int | None = None) -> str:
        return json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    text = {
        "lines": lambda: "\n\n".join(map(dumps, records)),
        "array": lambda: dumps(records),
        "spread": lambda: "  " + dumps(records, 3) + " \n",
        "member": lambda: dumps({"before": {"a": 1}, "rows": records, "after": "x"}, 1),
        "sequence": lambda: "\n".join(dumps(record, 1) for record in records),
    }[shape]()
    path = tmp_path / ("t.ndjson" if shape == "lines" else "t.json")
    path.write_text(text, "utf-8")
    assert copied(path).decode() == text
    changed = copied(path, ("id", 0, ())).decode()
    expected = text.replace(f'"id": {dumps(records[0]["id"])}', f'"id": "{NEW}"', 1)
    if isinstance(records[0]["id"], str) and records[0]["id"]:
        assert changed == expected


def test_a_nested_leaf_a_number_and_a_field_beside_the_records_change(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    text = (
        '{"owner": "o", "rows": [{"m": [{"b": "x"}, {"b": "y", "n": 1.10}]}], "n": 2,\n'
        ' "more": [{"q": 7}]}'
    )
    path.write_text(text)
    cells = [("owner", 0, ()), ("m[].b", 0, (1,)), ("q", 0, ())]
    new = text.replace('"o"', f'"{NEW}"').replace('"y"', f'"{NEW}"').replace("7", str(NUMBER))
    assert copied(path, *cells).decode() == new


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("twice.ndjson", '{"a": "x", "a": "y"}\n{"a": "z"}\n', "key twice"),
        ("twice.json", '{"rows": [{"a": 1}], "rows": [{"a": 2}]}', "key twice"),
        ("behind.json", '[{"a": 1}\n] [{"a": 2}]', "behind the end"),
    ],
)
def test_json_of_which_only_a_part_is_read_is_not_copied(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputUnreadable, match=reason):
        copied(path)
