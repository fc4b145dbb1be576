"""How fast a person is traced through text exports, beside ``grep -F`` over the same bytes.

    python -m bench.trace_speed [--gigabytes N] [--rounds N] [--folder DIR]

writes delimited exports of 500 MB each (ids, addresses, times, free text in quotes with accents,
links, phone numbers, digests) with one person planted in some rows of every second file. Each round
runs, one after the other over the same files: the bare reading; ``grep -F`` for the address alone;
``grep -F`` for the three identifiers that the trace is given; the trace of one person; the trace of
10,000 others; that of 10,000 with the one among them, whose rows are counted as the one's are.
Figures are medians, in seconds, in GB a second, and in CPU seconds over all cores. The
trace's time is all of it: catalog, forms, pass, rows, judging; grep's the command's, which tells no
rows, no columns, no encodings.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from vitrail.exports.catalog import Catalog
from vitrail.keys import Keyring
from vitrail.trace import Grounds, Subject, identifier, run

FILE_BYTES: Final = 500_000_000
PERSON: Final = ("nobody.here@letterbox-seven.org", "+33 6 98 76 54 32", "acc-99999999")
#: As the exports write them, for grep.
WRITTEN: Final = (PERSON[0], "+33698765432", PERSON[2])
MANY: Final = 10_000
_HEAD: Final = "id,account_id,email,ts,body,url,phone,digest\n"
_WORDS: Final = [
    "the",
    "order",
    "was",
    "late",
    "please",
    "call",
    "me",
    "back",
    "about",
    "the",
    "invoice",
    "merci",
    "la",
    "livraison",
    "est",
    "arrivée",
    "déjà",
    "payé",
    "remboursement",
    "küche",
    "größe",
    "delivery",
    "refund",
    "account",
    "lamp",
    "table",
    "chair",
]
_FIRST: Final = ("anna", "marc", "julie", "paul", "lea", "hugo", "emma", "louis", "ines", "noah")
_LAST: Final = ("martin", "bernard", "dubois", "thomas", "robert", "petit", "durand", "moreau")
_HOSTS: Final = ("example.org", "mail.test", "gmx.example", "orange.example")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-", dir=arguments.folder) as folder:
        size = write_exports(Path(folder), round(arguments.gigabytes * 1e9))
        measure(Path(folder), size, arguments.rounds)
    return 0


def write_exports(folder: Path, size: int) -> int:
    """Write about ``size`` bytes; the bytes written."""
    block = "".join(_row(n) for n in range(60_000)).encode()
    planted = f'7,{PERSON[2]},{PERSON[0]},2024-01-01,"a\nb",,{WRITTEN[1]},\n'.encode()
    written = 0
    for number in range(max(1, size // FILE_BYTES)):
        path = folder / f"orders_{number:03d}.csv"
        with path.open("wb") as file:
            file.write(_HEAD.encode())
            for place in range(FILE_BYTES // len(block)):
                file.write(block)
                if number % 2 == 0 and place % 5 == 0:
                    file.write(planted)
        written += path.stat().st_size
    return written


def _address(number: int) -> str:
    host = _HOSTS[number % len(_HOSTS)]
    return f"{_FIRST[number % 10]}.{_LAST[number // 10 % 8]}{number}@{host}"


def _row(number: int) -> str:
    draw = random.Random(number)
    email = _address(number)
    text = " ".join(draw.choices(_WORDS, k=draw.randint(5, 25)))
    link = f"https://shop.example/p?u={draw.getrandbits(40):x}&e={_address(7 * number)}"
    digest = hashlib.md5(email.encode(), usedforsecurity=False).hexdigest()
    phone = f"+336{draw.randrange(10**8):08d}"
    when = f"2024-0{number % 9 + 1}-11T10:00:{number % 60:02d}Z"
    linked = link.replace("@", "%40")
    return f'{number},acc-{number:08d},{email},{when},"{text}",{linked},{phone},{digest}\n'


def measure(folder: Path, size: int, rounds: int) -> None:
    """Interleaved rounds, and their medians."""
    files = [str(file) for file in sorted(folder.iterdir())]
    one = (Subject(tuple(identifier(text) for text in PERSON)),)
    addresses = (f"client{n * 7919}.nr{n}@letterbox-{n % 500}.org" for n in range(MANY))
    many = tuple(Subject((identifier(address),)) for address in addresses)
    with_one = (*many[1:], *one)
    several = [part for text in WRITTEN for part in ("-e", text)]
    ways: dict[str, Callable[[], object]] = {
        "reading alone": lambda: _read(files),
        "grep -F, the address": lambda: _grep(["-e", PERSON[0]], files),
        "grep -F, three identifiers": lambda: _grep(several, files),
        "trace, one person": lambda: _trace(folder, one),
        f"trace, {MANY:,} persons": lambda: _trace(folder, many, planted=False),
        f"trace, {MANY:,}, one there": lambda: _trace(folder, with_one),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            started, before = time.perf_counter(), sum(os.times()[:4])
            way()
            seconds[name].append(time.perf_counter() - started)
            cpu[name].append(sum(os.times()[:4]) - before)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    grep, trace = medians["grep -F, the address"], medians["trace, one person"]
    print(f"{size / 1e9:.2f} GB in {len(files)} files, medians of {rounds} rounds")
    for name, median in medians.items():
        low, high = min(seconds[name]), max(seconds[name])
        print(f"{name:30}{median:8.2f} s ({low:.2f} to {high:.2f}){size / median / 1e9:7.2f} GB/s"
              f"{statistics.median(cpu[name]):8.2f} CPU s")  # fmt: skip
    spent = {name: statistics.median(times) for name, times in cpu.items()}
    several_ratio = trace / medians["grep -F, three identifiers"]
    print(f"one person: {trace / grep:.2f} × grep for the address, {several_ratio:.2f} × for three")
    for name in list(ways)[-2:]:
        ratio = spent[name] / spent["trace, one person"]
        print(f"{name}: {medians[name] / trace:.2f} × one, in CPU seconds {ratio:.2f} ×")


def _read(files: list[str]) -> None:
    block = memoryview(bytearray(1 << 20))
    for name in files:
        with Path(name).open("rb", buffering=0) as file:
            while file.readinto(block):
                pass


def _grep(wanted: list[str], files: list[str]) -> None:
    subprocess.run(["grep", "-F", "-c", *wanted, *files], stdout=subprocess.DEVNULL, check=False)


def _trace(folder: Path, subjects: tuple[Subject, ...], *, planted: bool = True) -> None:
    catalog = Catalog.discover([folder])
    found = run(subjects, Grounds(catalog, {}, frozenset(), {}), Keyring(bytes(range(32))), "bench")
    assert bool(found.trace.places) is planted
    assert not found.trace.unread


if __name__ == "__main__":
    raise SystemExit(main())
