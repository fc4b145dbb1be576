"""Values of every family that the scan looks for, and what only looks like one. Seeded, our own.

Check digits are made here by the published rules, not by the code under measure.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Final
from urllib.parse import quote

Maker = Callable[[Random], str]

_FIRST: Final = (
    "Marie", "Lukas", "Giulia", "Pablo", "Sofia", "James", "Anna", "Pierre", "Emma", "Jan",
    "Clara", "Thomas", "Lucia", "Henrik", "Olivia", "Mateo", "Charlotte", "David", "Ines", "Paul",
)  # fmt: skip
_LAST: Final = (
    "Dupont", "Schneider", "Rossi", "García", "Oliveira", "Thompson", "Jansen", "Lefèvre",
    "Wagner", "Moretti", "Fernández", "Almeida", "Bakker", "Nilsson", "Kowalski", "Murphy",
    "Fischer", "Bernard", "Romano", "Peeters", "Martinez", "Hughes", "Novak", "Lindqvist",
)  # fmt: skip
_HOSTS: Final = ("example.org", "mail.example.com", "shop-nord.de", "courrier.fr", "acme.co.uk")


def digits(rng: Random, size: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(size))


def person(rng: Random) -> str:
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def email(rng: Random) -> str:
    first, last = rng.choice(_FIRST).lower(), rng.choice(("miller", "rossi", "lopez", "berg"))
    tag = rng.choice(("", "", "", "+news"))
    return f"{first}.{last}{rng.randrange(10**6)}{tag}@{rng.choice(_HOSTS)}"


def ipv4(rng: Random) -> str:
    return ".".join(str(rng.randrange(11, 200)) for _ in range(4))


def _ipv6(rng: Random) -> str:
    return "2001:db8:" + ":".join(f"{rng.randrange(1, 65_536):x}" for _ in range(6))


def _mac(rng: Random) -> str:
    return rng.choice(":-").join(f"{rng.randrange(256):02x}" for _ in range(6))


def _pairs(text: str, gap: str = " ") -> str:
    return gap.join(text[n : n + 2] for n in range(0, len(text), 2))


_PHONES: Final[tuple[Maker, ...]] = (
    lambda r: f"+33 6 {_pairs(digits(r, 8))}",
    lambda r: f"06 {_pairs(digits(r, 8))}",
    lambda r: f"+49 151 2{digits(r, 7)}",
    lambda r: f"0151 2{digits(r, 7)}",
    lambda r: f"+44 7911 12{digits(r, 4)}",
    lambda r: f"07911 12{digits(r, 4)}",
    lambda r: f"+34 6{digits(r, 2)} {digits(r, 3)} {digits(r, 3)}",
    lambda r: f"+39 347 {digits(r, 7)}",
    lambda r: f"+351 91{digits(r, 1)} {digits(r, 3)} {digits(r, 3)}",
    lambda r: f"+31 6 1{digits(r, 7)}",
    lambda r: f"+1 212-55{digits(r, 1)}-{digits(r, 4)}",
    lambda r: f"(415) 55{digits(r, 1)}-{digits(r, 4)}",
    lambda r: f"+41 79 {digits(r, 3)} {_pairs(digits(r, 4))}",
    lambda r: f"+48 60{digits(r, 1)} {digits(r, 3)} {digits(r, 3)}",
)


def phone(rng: Random) -> str:
    return rng.choice(_PHONES)(rng)


def _luhn(body: str) -> str:
    """The check digit of ISO/IEC 7812-1, annex B."""
    doubled = [int(d) * 2 for d in body[::-1][::2]]
    return str(-(sum(d - 9 * (d > 9) for d in doubled) + sum(map(int, body[::-1][1::2]))) % 10)


_CARDS: Final = (  # first digits and length of each network
    ("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15),
    ("6011", 16), ("3528", 16), ("6212", 19), ("5018", 16), ("36", 14),
)  # fmt: skip


def card(rng: Random) -> str:
    start, size = rng.choice(_CARDS)
    body = start + digits(rng, size - len(start) - 1)
    number = body + _luhn(body)
    if size != 16:
        return number
    gap = rng.choice(("", " ", "-"))
    return gap.join(number[n : n + 4] for n in range(0, 16, 4))


_IBANS: Final[Mapping[str, Maker]] = {
    "DE": lambda r: digits(r, 18),
    "FR": lambda r: digits(r, 23),
    "ES": lambda r: digits(r, 20),
    "IT": lambda r: r.choice("ABCXYZ") + digits(r, 22),
    "NL": lambda r: "INGB" + digits(r, 10),
    "BE": lambda r: digits(r, 12),
    "PT": lambda r: digits(r, 21),
    "GB": lambda r: "WEST" + digits(r, 14),
}


def iban(rng: Random) -> str:
    """With the check digits of ISO 13616 (modulo 97)."""
    country = rng.choice(sorted(_IBANS))
    body = _IBANS[country](rng)
    number = int("".join(str(int(c, 36)) for c in f"{body}{country}00"))
    text = f"{country}{98 - number % 97:02d}{body}"
    return text if rng.random() < 0.5 else " ".join(
        text[n : n + 4] for n in range(0, len(text), 4)
    )  # fmt: skip


def _born(rng: Random) -> str:
    day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1940, 2005)
    return rng.choice((
        f"date of birth: {year}-{month:02d}-{day:02d}", f"né le {day:02d}/{month:02d}/{year}",
        f"Geburtsdatum {day:02d}.{month:02d}.{year}", f"DOB {month}/{day}/{year}",
        f"fecha de nacimiento: {day:02d}-{month:02d}-{year}", f"born on {day} March {year}",
        f"nata il {day:02d}/{month:02d}/{year}", f"geboortedatum: {day:02d}-{month:02d}-{year}",
    ))  # fmt: skip


def _address(rng: Random) -> str:
    n = rng.randrange(1, 190)
    return rng.choice((
        f"{n} rue de la République, 69002 Lyon", f"{n} Maple Street, Apt 4",
        f"Hauptstraße {n}, 10115 Berlin", f"Calle Mayor {n}, 28013 Madrid",
        f"Via Garibaldi {n}, 20121 Milano", f"Rua Augusta {n}, 1100-053 Lisboa",
        f"Keizersgracht {n}, 1015 Amsterdam", f"{n} Victoria Road",
    ))  # fmt: skip


def _nir(rng: Random) -> str:
    """INSEE's key: 97 less the number modulo 97."""
    month, department = f"{rng.randrange(1, 13):02d}", f"{rng.randrange(10, 96):02d}"
    number = f"{rng.choice('12')}{digits(rng, 2)}{month}{department}{digits(rng, 6)}"
    return f"{number}{97 - int(number) % 97:02d}"


