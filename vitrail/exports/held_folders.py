"""Private folders that are held while their process lives, so that what a kill leaves is found.

A hold is a lock on the folder itself: it ends with the process, however that ends.
"""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_UNHELD: Final = ".new"


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """A folder of mode 0700 that this process holds."""

    path: Path
    _descriptor: int

    def let_go(self) -> None:
        """End the hold; the folder stays."""
        os.close(self._descriptor)

    def remove(self) -> None:
        """Remove the folder, if it is still there, and end the hold."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.let_go()


def make(parent: Path, prefix: str, suffix: str = "") -> HeldFolder:
    """A new folder in ``parent``; raises ``OSError``. It gets its name once it is held, so that
    nobody takes it for an abandoned one."""
    new = Path(tempfile.mkdtemp(prefix=f"{prefix}x", suffix=_UNHELD, dir=parent))
    descriptor = os.open(new, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    held = new.with_name(new.name.removesuffix(_UNHELD) + suffix)
    new.rename(held)
    return HeldFolder(held, descriptor)


def remove_abandoned(parent: Path, prefix: str, suffix: str = "") -> None:
    """Remove this user's folders of such a name that no process holds any more."""
    for path in parent.glob(f"{glob.escape(prefix)}x*{suffix}"):
        if path.name.endswith(_UNHELD) or path.is_symlink() or path.stat().st_uid != os.getuid():
            continue
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(descriptor)
