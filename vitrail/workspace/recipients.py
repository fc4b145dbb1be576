"""Who gets which data, as the register of processors and the policy's own list of recipients say.

Names are compared whole, never by the words that they share: a name or alias of the policy, with
or without a legal form behind it, is that recipient, and "Stripe Printing" is not Stripe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vitrail.promises import Policy

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore

#: What a company's name may end with and still be the same.
_LEGAL_FORM: Final = re.compile(
    r"(?: (?:inc|ltd|limited|llc|plc|corp|corporation|gmbh|ag|sa|sas|sarl|srl|bv|b v|ab|oy|aps|as)"
    r")+$"
)

#: A register's words for data of every kind.
_EVERYTHING: Final = frozenset({"all", "any", "everything"})


@dataclass(frozen=True, slots=True)
class Registered:
    """A recipient that is active: what to call it, all its names, the categories that it gets."""

    name: str
    names: frozenset[str]
    categories: frozenset[str]

    def keeps(self, system: Iterable[str | None]) -> bool:
        """Whether one of the names of a system is a name of the recipient."""
        return not self.names.isdisjoint(_same(name) for name in system if name)

    def gets(self, category: str | None) -> bool:
        """Whether the register gives it a category of the policy."""
        return category is not None and (
            category in self.categories or not _EVERYTHING.isdisjoint(self.categories)
        )


def registered(store: CanonicalStore, policy: Policy) -> tuple[Registered, ...]:
    """The active recipients of the register, by the policy's name where it names them."""
    if store.missing([("processors", ("name", "data_categories"))]):
        return ()
    rows = store.query(
        "SELECT name, data_categories FROM processors WHERE name IS NOT NULL"
        " AND COALESCE(active_to > now(), TRUE) ORDER BY name"
    ).to_pylist()
    known, kinds = _recipients_by_name(policy), _categories_by_word(policy)
    found: dict[str, Registered] = {}
    for row in rows:
        own = _same(row["name"])
        name, names = known.get(own, (row["name"], frozenset({own})))
        words = {_plain(word) for word in row["data_categories"] or ()}
        before = found[name].categories if name in found else frozenset()
        found[name] = Registered(name, names, before | {kinds.get(word, word) for word in words})
    return tuple(found.values())


def _recipients_by_name(policy: Policy) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Each name and alias of the policy's recipients → the policy's name, and all names."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for one in policy.recipients:
        names = frozenset(_same(name) for name in (one.name, *one.aliases))
        found |= dict.fromkeys(names, (one.name, names))
    return found


def _categories_by_word(policy: Policy) -> Mapping[str, str]:
    return {
        _plain(word): one.name for one in policy.categories for word in (one.name, *one.aliases)
    }


def _same(name: str) -> str:
    """A company's name without case, signs and legal form."""
    return _LEGAL_FORM.sub("", _plain(name))


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
