"""What singles people out stays locked until someone answers for it."""

from __future__ import annotations

from vitrail.config import FILE_NAME, Dpia, Settings
from vitrail.errors import ConfigError


def require_dpia(settings: Settings, what: str) -> Dpia:
    """The assessment on record; :class:`~vitrail.errors.ConfigError` where there is none.

    ``what`` is locked without it: ``Tracing persons``.
    """
    dpia = settings.dpia
    given = {"reference": dpia.reference, "purpose": dpia.purpose, "owner": dpia.owner}
    missing = [name for name, value in given.items() if not value.strip()]
    if missing:
        raise ConfigError(
            f"{what} is locked: no data protection impact assessment is on record "
            f"({', '.join(missing)} missing).",
            f'Write it into {FILE_NAME}: [dpia] with reference = "where it is filed", '
            'purpose = "what it allows this for" and owner = "the function that answers for '
            'it".',
        )
    return dpia
