"""Swedish coordination numbers (samordningsnummer): a personal number whose day is 60 too high.

Skatteverket gives them to persons who are not registered; python-stdnum takes no such day. The
check digit is Luhn's over the digits as they stand.
"""

from __future__ import annotations

from datetime import date

from stdnum import luhn

_MORE_DAYS = 60


def is_valid(number: str) -> bool:
    """Whether ``number``, of ten or twelve digits, can be one."""
    digits = "".join(filter(str.isdigit, number))
    if len(digits) not in {10, 12} or not luhn.is_valid(digits[-10:]):
        return False
    year, month, day = int(digits[:-8]), int(digits[-8:-6]), int(digits[-6:-4]) - _MORE_DAYS
    try:
        # Of two digits the century is not known; leap years are the same in both.
        date(year if len(digits) == 12 else 2000 + year, month, day)
    except ValueError:
        return False
    return True
