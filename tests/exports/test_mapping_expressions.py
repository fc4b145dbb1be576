"""Expressions of a mapping: one scalar expression over the export's own columns, or a refusal."""

from __future__ import annotations

import pytest

from vitrail.errors import ConfigError
from vitrail.exports.expressions import keyed_email, parse


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT password FROM staff)",
        "x IN (SELECT y FROM z)",
        "EXISTS (FROM z)",
        "SELECT 1",
        "FROM accounts",
        "x; DROP TABLE y",
        "read_csv('/etc/passwd')",
        "read_text('/etc/passwd')",
        "read_blob(x)",
        "sqlite_scan('a.db', 't')",
        "query('SELECT 1')",
        "getenv('HOME')",
        "COPY x TO 'y'",
        "ATTACH 'x.duckdb'",
        "x) FROM accounts --",
        "",
        "x AS y",
        "?",
    ],
)
def test_what_is_more_than_an_expression_is_refused(text: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse(text, "[sources.crm] derive.name")
    assert "[sources.crm] derive.name" in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("'email'", ()),
        ('concat_ws(\' \', "Prénom", "Nom")', ("Prénom", "Nom")),
        ("device.web_info.browser", ("device.web_info.browser",)),
        ("ga4_param(event_params, 'page_title')", ("event_params",)),
        ("list_filter(items, lambda i: i.price > 3)", ("items",)),
        ("CASE WHEN a = 'x' THEN b END", ("a", "b")),
    ],
)
def test_the_exported_columns_of_an_expression_are_known(
    text: str, columns: tuple[str, ...]
) -> None:
    assert sorted(parse(text, "here").columns) == sorted(columns)


def test_a_comment_left_open_ends_with_its_line() -> None:
    assert parse("amount -- in euros", "here").sql == "(amount -- in euros\n)"


def test_hmac_of_a_normalised_email_is_understood_as_the_email() -> None:
    assert keyed_email('HMAC( normalise_email( "E-mail" ) )') == '"E-mail"'
    assert keyed_email("lower(email)") is None
