"""Which personal data a canonical column is meant to hold, so that finding it there is no stray.

By canonical table and column where one table's column is special, else by the column's name: an
``ip`` is an address in every table that has one.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_PLACE: Final = ("LOCATION", "STREET_ADDRESS", "UK_POSTCODE")

#: Canonical column name → entity types that belong there.
BY_COLUMN: Final = MappingProxyType(
    {
        "email": ("EMAIL_ADDRESS",),
        "subject_key": ("EMAIL_ADDRESS",),
        "guardian_key": ("EMAIL_ADDRESS",),
        "phone": ("PHONE_NUMBER",),
        "address_line": _PLACE,
        "city": ("LOCATION",),
        "postal_code": _PLACE,
        "country": ("LOCATION",),
        "ip": ("IP_ADDRESS",),
        "optin_ip": ("IP_ADDRESS",),
        "confirm_ip": ("IP_ADDRESS",),
        "declared_birth_date": ("DATE_OF_BIRTH",),
        "declared_birth_year": ("DATE_OF_BIRTH",),
        "display_name": ("PERSON",),
    }
)

#: Canonical ``table.column`` → entity types, where the column's name alone does not say it.
BY_TABLE: Final = MappingProxyType(
    {
        "profiles.name": ("PERSON",),
        "marketing_activity.url": ("URL",),
        "processors.name": ("PERSON", "LOCATION"),
    }
)


def is_expected(canonical: str, entity_type: str) -> bool:
    """Whether ``table.column`` of the canonical schema is meant to hold such data."""
    column = canonical.rpartition(".")[2]
    kinds = BY_TABLE.get(canonical) or BY_COLUMN.get(column, ())
    return entity_type in kinds
