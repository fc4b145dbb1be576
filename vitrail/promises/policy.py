"""A policy as clauses that can be tested: ``policies/<version>.yaml``, in our own words.

The file tells, for each section of the published policy, what it promises, which controls test
it, and the figures that the text leaves open, with the source of each. It copies no sentence of
the policy; the hash of a clause is of our own words, so that evidence names the reading it used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from vitrail.did_you_mean import did_you_mean
from vitrail.errors import ConfigError

_STRICT: Final = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise of one section, as we read it, and the controls that test it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    id: str
    section: str
    title: str
    promise: str
    controls: tuple[str, ...] = ()
    provable: bool = True
    note: str = ""
    names: tuple[str, ...] = ()  # recipients that its text names
    exhaustive: bool = False  # whether it claims to name them all
    binding: bool = True  # False where the text only says what may be done

    @property
    def sha256(self) -> str:
        """Of section and promise in our own words, 64 hex digits."""
        return sha256(f"{self.section}\n{self.promise}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of data that the policy says is collected, what a scan calls it, and by which other
    words a register of recipients may know it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: str
    entity_types: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone whom the policy names, and the other names that a register may know them by."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: str
    aliases: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Period:
    """A time limit, what it is for, and who says so; ``promised`` False: not the policy.

    ``tables``: the canonical tables whose rows it limits, for the inventory.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: str
    words: str
    source: str
    promised: bool
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """Something in the policy's own text that a reader should know before any test."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the policy, as clauses, closed lists and figures."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    version: str
    title: str
    effective: date
    fresh_for_days: int
    clauses: tuple[Clause, ...]
    categories: tuple[Category, ...]
    sharing_purposes: tuple[str, ...]
    archive_reasons: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    periods: tuple[Period, ...]
    assumptions: tuple[str, ...]
    defects: tuple[Defect, ...]
    not_provable: tuple[str, ...]
    payment_processors: tuple[str, ...] = ()
    minimum_age: int | None = None
    fresh_for_systems: Mapping[str, int] = field(default_factory=dict)

    def fresh_for_days_of(self, system: str) -> int:
        """How old an export of the system may be before a verdict on it expires."""
        return self.fresh_for_systems.get(system, self.fresh_for_days)

    def clause_of(self, control: str) -> Clause | None:
        """The first clause that names the control, None where the policy has none."""
        return next((c for c in self.clauses if control in c.controls), None)

    @property
    def declared_entity_types(self) -> tuple[str, ...]:
        """Everything that a scan may find without an undeclared category, by entity type."""
        return tuple(kind for category in self.categories for kind in category.entity_types)

    @property
    def recipient_names(self) -> tuple[str, ...]:
        """Every name and alias of a named recipient, lower case."""
        return tuple(
            n.casefold()
            for recipient in self.recipients
            for n in (recipient.name, *recipient.aliases)
        )


_POLICY: Final = TypeAdapter(Policy)


def load_policy(path: Path) -> Policy:
    """Read one policy file; :class:`~vitrail.errors.ConfigError` says what is wrong in it."""
    try:
        raw: Any = yaml.safe_load(path.read_text("utf-8"))
        return _POLICY.validate_python(raw)
    except FileNotFoundError:
        raise ConfigError(
            f"There is no policy file {path.name}."
            f"{did_you_mean(path.name, (p.name for p in path.parent.glob('*.yaml')))}",
            "Name one of `policies/*.yaml` in vitrail.toml (`policy = …`) or with --policy.",
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} is not valid YAML: {error}.", "Mend that line.") from None
    except ValidationError as error:
        first: Any = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigError(
            f"{path.name} is wrong at {place}: {first['msg']}.", "Mend it in the policy file."
        ) from None
