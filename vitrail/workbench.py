"""The workbench's server: :mod:`vitrail.served` over ``app.py``, in this process.

What the pages are made of is loaded while the server starts and the browser fetches its own part,
so that the first page need not wait for it.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Final, NoReturn

from vitrail.house import carried
from vitrail.sign_in import SECRET_VARIABLE

#: Streamlit and the charts would import the first two where they are used first.
_LOADED: Final = ("plotly.graph_objects", "pandas", "vitrail.ui")


def serve(port: int, address: str, secrets: Path | None) -> None:
    """Serve the pages until the process is told to end. ``secrets``: Streamlit's file of them.

    Where the environment holds the secret of signing in, the process begins anew without it.
    """
    if SECRET_VARIABLE in os.environ:
        rest = {name: value for name, value in os.environ.items() if name != SECRET_VARIABLE}
        command = [sys.executable, "-m", "vitrail.workbench", str(port), address]
        os.execve(  # noqa: S606 - signals reach the server itself
            sys.executable, [*command, *([str(secrets)] if secrets else [])], rest
        )
    from streamlit.web import bootstrap

    flags: dict[str, object] = {"server_port": port, "server_address": address}
    if secrets is not None:
        flags["secrets_files"] = [str(secrets)]
    bootstrap.load_config_options(flags)
    for told in (signal.SIGINT, signal.SIGTERM):  # the server closes, then has this done
        signal.signal(told, _end)
    Thread(target=_load_pages, name="load-pages", daemon=True).start()
    bootstrap.run_asgi_app(str(carried("app.py")), "vitrail.served:application", [], flags)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End as a process does that has done its work: what it wrote for itself is cleared away.

    Not by the interpreter's own end, at which a thread that is inside of a library aborts it.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _load_pages() -> None:
    """Import what pages use, once the server runs: caches ask for it as they are declared."""
    from streamlit.runtime import Runtime

    while not Runtime.exists():
        time.sleep(0.01)
    for name in _LOADED:
        import_module(name)
    gc.freeze()  # what is loaded stays: no collection need look through it again
    atexit.register(gc.unfreeze)  # at the end it goes, or DuckDB's module complains


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]) if sys.argv[3:] else None)
