"""Keeps Presidio off the network: its e-mail recogniser asks for the public suffix list.

``tldextract`` fetches the list at its first call and waits for the failure; it carries a snapshot,
which is all that it may use here. Called before any recogniser is built.
"""

from __future__ import annotations

from functools import cache


@cache
def keep_offline() -> None:
    """Give ``tldextract`` its bundled snapshot, no URL, no cache on disk. Done once a process."""
    import tldextract
    import tldextract.tldextract as inner

    extractor = tldextract.TLDExtract(
        cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True
    )
    inner.TLD_EXTRACTOR = extractor
    tldextract.extract = extractor
    inner.extract = extractor
