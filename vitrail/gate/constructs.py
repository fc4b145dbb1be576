"""What a piece of SQL is called when it is refused, and what to ask instead; never what it says."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

#: The first that fits, so that the special stands before the general.
_NAMES: Final[tuple[tuple[type[exp.Expression] | tuple[type[exp.Expression], ...], str], ...]] = (
    (exp.Or, "OR"),
    (exp.Xor, "XOR"),
    (exp.Not, "NOT"),
    (exp.NEQ, "A condition of not equal"),
    (exp.In, "IN"),
    ((exp.GT, exp.GTE, exp.LT, exp.LTE), "A range"),
    (exp.Between, "A range"),
    ((exp.Like, exp.ILike, exp.SimilarTo, exp.RegexpLike, exp.RegexpILike, exp.Glob), "A pattern"),
    (exp.Is, "IS"),
    (exp.NullSafeEQ, "IS NOT DISTINCT FROM"),
    (exp.NullSafeNEQ, "IS DISTINCT FROM"),
    (exp.Having, "HAVING"),
    (exp.Qualify, "QUALIFY"),
    (exp.Order, "ORDER BY (sort the published table instead)"),
    ((exp.Limit, exp.Fetch, exp.Offset), "LIMIT (cut the published table instead)"),
    (exp.Join, "JOIN"),
    (exp.With, "WITH"),
    (exp.CTE, "WITH"),
    (exp.SetOperation, "UNION, INTERSECT or EXCEPT"),
    (exp.Subquery, "A subquery"),
    ((exp.Exists, exp.Any, exp.All), "A subquery"),
    (exp.Lateral, "LATERAL"),
    (exp.TableAlias, "A second name for a fact"),
    (exp.TableSample, "TABLESAMPLE"),
    (exp.Pivot, "PIVOT"),
    (exp.Window, "A window function"),
    (exp.WindowSpec, "A window function"),
    (exp.Filter, "FILTER"),
    (exp.Distinct, "DISTINCT outside count(DISTINCT person)"),
    (exp.Alias, "A name of one's own (AS)"),
    ((exp.Star, exp.Columns), "A star"),
    (exp.Case, "CASE"),
    ((exp.Cast, exp.TryCast), "A cast"),
    (exp.Placeholder, "A parameter"),
    (exp.Parameter, "A parameter"),
    (exp.Null, "NULL"),
    (exp.Boolean, "TRUE or FALSE"),
    (exp.Interval, "An interval"),
    (exp.Literal, "A value on its own"),
    (exp.Dot, "A name with a dot"),
    (exp.Table, "A name with more to it than the fact's"),
    (exp.Identifier, "A name with a dot"),
    (exp.Column, "A name where a value belongs"),
    (exp.Lambda, "A lambda"),
    ((exp.Tuple, exp.Values), "A list of values"),
    ((exp.Array, exp.Struct, exp.Bracket), "A list or struct"),
    (exp.Select, "A subquery"),
    (exp.Func, "This function"),
    (exp.Paren, "A bracket here"),
    (exp.Unary, "Arithmetic or an operator other than ="),
    (exp.Binary, "Arithmetic or an operator other than ="),
    ((exp.IgnoreNulls, exp.RespectNulls), "This function"),
    (exp.Version, "An earlier version of a table"),
    (exp.Command, "A command"),
    ((exp.Insert, exp.Update, exp.Delete, exp.Merge), "Changing data"),
    ((exp.Create, exp.Drop, exp.Alter), "Changing tables"),
)


def name_of(node: object) -> str:
    """A construct's name for a refusal: ``OR``, ``A subquery``, ``This function``."""
    return next((name for kind, name in _NAMES if isinstance(node, kind)), "A command")


_EACH_VALUE: Final = (
    "Each value has a row of its own: ask BY the dimension and read the rows you want, or put one "
    "question a value."
)
_PERIODS: Final = (
    "Ranges are not offered: use `week` or `month`, or period BETWEEN two closed days, the one "
    "range there is."
)
_PUBLISHED: Final = "Do that to the published table; the gate answers with all of its rows."
_ONE_FACT: Final = (
    "A question is about one fact and names its own dimensions; put two questions and lay the "
    "published tables side by side."
)
_PLAIN: Final = "Dimensions and measures are asked for by their names, as they are."

#: What can be asked instead, where it can be said more closely than by an example.
_INSTEAD: Final[tuple[tuple[type[exp.Expression] | tuple[type[exp.Expression], ...], str], ...]] = (
    ((exp.Or, exp.Xor, exp.In, exp.Any, exp.All), _EACH_VALUE),
    ((exp.Not, exp.NEQ, exp.NullSafeNEQ), _EACH_VALUE),
    ((exp.Like, exp.ILike, exp.SimilarTo, exp.RegexpLike, exp.RegexpILike, exp.Glob), _EACH_VALUE),
    ((exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between), _PERIODS),
    ((exp.Is, exp.NullSafeEQ, exp.Null), "What an export does not say is the value 'unknown'."),
    ((exp.Having, exp.Qualify, exp.Order, exp.Limit, exp.Fetch, exp.Offset), _PUBLISHED),
    ((exp.Window, exp.WindowSpec, exp.Filter), _PUBLISHED),
    ((exp.Join, exp.With, exp.CTE, exp.SetOperation, exp.Subquery, exp.Exists), _ONE_FACT),
    ((exp.Lateral, exp.Select), _ONE_FACT),
    ((exp.TsOrDsToDate, exp.DateTrunc, exp.TimestampTrunc, exp.Interval, exp.Extract), _PERIODS),
    ((exp.Year, exp.Month, exp.Week), _PERIODS),
    ((exp.Alias, exp.Cast, exp.TryCast, exp.Case, exp.Paren), _PLAIN),
)


def instead_of(node: object) -> str | None:
    """What can be asked in a construct's place; None where only an example can say."""
    return next((hint for kind, hint in _INSTEAD if isinstance(node, kind)), None)
