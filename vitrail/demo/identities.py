"""Numbers that pass for personal: cards, bank accounts, national numbers, addresses of machines.

Every one has a valid check digit, so that a validator takes it for real; all are drawn at random
and belong to nobody. Check digits come from python-stdnum. Entity types are those of
:mod:`vitrail.detect.entities`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np
from stdnum import iban, luhn
from stdnum.be import nn as _be_nn
from stdnum.es import ccc, dni, nie
from stdnum.fr import nir
from stdnum.iso7064 import mod_11_10
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import nif

from vitrail.demo.countries import COUNTRIES
from vitrail.demo.people import dial, ip_text

Draw = np.random.Generator


def _digits(rng: Draw, count: int) -> str:
    return "".join(str(d) for d in rng.integers(0, 10, count))


def _one(rng: Draw, *choices: str) -> str:
    return choices[int(rng.integers(0, len(choices)))]


# --- money ----------------------------------------------------------------------------------


def card(rng: Draw) -> str:
    """A card number of a plausible issuer: 16 digits (15 for one in five), Luhn valid."""
    if rng.random() < 0.2:
        body = _one(rng, "3711", "3757") + _digits(rng, 10)
        number = body + luhn.calc_check_digit(body)
        return _one(rng, number, f"{number[:4]} {number[4:10]} {number[10:]}")
    body = _one(rng, "4971", "4532", "5167", "5354") + _digits(rng, 11)
    number = body + luhn.calc_check_digit(body)
    groups = [number[i : i + 4] for i in range(0, 16, 4)]
    return _one(rng, number, " ".join(groups), "-".join(groups))


def iban_code(rng: Draw) -> str:
    """A French, German, Spanish or Belgian account, its national check digits right too."""
    country = _one(rng, "FR", "DE", "ES", "BE")
    if country == "FR":
        bank, branch, account = _digits(rng, 5), _digits(rng, 5), _digits(rng, 11)
        key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
        bban = f"{bank}{branch}{account}{key:02d}"
    elif country == "DE":
        bban = "1" + _digits(rng, 17)
    elif country == "ES":
        bank, account = _digits(rng, 8), _digits(rng, 10)
        bban = bank + ccc.calc_check_digits(f"{bank}00{account}") + account
    else:
        body = "3" + _digits(rng, 9)
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
    return dial(_one(rng, land.phone, land.local_phone), rng.integers(0, 10, 8).tolist())


def ip(rng: Draw) -> str:
    """An IPv4 address, one in four an IPv6."""
    if rng.random() < 0.25:
        net, host, last = (f"{n:x}" for n in rng.integers(1, 65_535, 3))
        return f"2001:db8:{net}:{host}::{last}"
    return ip_text(int(rng.integers(0, 131_072)))


def mac(rng: Draw) -> str:
    parts = [f"{b:02x}" for b in rng.integers(0, 256, 5)]
    return _one(rng, ":", "-").join(["02", *parts])


# --- numbers that a state gives -------------------------------------------------------------


def birth(rng: Draw, first: int = 1958, last: int = 2002) -> date:
    """A birth date of an adult."""
    return date(
        int(rng.integers(first, last + 1)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    )


def _fr_nir(rng: Draw) -> str:
    born = birth(rng)
    place, order = rng.integers(1, 900), rng.integers(1, 999)
    body = f"{rng.integers(1, 3)}{born:%y%m}{rng.integers(10, 20)}{place:03d}{order:03d}"
    number = body + nir.calc_check_digits(body)
    return _one(
        rng,
        number,
        f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:]} {number[-2:]}",
    )


def _de_tax_id(rng: Draw) -> str:
    """Ten digits of which exactly one stands twice, then the check digit."""
    order = rng.permutation(10).tolist()
    while order[0] == 0:
        order = rng.permutation(10).tolist()
    kept = order[:9]
    body = [*kept, kept[int(rng.integers(0, 8))]]
    if body[-1] == body[-2]:
        body[-1] = body[0]
    text = "".join(str(d) for d in body)
    return f"{text}{mod_11_10.calc_check_digit(text)}"


def _es_nif(rng: Draw) -> str:
    body = _digits(rng, 8)
    return f"{body}{dni.calc_check_digit(body)}"


def _es_nie(rng: Draw) -> str:
    body = _one(rng, "X", "Y", "Z") + _digits(rng, 7)
    return f"{body}{nie.calc_check_digit(body)}"


def _it_fiscal_code(rng: Draw) -> str:
    born = birth(rng)
    body = f"{_one(rng, 'RSS', 'FRR', 'CLM')}{_one(rng, 'GLI', 'MRC', 'LNZ')}"
    body += f"{born:%y}{'ABCDEHLMPRST'[born.month - 1]}{born.day:02d}F205"
    return f"{body}{codicefiscale.calc_check_digit(body)}"


def _be_nn_number(rng: Draw) -> str:
    born = birth(rng, 1958, 1999)
    body = f"{born:%y%m%d}{rng.integers(1, 998):03d}"
    number = f"{body}{97 - int(body) % 97:02d}"
    _be_nn.validate(number)
    return _one(rng, number, f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}")


def _nl_bsn(rng: Draw) -> str:
    while True:
        number = "1" + _digits(rng, 8)
        if bsn.is_valid(number):
            return number


def _pt_nif(rng: Draw) -> str:
    body = "2" + _digits(rng, 7)
    return f"{body}{nif.calc_check_digit(body)}"


def _pl_pesel(rng: Draw) -> str:
    body = f"{birth(rng, 1958, 1999):%y%m%d}{_digits(rng, 4)}"
    return f"{body}{pesel.calc_check_digit(body)}"


def _se_personnummer(rng: Draw) -> str:
    born = birth(rng, 1958, 1999)
    body = f"{born:%y%m%d}{_digits(rng, 3)}"
    return f"{body[:6]}-{body[6:]}{luhn.calc_check_digit(body)}"


def _uk_nino(rng: Draw) -> str:
    pairs = " ".join(_digits(rng, 2) for _ in range(3))
    return f"{_one(rng, 'AB', 'JK', 'PW')} {pairs} {_one(rng, 'A', 'B', 'C')}"


def _us_ssn(rng: Draw) -> str:
    return f"{rng.integers(300, 666)}-{rng.integers(10, 99)}-{rng.integers(1000, 9999)}"


#: National numbers by entity type.
NATIONAL: Final[dict[str, Callable[[Draw], str]]] = {
    "FR_NIR": _fr_nir,
    "DE_TAX_ID": _de_tax_id,
    "ES_NIF": _es_nif,
    "ES_NIE": _es_nie,
    "IT_FISCAL_CODE": _it_fiscal_code,
    "BE_NN": _be_nn_number,
    "NL_BSN": _nl_bsn,
    "PT_NIF": _pt_nif,
    "PL_PESEL": _pl_pesel,
    "SE_PERSONNUMMER": _se_personnummer,
    "UK_NINO": _uk_nino,
    "US_SSN": _us_ssn,
}


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
