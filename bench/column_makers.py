"""How a cell of each kind of column is made, for ``bench.column_kinds``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

from bench import column_words as w

Make = Callable[[Random, str], object]


def one_of(table: dict[str, str]) -> Make:
    return lambda rng, lang: rng.choice(w.of(table, lang))


def written(pattern: str) -> Make:
    """``#`` is a digit, ``?`` a capital letter."""

    def make(rng: Random, _: str) -> str:
        letter = {"#": "0123456789", "?": "ABCDEFGHJKLMNPQRSTUVWXYZ"}
        return "".join(rng.choice(letter.get(c, c)) for c in pattern)

    return make


def among(*values: object) -> Make:
    return lambda rng, _: rng.choice(values)


def first(rng: Random, lang: str) -> str:
    return rng.choice(w.of(w.FIRST, lang))


def last(rng: Random, lang: str) -> str:
    return rng.choice(w.of(w.LAST, lang))


def full(rng: Random, lang: str) -> str:
    return f"{first(rng, lang)} {last(rng, lang)}"


def street(rng: Random, lang: str) -> str:
    name, number = rng.choice(w.of(w.STREETS, lang)), rng.randint(1, 240)
    before = lang in {"en", "fr"}
    return f"{number} {name}" if before else f"{name} {number}"


def phone(rng: Random, lang: str) -> str:
    if lang in w.PHONES:
        return rng.choice(w.of(w.PHONES, lang))
    a, b, c, d = (f"{rng.randint(0, 99):02}" for _ in range(4))
    return {
        "en": f"07{rng.randint(400, 999)} {a}{b[0]} {c}{b[1]}", "fr": f"06 {a} {b} {c} {d}",
        "de": f"0151 {rng.randint(2, 9)}{a}{b}{c}", "nl": f"06 {rng.randint(1, 5)}{a}{b}{c}{d[0]}",
        "es": f"6{a} {b}{c[0]} {d}{c[1]}", "it": f"34{a[0]} {a[1]}{b} {c}{d}",
        "pl": f"+48 60{a[0]} {a[1]}{b} {c}{d[0]}",
    }[lang]  # fmt: skip


def day(rng: Random, since: int, until: int) -> date:
    return date(since, 1, 1) + timedelta(rng.randrange((until - since) * 365))


def born(rng: Random, lang: str) -> str:
    form = {"en": "%Y-%m-%d", "de": "%d.%m.%Y", "nl": "%d-%m-%Y"}.get(lang, "%d/%m/%Y")
    return day(rng, 1940, 2006).strftime(form)


def moment(rng: Random, _: str) -> str:
    seconds = rng.randrange(1_600_000_000, 1_790_000_000)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def agent(rng: Random, _: str) -> str:
    major, build = rng.randint(80, 130), f"{rng.randint(1000, 7000)}.{rng.randint(10, 250)}"
    return rng.choice((
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/{major}.0.{build}"
        " Safari/537.36",
        f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_{rng.randint(0, 6)} like Mac OS X) Version/17.1"
        " Mobile/15E148 Safari/604.1",
        f"Mozilla/5.0 (X11; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0",
        f"curl/8.{rng.randint(0, 9)}.1", f"okhttp/4.{rng.randint(0, 12)}.0",
    ))  # fmt: skip


def counted(start: int, step: int = 3) -> Make:
    """Row numbers; they rise, for each is made after the one before."""
    at = [start]

    def make(rng: Random, _: str) -> int:
        at[0] += rng.randint(1, step)
        return at[0]

    return make


def whole(low: int, high: int) -> Make:
    return lambda rng, _: rng.randint(low, high)


def luhn(pattern: str) -> Make:
    """As :func:`written`, with a check digit by Luhn: no card has it alone."""
    digits = written(pattern)

    def make(rng: Random, lang: str) -> str:
        body = str(digits(rng, lang))
        doubled = sum(sum(divmod(2 * int(d), 10)) for d in body[::-2])
        return f"{body}{-(doubled + sum(map(int, body[-2::-2]))) % 10}"

    return make


def isbn(rng: Random, _: str) -> str:
    body = f"{rng.choice((0, 1, 3, 2))}{rng.randrange(10**8):08}"
    check = -sum((10 - n) * int(d) for n, d in enumerate(body)) % 11
    return body + ("X" if check == 10 else str(check))


def decimal(low: float, high: float, places: int = 2) -> Make:
    return lambda rng, _: f"{rng.uniform(low, high):.{places}f}"
