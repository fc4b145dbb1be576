"""Codes of business that are written as personal numbers are, and phone numbers beside.

    python -m bench.codes [--cells 300] [--seed 1]

Every kind of code stands in sentences with its word and without, and in columns whose name says it
or nothing. Prints what share of them is told, by entity type: all of that is false. Then the share
that is found of phonenumbers' example numbers of the EEA, the United Kingdom, Switzerland and the
United States, in several writings, alone, with a word and in a column. Prints no cell.
"""

from __future__ import annotations

import argparse
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import md5, sha1
from pathlib import Path
from random import Random
from typing import Final

import phonenumbers
import pyarrow as pa
from stdnum import ean, luhn

from bench.column_makers import isbn, moment, written
from bench.scan_values import digits
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.detect.first_look import FirstLook
from vitrail.detect.recognizers.numbering import REGIONS
from vitrail.keys import Keyring

Maker = Callable[[Random], str]
_VIN: Final = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def _from(pattern: str) -> Maker:
    make = written(pattern)
    return lambda rng: str(make(rng, "en"))


def _ean(rng: Random) -> str:
    body = digits(rng, 12)
    return f"{body}{ean.calc_check_digit(body)}"


def _imei(rng: Random) -> str:
    body = "35" + digits(rng, 12)
    return f"{body}{luhn.calc_check_digit(body)}"


def _day(rng: Random) -> str:
    return f"20{rng.randint(12, 26)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"


#: By kind: how it is written, the word before it, the name of its column.
CODES: Final[Mapping[str, tuple[Maker, str, str]]] = {
    "asset tag": (_from("###-##-####"), "asset", "asset_tag"),
    "order 3-3-4": (_from("###-###-####"), "order", "order_no"),
    "order 3-7": (_from("###-#######"), "order", "order_no"),
    "order 3-7-7": (_from("###-#######-#######"), "order", "order_id"),
    "order 4-4-4-4": (_from("####-####-####-####"), "order", "order_no"),
    "two and eight": (_from("##-########"), "ref", "reference"),
    "ticket of 8": (_from("########"), "ticket", "ticket_no"),
    "ticket of 9": (_from("#########"), "ticket", "ticket_no"),
    "ticket of 10": (_from("##########"), "ticket", "ticket_no"),
    "ticket of 11": (_from("###########"), "ticket", "ticket_no"),
    "ticket of 12": (_from("############"), "ticket", "ticket_no"),
    "number of 16": (_from("################"), "transaction", "transaction_id"),
    "document of a day": (lambda r: f"{_day(r)}-{digits(r, 4)}", "document", "document_no"),
    "short day": (lambda r: f"{_day(r)[2:]}-{digits(r, 4)}", "document", "document_no"),
    "invoice": (lambda r: f"INV-{r.randint(2012, 2026)}-{digits(r, 6)}", "invoice", "invoice_no"),
    "slashed invoice": (_from("##/###/#####"), "invoice", "invoice_no"),
    "dotted article": (_from("##.##.##.##.##"), "article", "article_no"),
    "article of fours": (_from("### ### ###"), "article", "article"),
    "EAN": (_ean, "EAN", "ean"),
    "ISBN": (lambda r: str(isbn(r, "en")), "ISBN", "isbn"),
    "IMEI": (_imei, "IMEI", "imei"),
    "VIN": (lambda r: "".join(r.choice(_VIN) for _ in range(17)), "VIN", "vin"),
    "serial": (_from("??########"), "serial", "serial_no"),
    "short serial": (_from("?########"), "serial", "serial_no"),
    "part number": (_from("##########?"), "part", "part_number"),
    "part 8 and letter": (_from("########?"), "part", "part_number"),
    "part 6-3 and letter": (_from("######-###?"), "part", "part_number"),
    "model": (_from("??## ???"), "model", "model"),
    "version": (lambda r: ".".join(str(r.randint(0, 40)) for _ in range(4)), "version", "version"),
    "section": (lambda r: ".".join(str(r.randint(1, 20)) for _ in range(4)), "section", "section"),
    "moment": (lambda r: str(moment(r, "en")), "at", "created_at"),
    "compact moment": (lambda r: _day(r) + f"{r.randint(0, 235959):06}", "at", "created_at"),
    "epoch": (lambda r: str(r.randint(1_500_000_000, 1_790_000_000)), "ts", "ts"),
    "epoch ms": (lambda r: str(r.randint(1_500_000_000_000, 1_790_000_000_000)), "ts", "ts"),
    "MD5": (lambda r: md5(r.randbytes(9)).hexdigest(), "hash", "checksum"),
    "short hash": (lambda r: sha1(r.randbytes(9)).hexdigest()[:10], "commit", "commit"),
    "UUID": (lambda r: str(uuid.UUID(int=r.getrandbits(128))), "session", "session"),
    "UPS": (_from("1Z###?##########"), "tracking", "tracking"),
    "post": (lambda r: f"R{r.choice('ABCD')}{digits(r, 9)}DE", "tracking", "tracking"),
    "parcel": (_from("#### #### ####"), "tracking", "tracking"),
    "ZIP+4": (_from("#####-####"), "zip", "zip"),
    "amount": (lambda r: f"{r.randint(1, 9)},{digits(r, 3)},{digits(r, 3)}.00", "total", "amount"),
    "coordinates": (lambda r: f"{r.uniform(40, 55):.6f}, {r.uniform(-4, 20):.6f}", "at", "geo"),
}  # fmt: skip

