"""What slips into product events: searches for persons, notes and tokens in a few events' props."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.demo.company import Company
from vitrail.demo.planting import Text, Writer, texts
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column


def planted(
    company: Company, rng: np.random.Generator, name: str, account_of: Ints, table: pa.Table
) -> pa.Table:
    """The table with something planted in the props of a few of its events."""
    size = len(account_of)
    chosen = np.sort(rng.permutation(size)[: min(size // 40, 6 + size // 40_000)])
    if len(chosen) == 0:
        return table
    writer = Writer(rng, company.people, company.turns)
    props: list[Any] = [None] * len(chosen)
    for turn, row in enumerate(chosen.tolist()):
        account = int(account_of[row])
        number = turn + size if company.truth.plants("ANA-01") else 2
        text = _stray_props(company, writer, account, number)
        props[turn] = company.truth.cell(Column(name, None, "props"), row, text)
        _note(company, name, row, account, text)
    mask = np.zeros(size, dtype=bool)
    mask[chosen] = True
    mended = pc.replace_with_mask(table["props"].combine_chunks(), pa.array(mask), pa.array(props))
    return table.set_column(table.schema.get_field_index("props"), "props", mended)


#: What an event may hold and still name nobody by itself.
_NO_NAME: Final = frozenset({"URL", "LOCATION", "IP_ADDRESS", "MAC_ADDRESS", "SECRET"})


def _note(company: Company, name: str, row: int, account: int, text: Text) -> None:
    """An address that a profile holds is proven to be one; any other identifier wants a look."""
    what = {m.what for m in text.marks if m.kind == "stray" and m.form == "plain"} - _NO_NAME
    if what:
        known = "EMAIL_ADDRESS" in what and not company.fates.erased[account]
        level = "violations" if known else "warnings"
        company.truth.breaks("ANA-01", f"{name}|{row}", ", ".join(sorted(what)), level=level)


def _stray_props(company: Company, writer: Writer, account: int, turn: int) -> Text:
    """A props object whose last entry holds something personal, or one time in three a trap."""
    language = company.people.language(account)
    if turn % 3 == 2:
        inner = writer.planted("traps", language, account)
    elif turn % 3 == 1:
        slot = ("EMAIL_ADDRESS", "PHONE_NUMBER", "IP_ADDRESS", "PERSON")[turn // 3 % 4]
        inner = writer.fill(f"{{{slot}}}", language, account)
    else:
        told = [texts(language)["strays"][(turn // 3 + n) % 8] for n in range(8)]
        inner = writer.fill(next(filter(company.truth.broken.allows, told)), language, account)
    return Text('{"device": "desktop", "page": "/search", "query": "') + inner + Text('"}')
