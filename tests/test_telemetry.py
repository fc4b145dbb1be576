"""Nothing that Vitrail loads keeps a device's number or events for its maker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_models_runtime_keeps_no_events_and_no_device_number(tmp_path: Path) -> None:
    silent = {"ORT_DISABLE_TELEMETRY", "CI", "XDG_CACHE_HOME"}
    env = {name: value for name, value in os.environ.items() if name not in silent}
    code = (
        "from vitrail.detect.models import rampart; "
        "list(rampart.words(['Marie Dupont of 12 rue de la Paix called.']))"
    )
    subprocess.run([sys.executable, "-c", code], env={**env, "HOME": str(tmp_path)}, check=True)
    assert [*tmp_path.rglob("*onnxruntime*"), *tmp_path.rglob("deviceid")] == []
