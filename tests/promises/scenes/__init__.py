"""Scenes of controls of which one row at fault is not enough: several reasons are told apart.

A scene in ``*.yaml`` names the exports under which a promise is kept (``kept``, rows by canonical
table), what is exported instead once it is broken (``broken``), the verdict of each, the reasons
that are then found, and the time or link without which nothing can be said (``time``). A control
has either a scene or a case (:mod:`tests.promises.cases`), never neither.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

SCENES: Final[dict[str, dict[str, Any]]] = {
    control: scene
    for path in sorted(Path(__file__).parent.glob("*.yaml"))
    for control, scene in yaml.safe_load(path.read_text("utf-8")).items()
}
