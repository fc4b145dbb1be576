"""What holds somebody's data shows none of it where a program prints it."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from vitrail.detect.judgement import Span
from vitrail.exports.reader import Batch, ColumnChunk
from vitrail.model import Revealed
from vitrail.promises.violations import Violation
from vitrail.proposal.days import writing_of
from vitrail.proposal.kinds import Kind
from vitrail.proposal.profiles import ColumnProfile
from vitrail.trace.finder import Sighting
from vitrail.trace.forms import forms_of
from vitrail.trace.identifiers import Identifier
from vitrail.trace.identifiers import Kind as Told
from vitrail.trace.numbers import writings
from vitrail.trace.rows import Cell
from vitrail.workspace.row_keys import RowKey
from vitrail.workspace.tracing import Request

RAW = "zoe.raw@example.org"
PHONE = "+33 6 12 34 56 78"
CHUNK = ColumnChunk("mail", pa.array([RAW]))
PERSON = Identifier(Told.EMAIL, RAW)
FORM = next(iter(forms_of(PERSON)))


@pytest.mark.parametrize(
    "held",
    [
        CHUNK,
        Batch(0, 1, 10, (CHUNK,)),
        Cell(0, "mail", (), RAW),
        PERSON,
        FORM,
        Sighting(0, 4, FORM, 0),
        RowKey("crm", "clients.csv", None, "mail", RAW, 0),
        Violation(RAW, datetime.now(UTC), "why"),
        Request([RAW], "case", "reason"),
        Revealed("f1", RAW, 0, 4),
        Span("EMAIL_ADDRESS", 0, 4, 1.0, "R", read=RAW),
        ColumnProfile("mail", Kind.WORD, 1, 1, 1, 19, "", writing_of(()), frozenset({RAW})),
        writings(PHONE),
    ],
    ids=lambda held: type(held).__name__,
)
def test_what_holds_personal_data_shows_none_of_it(held: object) -> None:
    shown = f"{held!r} {held}"
    assert "zoe" not in shown
    assert "612345678" not in shown.replace(" ", "")