def _nif(rng: Random) -> str:
    number = digits(rng, 8)
    return number + "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def _pesel(rng: Random) -> str:
    number = f"{rng.randrange(50, 99)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    number += digits(rng, 4)
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    return number + str(-sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 10)


def _bsn(rng: Random) -> str:
    """The Dutch eleven-test."""
    while True:
        number = str(rng.randrange(10**8, 10**9))
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11 == 0:
            return number


def _belgian(rng: Random) -> str:
    """For those born before 2000: 97 less the first nine digits modulo 97."""
    number = f"{rng.randrange(50, 99)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    number += f"{rng.randrange(1, 998):03d}"
    check = f"{97 - int(number) % 97:02d}"
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:]}.{check}"


def _hetu(rng: Random) -> str:
    number = f"{rng.randrange(1, 29):02d}{rng.randrange(1, 13):02d}{rng.randrange(40, 99)}"
    own = f"{rng.randrange(2, 900):03d}"
    return f"{number}-{own}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(number + own) % 31]}"


def _secret(rng: Random) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    word = "".join(rng.choice(letters) for _ in range(36))
    return rng.choice((  # in two pieces, so that no scanner of code takes these for live ones
        "sk_" + f"live_{word[:24].lower()}", "AKI" + f"A{word[:16]}", "gh" + f"p_{word}",
        "xox" + f"b-{digits(rng, 12)}-{word[:24].lower()}", "AIz" + f"a{word[:35]}",
    ))  # fmt: skip


def _link(rng: Random) -> str:
    return f"https://shop.example.com/thanks?firstname={rng.choice(_FIRST)}&step=2"


#: Entity type -> ways to write one into a sentence. ``{}``: the words around it say what it is.
PLANTED: Final[Mapping[str, tuple[Maker, ...]]] = {
    "EMAIL_ADDRESS": (email,),
    "PHONE_NUMBER": (phone,),
    "CREDIT_CARD": (card,),
    "IBAN_CODE": (iban,),
    "IP_ADDRESS": (ipv4, _ipv6),
    "MAC_ADDRESS": (_mac,),
    "URL": (_link,),
    "SECRET": (_secret,),
    "CRYPTO": (lambda r: "0x" + f"{r.getrandbits(160):040x}",),
    "DATE_OF_BIRTH": (_born,),
    "STREET_ADDRESS": (_address,),
    "PERSON": (lambda r: f"spoke with {person(r)} about it",),
    "FR_NIR": (lambda r: f"sécurité sociale {_nir(r)}", _nir),
    "ES_NIF": (lambda r: f"DNI {_nif(r)}",),
    "PL_PESEL": (lambda r: f"PESEL {_pesel(r)}",),
    "NL_BSN": (lambda r: f"BSN {_bsn(r)}",),
    "BE_NN": (_belgian,),
    "FI_PERSONAL_IDENTITY_CODE": (_hetu,),
    "UK_NINO": (lambda r: f"national insurance AB{digits(r, 6)}C",),
    "US_SSN": (lambda r: f"SSN {r.randrange(101, 665)}-{r.randrange(10, 99)}-{digits(r, 3)}7",),
}


def _as_base64(text: str) -> str:
    return base64.b64encode(json.dumps({"contact": text}).encode()).decode()


def _as_json(text: str) -> str:
    return json.dumps({"contact": {"to": text.replace("@", "\\u0040")}}).replace("\\\\", "\\")


#: Ways to hide an e-mail address in a cell; the type stays.
ENCODED: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: "email=" + quote(text, safe=""),
    lambda text: "email=" + quote(quote(text, safe=""), safe=""),
    _as_base64,
    _as_json,
)

#: What only looks like personal data, for a column of references and for sentences.
DECOYS: Final[tuple[Maker, ...]] = (
    lambda r: f"order {r.randrange(10**9, 10**10)}",
    lambda r: f"version {r.randrange(9)}.{r.randrange(20)}.{r.randrange(9)}.{r.randrange(99)}",
    lambda r: "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}".format(
        *(r.getrandbits(bits) for bits in (32, 16, 12, 12, 48))
    ),
    lambda r: f"SKU-{r.randrange(100_000):05d}-{r.choice('SML')}",
    lambda r: f"2026-03-{r.randrange(1, 29):02d}T{r.randrange(24):02d}:15:30.{digits(r, 3)}Z",
    lambda r: f"1Z{''.join(r.choice('0123456789ABCDEFGHXYZ') for _ in range(16))}",
    lambda r: f"{r.getrandbits(160):040x}",
    lambda r: f"INV-2026-{digits(r, 6)}",
    lambda r: f"{r.randrange(1_700_000_000_000, 1_800_000_000_000)}",
    lambda r: f"batch {digits(r, 4)}/{digits(r, 3)}",
)
