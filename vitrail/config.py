"""``vitrail.toml``: where a company's exports are and what their columns mean.

A mistake in the file is one sentence with the place in it, never a traceback.
"""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from vitrail.errors import ConfigError
from vitrail.model import Role
from vitrail.sign_in import SignIn

FILE_NAME: Final = "vitrail.toml"
#: Recognisers of one's own, beside it.
RECOGNIZERS_FILE: Final = "recognizers.yaml"
WORKSPACE_VARIABLE: Final = "VITRAIL_WORKSPACE"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DateFormat(_Strict):
    """How a source writes its days: a strptime ``format``, or at least which part comes first."""

    format: str | None = None
    day_first: bool = False


class Source(_Strict):
    """One export and the canonical table that it feeds. Several may share a file.

    ``file`` is a glob relative to the workspace (``exports/mailchimp/*.zip``); ``url`` the address
    of a database, as a URL or in libpq's ``key=value`` words.
    ``inside`` is a glob over the tables, sheets or archive members in it. A ``preset`` brings
    ``table``, ``columns`` and the rest for a known product; what is written here wins over it.
    ``columns``: canonical column → exported column. ``derive``: canonical column → DuckDB
    expression over the exported columns. ``values``: canonical column → {exported: canonical}.
    """

    file: str | None = None
    url: str | None = Field(default=None, repr=False)
    inside: str | None = None
    preset: str | None = None
    table: str | None = None
    system: str | None = None
    role: Literal["controller", "processor"] = "controller"
    timezone: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    derive: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    dates: DateFormat = DateFormat()
    where: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Source:
        if (self.file is None) == (self.url is None):
            raise ValueError("write either `file` or `url`")
        if self.table is None and self.preset is None:
            raise ValueError("write `table` (a canonical table) or `preset`")
        return self


class Params(_Strict):
    """The figures that the policy leaves open; each report prints them as assumptions."""

    minor_age: int = 18
    minor_sla_hours: int = 72
    k: int = 10
    unsub_grace_hours: int = 0
    dsar_days: int = 30
    backup_max_days: int = 90
    closed_grace_days: int = 30


class Privacy(_Strict):
    """The privacy budget of all that is ever published of these persons, in zCDP's ρ.

    ``rho_total`` is fixed by the first release and cannot be raised after it. At 1.0 the best
    guess about one person, by someone who knows all others and reads everything published, is
    right in 76 of 100 cases. ``delta`` is what reports tell ε at.
    """

    rho_total: float = Field(default=1.0, gt=0, le=100)
    delta: float = Field(default=1e-6, gt=0, le=1e-3)


class Retention(_Strict):
    """How long Vitrail keeps its own data, in days; ``vitrail purge`` keeps to it.

    ``exports`` are the company's and only told of, where a period is given. ``facts``: epochs that
    are not in force any more; ``runs``: folders of scans, ``hits``: what in them tells single
    cells; ``packs``: checks with their evidence; ``cases``: whom a dismissed case was about, and
    people's words on cases and traces.
    """

    exports: int | None = Field(default=None, ge=1)
    facts: int = Field(default=90, ge=1)
    runs: int = Field(default=365, ge=1)
    hits: int = Field(default=180, ge=1)
    packs: int = Field(default=1095, ge=1)
    cases: int = Field(default=365, ge=1)
    reports: int = Field(default=365, ge=1)
    logs: int = Field(default=30, ge=1)
    tmp: int = Field(default=1, ge=1)


class DueDays(_Strict):
    """In how many days what was found is to be mended, by severity: our assumption."""

    critical: int = Field(default=7, ge=1)
    high: int = Field(default=14, ge=1)
    medium: int = Field(default=30, ge=1)
    low: int = Field(default=90, ge=1)


class Dpia(_Strict):
    """The data protection impact assessment under which persons may be looked for one by one.

    ``reference``: where the assessment is filed; ``purpose``: what it allows it for; ``owner``: the
    function that answers for it, not a person's name.
    """

    reference: str = ""
    purpose: str = ""
    owner: str = ""


class Settings(BaseSettings):
    """All of ``vitrail.toml``. Environment variables ``VITRAIL_SET_…`` win over the file."""

    model_config = SettingsConfigDict(
        env_prefix="VITRAIL_SET_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    asof: date | None = None
    policy: str = "leadnlead-v202406"
    company: str = "This company"
    exports: str = "exports"
    sources: dict[str, Source] = Field(default_factory=dict)
    systems: dict[str, str] = Field(default_factory=dict)
    params: Params = Params()
    privacy: Privacy = Privacy()
    retention: Retention = Retention()
    dpia: Dpia = Dpia()
    owners: dict[str, str] = Field(default_factory=dict)  # a system's owner: a function
    due_days: DueDays = DueDays()
    roles: dict[str, list[Role]] = Field(default_factory=dict)
    sign_in: SignIn | None = None
    ledger_url: str | None = Field(default=None, repr=False)
    own_ibans_file: str | None = None
    erased_file: str | None = None  # who was erased, a person a line; read by checks alone
    own_hosts: tuple[str, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the names are pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (env_settings, init_settings)  # the file's values come as init


def load(path: Path) -> Settings:
    """Read one ``vitrail.toml``; :class:`~vitrail.errors.ConfigError` says what is wrong in it."""
    try:
        with path.open("rb") as file:
            values = tomllib.load(file)
    except FileNotFoundError:
        raise ConfigError(
            f"There is no {FILE_NAME} in {path.parent.name or path.parent}.",
            "Run `vitrail demo DIR` for an example; or make an empty one beside your exports, "
            "which `vitrail map` fills.",
        ) from None
    except OSError as error:
        raise ConfigError(
            f"{FILE_NAME} in {path.parent.name} cannot be read: {error.strerror}.",
            "A workspace is a folder that holds this file, and this user must be able to read it.",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{FILE_NAME} is not valid TOML: {error}.", "Mend that line.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{FILE_NAME} is not UTF-8 in line {line}.", "Save it again in UTF-8."
        ) from None
    try:
        return Settings(**values)
    except ValidationError as error:
        raise ConfigError(_sentence(error), f"Mend it in {FILE_NAME}.") from None


def _sentence(error: ValidationError) -> str:
    details: list[Any] = [*error.errors(include_url=False, include_input=False)]
    parts = [f"{'.'.join(str(p) for p in d['loc']) or 'the file'}: {d['msg']}" for d in details[:3]]
    more = f" (and {len(details) - 3} more)" if len(details) > 3 else ""
    return f"{FILE_NAME} is wrong at {'; '.join(parts)}{more}."


def find(start: Path | None = None) -> Path:
    """The workspace folder: ``start``, else ``VITRAIL_WORKSPACE``, else the nearest parent."""
    if start is not None:
        return start
    if WORKSPACE_VARIABLE in os.environ:
        return Path(os.environ[WORKSPACE_VARIABLE])
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise ConfigError(
        f"No {FILE_NAME} here or in any folder above.",
        f"Name the workspace with -C DIR or {WORKSPACE_VARIABLE}, or make one: `vitrail demo DIR`.",
    )
