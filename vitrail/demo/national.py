"""Numbers that a state gives a person, each with its check digits right and belonging to nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from stdnum import luhn
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.iso7064 import mod_11_10
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import nif

from vitrail.demo.identities import Draw, digits, one


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
    return one(
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
    body = digits(rng, 8)
    return f"{body}{dni.calc_check_digit(body)}"


def _es_nie(rng: Draw) -> str:
    body = one(rng, "X", "Y", "Z") + digits(rng, 7)
    return f"{body}{nie.calc_check_digit(body)}"


def _it_fiscal_code(rng: Draw) -> str:
    born = birth(rng)
    body = f"{one(rng, 'RSS', 'FRR', 'CLM')}{one(rng, 'GLI', 'MRC', 'LNZ')}"
    body += f"{born:%y}{'ABCDEHLMPRST'[born.month - 1]}{born.day:02d}F205"
    return f"{body}{codicefiscale.calc_check_digit(body)}"


def _be_nn_number(rng: Draw) -> str:
    born = birth(rng, 1958, 1999)
    body = f"{born:%y%m%d}{rng.integers(1, 998):03d}"
    number = f"{body}{97 - int(body) % 97:02d}"
    return one(rng, number, f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}")


def _nl_bsn(rng: Draw) -> str:
    while True:
        number = "1" + digits(rng, 8)
        if bsn.is_valid(number):
            return number


def _pt_nif(rng: Draw) -> str:
    body = "2" + digits(rng, 7)
    return f"{body}{nif.calc_check_digit(body)}"


def _pl_pesel(rng: Draw) -> str:
    body = f"{birth(rng, 1958, 1999):%y%m%d}{digits(rng, 4)}"
    return f"{body}{pesel.calc_check_digit(body)}"


def _se_personnummer(rng: Draw) -> str:
    born = birth(rng, 1958, 1999)
    body = f"{born:%y%m%d}{digits(rng, 3)}"
    return f"{body[:6]}-{body[6:]}{luhn.calc_check_digit(body)}"


def _uk_nino(rng: Draw) -> str:
    pairs = " ".join(digits(rng, 2) for _ in range(3))
    return f"{one(rng, 'AB', 'JK', 'PW')} {pairs} {one(rng, 'A', 'B', 'C')}"


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
