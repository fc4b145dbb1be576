"""What an address names that is not known here: said in a sentence, never passed over."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from vitrail.translation import _
from vitrail.ui.address_keys import DAYS, AddressKeys, is_day
from vitrail.ui.language import LANG

#: By key what may stand there; None is a day.
Known = Mapping[str, Collection[str] | None]


def address_now() -> dict[str, list[str]]:
    """The address as it was opened, but for the language. Call before the widgets that mend it."""
    return {key: st.query_params.get_all(key) for key in st.query_params if key != LANG}


def tell_unknown(address: Mapping[str, Collection[str]], keys: AddressKeys) -> None:
    """Say what of an address is left out.

    What stands in it is not repeated: it may be anybody's words.
    """
    titles = {d.name: _(d.title or d.name) for d in keys.dimensions}
    values = {d.name: d.values for d in keys.dimensions}
    known: Known = {**keys.choices, **keys.free, **dict.fromkeys(DAYS), **values}
    for words in faults(address, known, titles):
        st.info(_("{fault} It was left out.", fault=words), icon=":material/info:")


def faults(
    address: Mapping[str, Collection[str]], known: Known, titles: Mapping[str, str]
) -> tuple[str, ...]:
    """A sentence for each thing in an address that is not known."""
    told = [_("The address names something that this page does not know.")] * any(
        key not in known for key in address
    )
    for key in (key for key in address if key in known):
        allowed = known[key]
        if allowed is None:
            if not all(map(is_day, address[key])):
                told.append(_("The address holds a day that is none; days are written 2026-01-31."))
        elif not set(address[key]) <= set(allowed):
            told.append(_no_value(key, titles))
    ends = [address.get(key, ()) for key in ("from", "to")]
    if all(ends) and min(ends[1]) < max(ends[0]):
        told.append(_("The days in the address end before they begin."))
    return tuple(dict.fromkeys(told))


def _no_value(key: str, titles: Mapping[str, str]) -> str:
    if key in titles:
        return _("{titles} has no such value that enough people share.", titles=titles[key])
    return _("The address says of “{key}” what cannot be chosen here.", key=key)
