"""JSON: leaves as text just as they are written, nested ones with their rows and paths."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vitrail.exports.formats.json_scan import Scanner, quote_fractions


def test_numbers_stay_as_they_are_written(exports: Any) -> None:
    """DuckDB alone reads 1.10 as 1.1 and 1E5 as 100000.0."""
    look = exports.of(
        "a.ndjson", '{"p":1.10,"q":1E5,"r":12345678901234567890123,"s":"v 1.50, e"}\n'
    )
    expected = {"p": "1.10", "q": "1E5", "r": "12345678901234567890123", "s": "v 1.50, e"}
    assert look.texts() == {name: [text] for name, text in expected.items()}
    assert look.sql("SELECT p, q, r, s FROM t") == [expected]


def test_nested_leaves_have_the_index_at_every_list(exports: Any) -> None:
    look = exports.of(
        "a.ndjson",
        '{"id":1,"who":{"mail":"a"},"m":[{"body":"x","t":["p","q"]},{"body":null}]}\n'
        '{"id":2,"m":[]}\n{"id":3,"m":[{"body":"y"}]}\n',
    )
    assert look.cells() == {
        "id": [(0, (), "1"), (1, (), "2"), (2, (), "3")],
        "who.mail": [(0, (), "a")],
        "m[].body": [(0, (0,), "x"), (2, (0,), "y")],
        "m[].t[]": [(0, (0, 0), "p"), (0, (0, 1), "q")],
    }
    assert look.sql("SELECT _row, unnest(m).body AS body FROM t WHERE len(m) > 1") == [
        {"_row": 0, "body": "x"},
        {"_row": 0, "body": None},
    ]


def test_lists_of_lists_and_bare_values_are_leaves_too(exports: Any) -> None:
    look = exports.of("a.json", '[{"z":[[1],[2.50,3]]}, {"z":null}]')
    assert look.cells() == {"z[][]": [(0, (0, 0), "1"), (0, (1, 0), "2.50"), (0, (1, 1), "3")]}
    assert exports.of("b.json", '["x", 1.0, null]').cells() == {
        "value": [(0, (), "x"), (1, (), "1.0")]
    }


def test_an_array_may_be_written_over_many_lines(exports: Any) -> None:
    rows = [{"id": i, "note": 'a "quoted" \\ [bracket], {brace}'} for i in range(3)]
    look = exports.of("a.json", json.dumps(rows, indent=2))
    assert look.texts()["note"] == [rows[0]["note"]] * 3


def test_pretty_objects_one_after_another_are_records(exports: Any) -> None:
    look = exports.of("a.json", '{\n "id": 1\n}\n{\n "id": 2\n}\n')
    assert look.texts() == {"id": ["1", "2"]}


def test_an_object_with_one_array_of_records_gives_them_and_loses_nothing_beside(
    exports: Any,
) -> None:
    look = exports.of("t.json", '{"count":2,"tickets":[{"id":1},{"id":2}],"owner":{"mail":"a"}}')
    assert look.tables == [None, "document"]
    assert look.catalog.datasets[0].columns[0].name == "id"
    assert look.cells("document") == {"count": [(0, (), "2")], "owner.mail": [(0, (), "a")]}
    reader = look.catalog.open(look.catalog.datasets[0])
    assert [c.values.to_pylist() for b in reader.batches() for c in b.chunks] == [["1", "2"]]


def test_an_object_with_several_arrays_gives_each_under_its_key(exports: Any) -> None:
    look = exports.of(
        "api.json",
        '{"data":[{"type":"c","attributes":{"mail":"a"}}],"included":[{"id":"9"}],"links":{}}',
    )
    assert look.tables[:2] == ["data", "included"]
    assert look.texts("data") == {"type": ["c"], "attributes.mail": ["a"]}
    assert look.texts("included") == {"id": ["9"]}


def test_a_single_object_is_one_row(exports: Any) -> None:
    look = exports.of("one.json", '{"name":"Ann","pets":["cat","dog"]}')
    assert look.cells() == {
        "name": [(0, (), "Ann")],
        "pets[]": [(0, (0,), "cat"), (0, (1,), "dog")],
    }


def test_a_key_that_holds_now_a_text_and_now_an_object_loses_neither(exports: Any) -> None:
    look = exports.of("a.ndjson", '{"c":"x"}\n{"c":{"mail":"y"}}\n{"c":[{"mail":"z"}]}\n{"c":{}}\n')
    assert look.cells() == {
        "c": [(0, (), "x")], "c.mail": [(1, (), "y")], "c[].mail": [(2, (0,), "z")],
    }  # fmt: skip


def test_a_key_that_turns_up_late_is_read(exports: Any) -> None:
    lines = '{"id":1,"pad":"' + "x" * 100 + '"}\n'
    look = exports.of("a.ndjson", lines * 90_000 + '{"id":2,"late":"here"}\n')
    assert "late" not in look.columns()
    assert look.cells()["late"] == [(90_000, (), "here")]
    assert look.sql("SELECT late FROM t WHERE late IS NOT NULL") == [{"late": "here"}]


def test_keys_that_differ_by_case_alone_are_two_columns(exports: Any) -> None:
    look = exports.of("a.ndjson", '{"Email":"a","email":"b"}\n')
    assert look.texts() == {"Email": ["a"], "email": ["b"]}


def test_half_a_surrogate_pair_does_not_stop_a_file(exports: Any) -> None:
    look = exports.of("a.ndjson", '{"note":"cut \\ud83d"}\n{"note":"whole"}\n')
    assert look.texts()["note"][1] == "whole"
    assert len(look.sql("SELECT note FROM t")) == 2


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.ndjson", '{"a":1}\n{"a":2}\n{"a":\n{"a":4}\n', 3),
        ("a.json", '[{"a":1},\n{"a":2},\n{"a":3 "b"},\n{"a":4}]', 3),
        ("b.json", '[{"a":1},\n{"a":2},\n{"a"', 3),
    ],
)
def test_broken_json_is_named_by_its_line_after_what_stands_before_it(
    exports: Any, name: str, content: str, line: int
) -> None:
    look = exports.of(name, content)
    assert look.texts() == {"a": ["1", "2"]}
    assert f"in line {line}" in look.failure.message
    assert look.failure.message.startswith(name)
    assert look.failure.remedy


def test_json_that_is_broken_from_the_start_is_quarantined_and_told_without_its_content(
    exports: Any,
) -> None:
    look = exports.of("bad.json", '{"mail":"secret@example.org", broken}')
    assert look.catalog.datasets == ()
    assert "bad.json is not valid JSON in line 1" in look.reasons[0]
    assert "secret" not in look.reasons[0]


def test_text_in_brackets_is_not_json(exports: Any) -> None:
    look = exports.of("notes.txt", "[section]\nDear all, hello\n")
    assert look.texts() == {"line": ["[section]", "Dear all, hello"]}


def test_reading_can_go_on_from_any_record(exports: Any) -> None:
    look = exports.of("a.ndjson", "".join(f'{{"id":{i}.0}}\n' for i in range(1000)))
    assert look.cells(start_row=997) == {"id": [(i, (), f"{i}.0") for i in range(997, 1000)]}


_KEYS = st.sampled_from(["a", "b", "c d", "é"])
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


def _leaves(value: Any, name: str = "", path: tuple[int, ...] = ()) -> list[tuple[Any, ...]]:
    """The slow, plain definition of a record's leaves."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [x for k, v in value.items() for x in _leaves(v, f"{name}.{k}" if name else k, path)]
    if isinstance(value, list):
        return [x for i, v in enumerate(value) for x in _leaves(v, f"{name}[]", (*path, i))]
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return [(name, path, text)]


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(records=[{"a": [{"b": "x", "c": 1}, {"b": 1}]}])
@example(records=[{"a": [{"b": {"c": True}, "d": 1}, {"b": {"c": 0}}, {"b": {}}]}])
@given(
    records=st.lists(
        st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=4), min_size=1, max_size=5
    )
)
def test_every_leaf_of_any_records_is_found_once_at_its_place(
    exports: Any, records: list[dict[str, Any]]
) -> None:
    look = exports.of("law.ndjson", "".join(json.dumps(r) + "\n" for r in records))
    numbers = [json.loads(json.dumps(r), parse_float=str, parse_int=str) for r in records]
    expected = sorted(
        (name, row, path, text)
        for row, record in enumerate(numbers)
        for name, path, text in _leaves(record)
    )
    found = sorted(
        (name, row, path, text) for name, cells in look.cells().items() for row, path, text in cells
    )
    assert found == expected


@settings(max_examples=200)
@given(value=st.lists(_VALUES, min_size=1, max_size=4), cut=st.integers(1, 9))
def test_brackets_are_followed_across_any_cut_and_fractions_alone_are_quoted(
    value: Any, cut: int
) -> None:
    text = json.dumps(value).encode()
    whole = Scanner()
    places, signs, depths = whole.feed(np.frombuffer(text, np.uint8))
    pieces, found = Scanner(), []
    for start in range(0, len(text), cut):
        block = np.frombuffer(text[start : start + cut], np.uint8)
        at, sign, depth = pieces.feed(block)
        found += list(zip((at + start).tolist(), sign.tolist(), depth.tolist(), strict=True))
    assert found == list(zip(places.tolist(), signs.tolist(), depths.tolist(), strict=True))
    assert whole.depth == 0
    quoted, _ = quote_fractions(np.frombuffer(text, np.uint8))
    assert json.loads(quoted.tobytes()) == json.loads(text, parse_float=str)