_FORMATS: Final = {
    "E.164": phonenumbers.PhoneNumberFormat.E164,
    "international": phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    "national": phonenumbers.PhoneNumberFormat.NATIONAL,
}
_KINDS: Final = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)


class Bench:
    """A detector and what it tells of a column's cells."""

    def __init__(self, cache: Path) -> None:
        options = DetectorOptions(("en",), names="off")
        self._detector = Detector(options, Keyring(bytes(32)), cache)

    def told(self, cells: Sequence[str], column: str, *, each: bool = False) -> Counter[str]:
        """By entity type the number of cells; ``each``: as if every cell were a column."""
        values, context = pa.array(cells, pa.string()), ColumnContext(column)
        look = self._detector.first_look(values, context, len(cells))
        context = ColumnContext(column, first_look=FirstLook() if each else look)
        found = self._detector.judge(values, context, names=False)
        pairs = set(zip(found.value, found.entity_type, strict=True))
        return Counter(entity for _, entity in pairs)


def situations(kind: str, rng: Random, count: int) -> Iterator[tuple[str, list[str], str, bool]]:
    """Name, cells, column's name, whether the cells stand alone."""
    make, word, column = CODES[kind]
    values = [make(rng) for _ in range(count)]
    yield "column named", values, column, False
    yield "column silent", values, "value", False
    yield "text with word", [f"the {word} {v} was sent on" for v in values], "note", True
    yield "text", [f"see {v} for more" for v in values], "note", True


def phones() -> Iterator[tuple[str, str]]:
    """Writing and number, of every region and kind."""
    for region in sorted(REGIONS):
        for kind in _KINDS:
            number = phonenumbers.example_number_for_type(region, kind)
            if number is None:
                continue
            for name, form in _FORMATS.items():
                shown = phonenumbers.format_number(number, form)
                yield name, shown
                if " " in shown:
                    yield f"{name} dotted", shown.replace(" ", ".")
                    yield f"{name} hyphened", shown.replace(" ", "-")


def _report_phones(bench: Bench) -> None:
    by_form: dict[str, list[str]] = {}
    for form, number in phones():
        by_form.setdefault(form, []).append(number)
    for form, numbers in by_form.items():
        spoken = [f"phone: {number} thanks" for number in numbers]
        found = {
            "alone": bench.told(numbers, "note", each=True),
            "with a word": bench.told(spoken, "note", each=True),
            "in a column": bench.told(numbers, "phone"),
        }
        counts = {where: told["PHONE_NUMBER"] / len(numbers) for where, told in found.items()}
        shares = (f"{where} {share:.1%}" for where, share in counts.items())
        print(f"phones {form:26}{len(numbers):5}", *shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    bench, rng = Bench(Path(tempfile.gettempdir()) / "vitrail-bench"), Random(options.seed)
    for kind in CODES:
        for name, cells, column, each in situations(kind, rng, options.cells):
            for entity, count in bench.told(cells, column, each=each).most_common():
                print(f"{kind:22}{name:16}{entity:28}{count / options.cells:7.1%}")
    _report_phones(bench)


if __name__ == "__main__":
    main()
