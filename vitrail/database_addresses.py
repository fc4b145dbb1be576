"""Addresses of PostgreSQL databases: a URL, or ``key=value`` words; never told with a password.

libpq's own parser takes them apart, so that a password is known in whichever form it is written:
percent-encoded in a URL, as its ``?password=``, in quotes with blanks. That of a service or of a
password file is read by libpq alone when it connects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_URLS: Final = ("postgresql://", "postgres://")
#: What an address in words may begin with.
_WORDS: Final = re.compile(
    r"\s*(?:host|hostaddr|port|dbname|user|password|passfile|service|servicefile|sslmode|options"
    r"|application_name|connect_timeout|target_session_attrs)\s*=",
    re.IGNORECASE,
)
_SECRET: Final = re.compile("password|secret|scram")


def is_database(place: object) -> bool:
    """Whether a text is the address of a PostgreSQL database, rather than a path."""
    return isinstance(place, str) and (place.startswith(_URLS) or _WORDS.match(place) is not None)


def database_name(address: str) -> str:
    """What messages call the database: its own name, or that of its service."""
    parts = without_secrets(address)
    return parts.get("dbname") or parts.get("service") or "postgres"


def plain_address(address: str) -> str:
    """The address as words without its passwords, to be kept: libpq finds those elsewhere."""
    from psycopg.conninfo import make_conninfo

    return make_conninfo(**without_secrets(address)) or "dbname=postgres"


def holds_password(address: str) -> bool:
    """Whether the address brings a password along."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        return any(_SECRET.search(key) for key in conninfo_to_dict(address))
    except ProgrammingError:
        return False


def shown_address(address: str) -> str:
    """The address as a URL, without whoever and whatever opens it."""
    if not is_database(address):  # a file, or what some other program would open
        scheme, apart, _ = address.partition("://")
        return f"{scheme}://…" if apart and scheme != "sqlite" else address
    parts = without_secrets(address)
    if not parts:
        return "postgresql://…"
    host, port = parts.get("host", parts.get("hostaddr", "")), parts.get("port", "")
    place = f"{host}:{port}" if port else host
    service = f"?service={parts['service']}" if "service" in parts else ""
    return f"postgresql://…@{place}/{parts.get('dbname', '')}{service}"


def without_secrets(address: str) -> Mapping[str, str]:
    """libpq's words for the address, without passwords; empty for what it does not understand or
    seems to have misread."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        found = conninfo_to_dict(address)
    except ProgrammingError:  # its message quotes the address
        return {}
    parts = {k: str(v) for k, v in found.items() if v is not None and not _SECRET.search(k)}
    # what a password that is not percent-encoded leaves where it should not be
    misread = any("@" in parts.get(k, "") for k in ("host", "dbname", "port"))
    return {} if misread else parts
