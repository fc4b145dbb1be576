"""A list of clients that nothing maps yet, and what `vitrail map` is asked of it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

CONFIG = "# the company's own words\nasof = 2026-11-20  # last export\n\n[params]\nk = 10\n"
HEADER = "ID,Contact,Created,Closed on,Status"
CLIENTS = HEADER + "\n" + "\n".join(
    f"{n},zzqraw{n}@mail.example.org,2025-{n % 12 + 1:02}-{n % 27 + 1:02},"
    f"{'2026-05-01' if n % 5 == 0 else ''},{'Clos' if n % 5 == 0 else 'Actif'}"
    for n in range(1000, 1040)
)  # fmt: skip

Mapped = Callable[..., tuple[int, str, str]]


def document(mapped: Mapped, *arguments: str) -> dict[str, Any]:
    code, out, err = mapped(*arguments, "--json")
    assert code in (0, 1, 3), err
    answer: dict[str, Any] = json.loads(out)
    assert answer["schema"] == "vitrail.mapping/1"
    return answer


def sources(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((place / "vitrail.toml").read_text()).get("sources", {})
    return found
