"""What is done for many at once is what is done for each alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vitrail.exports.copies.grid import regular
from vitrail.exports.copies.records import Cutter
from vitrail.exports.formats.dialect import Dialect
from vitrail.keys import Keyring
from vitrail.redaction.operators import Operators
from vitrail.redaction.options import Operator

_FIELD = st.text("ab\"',;\n\ré", max_size=4)


def test_pseudonyms_made_together_are_those_made_alone() -> None:
    operators = Operators(Keyring(bytes(range(32))))
    prints = [f"{number:032x}" for number in range(300)]
    alone = [operators.text(Operator.PSEUDONYM, "IBAN_CODE", "", known) for known in prints]
    assert operators.pseudonyms("IBAN_CODE", prints).to_pylist() == alone
    assert len(set(alone)) == len(prints)


@given(
    st.lists(st.tuples(_FIELD, _FIELD, st.booleans()), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_fields_found_together_are_those_found_one_by_one(
    rows: list[tuple[str, str, bool]], end: str, last: bool
) -> None:
    text = end.join(
        ",".join(f'"{cell}"' if quoted else cell for cell in cells) for *cells, quoted in rows
    ).encode()
    found = regular(text, 2, b",", b'"', last=last)
    if found is not None:
        cutter = Cutter(Dialect(","))
        records = cutter.cut(text, last=last)
        fields = [[(s + r, e + r) for s, e in cutter.fields(text[r:t])] for r, t in records]
        whole = [list(zip(*row, strict=True)) for row in zip(found.begin, found.end, strict=True)]
        assert whole == fields
