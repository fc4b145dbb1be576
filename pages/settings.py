"""Settings: what is set, who proposed and who approved it."""

from vitrail.ui import (
    Role,
    enter,
    header,
    section,
    settings_parts,
    settings_standing,
    told,
)

actor = enter(Role.AUDITOR, Role.ADMIN)

header("Settings", "What runs rest on, and whether two people stand for it.", actor)
with told():
    standing = settings_standing()

    section("Part by part", "Set in vitrail.toml, recognizers.yaml and the files that they name.")
    settings_parts(standing)
