"""Under which licence each direct dependency is, by what the installed packages say themselves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

from handbook.tables import code, prose, table

HOUSE = Path(__file__).parent.parent
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_WHY = re.compile(r'^\s*"([A-Za-z0-9._-]+)[^"]*",\s*# (.+)$', re.M)


def needed() -> list[str]:
    """What Vitrail itself imports, in the order of ``pyproject.toml``."""
    return _names(_project()["project"]["dependencies"])


def for_work() -> list[str]:
    """What building, testing and these pages take beside it."""
    pinned = (HOUSE / "requirements-docs.txt").read_text("utf-8").splitlines()
    asked = [line for line in pinned if line.startswith("mkdocs")]
    return _names([*_project()["dependency-groups"]["dev"], *asked])


def licence(name: str) -> str:
    """The licence by the package's own metadata, else the head of its licence's text."""
    about = metadata(name)
    told = about["License-Expression"] or (about["License"] or "").split("\n")[0]
    classified = (
        c.rpartition(" :: ")[2]
        for c in about.get_all("Classifier") or []
        if c.startswith("License")
    )
    return told or ", ".join(classified) or _head(name, about["License-File"])


def _head(name: str, file: str | None) -> str:
    text = distribution(name).read_text(f"licenses/{file}") if file else None
    return (text or "").strip().split("\n")[0]


def run_with() -> str:
    """The table of what Vitrail imports."""
    why = dict(_WHY.findall((HOUSE / "pyproject.toml").read_text("utf-8")))
    return table(
        ("package", "version", "licence", "for"),
        ((code(n), _version(n), prose(licence(n)), prose(why.get(n, ""))) for n in needed()),
    )


def work_with() -> str:
    """The table of what only the project's own work takes."""
    return table(
        ("package", "version", "licence"),
        ((code(n), _version(n), prose(licence(n))) for n in for_work()),
    )


def _version(name: str) -> str:
    try:
        return metadata(name)["Version"]
    except PackageNotFoundError:
        return "not installed"


def _project() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))


def _names(requirements: Iterable[str]) -> list[str]:
    return [found[0] for one in requirements if (found := _NAME.match(one))]
