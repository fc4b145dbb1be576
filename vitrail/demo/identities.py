"""What passes for personal: cards, bank accounts, phones, addresses of machines, keys, wallets.

Every one has a valid check digit, so that a validator takes it for real; all are drawn at random
and belong to nobody. Check digits come from python-stdnum. Entity types are those of
:mod:`vitrail.detect.entities`.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from stdnum import iban, luhn
from stdnum.es import ccc

from vitrail.demo.countries import COUNTRIES
from vitrail.demo.people import dial, ip_text

Draw = np.random.Generator


def digits(rng: Draw, count: int) -> str:
    return "".join(str(d) for d in rng.integers(0, 10, count))


def one(rng: Draw, *choices: str) -> str:
    return choices[int(rng.integers(0, len(choices)))]


# --- money ----------------------------------------------------------------------------------


def card(rng: Draw) -> str:
    """A card number of a plausible issuer: 16 digits (15 for one in five), Luhn valid."""
    if rng.random() < 0.2:
        body = one(rng, "3711", "3757") + digits(rng, 10)
        number = body + luhn.calc_check_digit(body)
        return one(rng, number, f"{number[:4]} {number[4:10]} {number[10:]}")
    body = one(rng, "4971", "4532", "5167", "5354") + digits(rng, 11)
    number = body + luhn.calc_check_digit(body)
    groups = [number[i : i + 4] for i in range(0, 16, 4)]
    return one(rng, number, " ".join(groups), "-".join(groups))


def iban_code(rng: Draw) -> str:
    """A French, German, Spanish or Belgian account, its national check digits right too."""
    country = one(rng, "FR", "DE", "ES", "BE")
    if country == "FR":
        bank, branch, account = digits(rng, 5), digits(rng, 5), digits(rng, 11)
        key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
        bban = f"{bank}{branch}{account}{key:02d}"
    elif country == "DE":
        bban = "1" + digits(rng, 17)
    elif country == "ES":
        bank, account = digits(rng, 8), digits(rng, 10)
        bban = bank + ccc.calc_check_digits(f"{bank}00{account}") + account
    else:
        body = "3" + digits(rng, 9)
        bban = f"{body}{int(body) % 97 or 97:02d}"
    number = country + iban.calc_check_digits(f"{country}00{bban}") + bban
    return (
        number
        if rng.random() < 0.5
        else " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    )


# --- reaching someone -----------------------------------------------------------------------


def phone(rng: Draw, country: str) -> str:
    """A number valid in ``country``, with its prefix or as it is dialled there."""
    land = next(c for c in COUNTRIES if c.code == country)
    return dial(one(rng, land.phone, land.local_phone), rng.integers(0, 10, 8).tolist())


def ip(rng: Draw) -> str:
    """An IPv4 address, one in four an IPv6."""
    if rng.random() < 0.25:
        net, host, last = (f"{n:x}" for n in rng.integers(1, 65_535, 3))
        return f"2001:db8:{net}:{host}::{last}"
    return ip_text(int(rng.integers(0, 131_072)))


def mac(rng: Draw) -> str:
    parts = [f"{b:02x}" for b in rng.integers(0, 256, 5)]
    return one(rng, ":", "-").join(["02", *parts])


# --- keys to systems ------------------------------------------------------------------------

_ALNUM: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def letters(rng: Draw, count: int, alphabet: str = _ALNUM) -> str:
    return "".join(alphabet[i] for i in rng.integers(0, len(alphabet), count))


def secret(rng: Draw) -> str:
    """Something shaped like a live key of a payment or cloud service. It opens nothing."""
    kind = int(rng.integers(0, 3))
    if kind == 0:
        return "sk_" + "live_" + letters(rng, 24)
    if kind == 1:
        return "whsec" + "_" + letters(rng, 32)
    return "AKIA" + letters(rng, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def wallet(rng: Draw) -> str:
    """A bitcoin address in base 58 with a valid checksum, of a random key's hash."""
    body = b"\x00" + rng.bytes(20)
    check = hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4]
    number, text = int.from_bytes(body + check, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = _BASE58[rest] + text
    return "1" * (len(body) - len(body.lstrip(b"\x00"))) + text
