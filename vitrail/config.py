"""``vitrail.toml``: where a company's exports are and what their columns mean.

A mistake in the file is one sentence with the place in it, never a traceback.
"""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
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
    """As strptime writes it: `%d/%m/%Y`."""
    day_first: bool = False
    """Of days such as 03/04/2026, where no format is given."""


class Source(_Strict):
    """One export and the canonical table that it feeds. Several may share a file.

    Either ``file`` or ``url``, and either ``table`` or ``preset``.
    """

    file: str | None = None
    """A glob relative to the workspace: `exports/mailchimp/*.zip`."""
    url: str | None = Field(default=None, repr=False)
    """The address of a database, as a URL or in libpq's `key=value` words."""
    inside: str | None = None
    """A glob over the tables, sheets or archive members in it."""
    preset: str | None = None
    """A known product: brings table, columns and the rest; what stands here wins over it."""
    table: str | None = None
    """The canonical table that it feeds."""
    system: str | None = None
    """The system that the export comes from, a key of `[systems]`."""
    role: Literal["controller", "processor"] = "controller"
    """`processor`: held for a customer, whose persons these are."""
    timezone: str | None = None
    """Of times that say none: `Europe/Paris`."""
    columns: dict[str, str] = Field(default_factory=dict)
    """Canonical column = exported column."""
    derive: dict[str, str] = Field(default_factory=dict)
    """Canonical column = a DuckDB expression over the exported columns."""
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Canonical column = { exported value = canonical value }."""
    dates: DateFormat = DateFormat()
    """How its days are written."""
    where: str | None = None
    """Only the rows for which this DuckDB expression holds."""

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
    """The age, in years, from which nobody is a minor."""
    minor_sla_hours: int = 72
    """Hours in which a likely minor's case is to be decided; the policy says promptly."""
    k: int = 10
    """The fewest persons that a published aggregate may be of."""
    unsub_grace_hours: int = 0
    """Hours in which a message after an unsubscribe is no breach yet."""
    dsar_days: int = 30
    """Days in which a request is to be answered."""
    backup_max_days: int = 90
    """Days that a backup may be kept."""
    closed_grace_days: int = 30
    """Days that an ended account may still name its person."""


class Privacy(_Strict):
    """The privacy budget of all that is ever published of these persons, in zCDP's ρ.

    At 1.0 the best guess about one person, by someone who knows all others and reads everything
    published, is right in 76 of 100 cases.
    """

    rho_total: float = Field(default=1.0, gt=0, le=100)
    """The whole budget; fixed by the first release, and cannot be raised after it."""
    delta: float = Field(default=1e-6, gt=0, le=1e-3)
    """The δ at which reports tell ε; ρ itself needs none."""


class Retention(_Strict):
    """How long Vitrail keeps its own data, in days; ``vitrail purge`` keeps to it."""

    exports: int | None = Field(default=None, ge=1)
    """The company's files, by their last change: told of if a period is given, never deleted."""
    facts: int = Field(default=90, ge=1)
    """Epochs that are not in force any more, by their manifest."""
    runs: int = Field(default=365, ge=1)
    """Folders of scans, by their name."""
    hits: int = Field(default=180, ge=1)
    """What in such a folder tells single cells: `hits.parquet`, `minors.parquet`."""
    packs: int = Field(default=1095, ge=1)
    """Checks with assessments and evidence, by their name."""
    cases: int = Field(default=365, ge=1)
    """Whom a dismissed case was about, and people's words on cases and traces, by the decision."""
    notes: int = Field(default=1095, ge=1)
    """Saved views and notes on days, by when they were written."""
    reports: int = Field(default=365, ge=1)
    """What was written into `reports/`, proofs of deletion too, by its last change."""
    logs: int = Field(default=30, ge=1)
    """Log files, one a day, by the day in their name."""
    tmp: int = Field(default=1, ge=1)
    """What a dead process left, by its last change."""


class DueDays(_Strict):
    """In how many days what was found is to be mended, by severity: our assumption."""

    critical: int = Field(default=7, ge=1)
    """Days for what is critical."""
    high: int = Field(default=14, ge=1)
    """Days for what is high."""
    medium: int = Field(default=30, ge=1)
    """Days for what is medium."""
    low: int = Field(default=90, ge=1)
    """Days for what is low."""


class Dpia(_Strict):
    """The data protection impact assessment under which persons may be looked for one by one.

    Until all three are written, a trace and the register of likely minors stay locked.
    """

    reference: str = ""
    """Where the assessment is filed."""
    purpose: str = ""
    """What it allows persons to be looked for."""
    owner: str = ""
    """The function that answers for it, not a person's name."""


class Settings(BaseSettings):
    """All of ``vitrail.toml``. Environment variables ``VITRAIL_SET_…`` win over the file."""

    model_config = SettingsConfigDict(
        env_prefix="VITRAIL_SET_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    asof: date | None = None
    """The day on which the exports were made; else today."""
    policy: str = "leadnlead-v202406"
    """The policy file: one that comes with Vitrail by name, or a path in the workspace."""
    company: str = "This company"
    """What reports and letters call the company."""
    exports: str = "exports"
    """The folder with the company's files: read, never changed."""
    sources: dict[str, Source] = Field(default_factory=dict)
    """Which export feeds which canonical table."""
    systems: dict[str, str] = Field(default_factory=dict)
    """The systems of the company by a short name, for the scope of a verdict."""
    params: Params = Params()
    """The figures that the policy leaves open."""
    privacy: Privacy = Privacy()
    """The privacy budget."""
    retention: Retention = Retention()
    """How long Vitrail keeps its own data."""
    dpia: Dpia = Dpia()
    """The assessment that unlocks looking for persons."""
    owners: dict[str, str] = Field(default_factory=dict)
    """Which function owns a system and mends what is found in it."""
    due_days: DueDays = DueDays()
    """In how many days what was found is to be mended."""
    roles: dict[str, list[Role]] = Field(default_factory=dict)
    """People by name, and their roles: `analyst`, `auditor`, `investigator`, `admin`."""
    sign_in: SignIn | None = None
    """The OpenID Connect provider; without it the workbench serves this machine only."""
    ledger_url: str | None = Field(default=None, repr=False)
    """`postgresql://…`: where the ledger is kept instead of in `ledger.db`."""
    language: str | None = None
    """Of pages and reports: `en` or `fr`; else the reader's browser says."""
    own_ibans_file: str | None = None
    """The company's own accounts, an IBAN a line, which PAY-03 lets be."""
    erased_file: str | None = None
    """Who was erased, a person a line, kept outside the exports; read by checks alone."""
    own_hosts: tuple[str, ...] = ()
    """The company's own domains, which SHR-03 takes for no stranger's."""

    @field_validator("language")
    @classmethod
    def _spoken_here(cls, code: str | None) -> str | None:
        from vitrail.translation import LANGUAGES

        if code is not None and code not in LANGUAGES:
            raise ValueError(f"write one of {', '.join(LANGUAGES)}")
        return code

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
