"""Whether Hyperscan takes a user's regex, asked before it stands among the house's."""

from __future__ import annotations

from functools import lru_cache

from vitrail.detect.own.superset import superset


@lru_cache(maxsize=4096)
def compiles(regex: str) -> bool:
    """Whether this regex over bytes compiles by itself, so that it cannot spoil the others."""
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    try:
        database.compile(expressions=[regex.encode()], ids=[0], flags=[0])
    except hyperscan.HyperscanError:
        return False
    return True


def wider_form(regex: str, flags: int) -> str | None:
    """The regex's :func:`superset`, where it has one and Hyperscan takes it."""
    wider = superset(regex, flags)
    return wider if wider is not None and compiles(wider) else None
