"""The access package as one file, for who asked for it in a browser."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from vitrail.workspace.access_package import Package, package
from vitrail.workspace.tracing import Request

if TYPE_CHECKING:
    from vitrail.trace.sweep import Watch
    from vitrail.workspace.open_workspace import OpenWorkspace


def archive(
    workspace: OpenWorkspace, request: Request, *, names: bool, watch: Watch
) -> tuple[Package, bytes]:
    """Make the package in the workspace's own ``tmp``, zip it in memory, leave nothing there."""
    folder = Path(mkdtemp(prefix="package-", dir=workspace.layout.tmp))
    try:
        made = package(workspace, request, folder / "package", names=names, watch=watch)
        return made, zipped(folder / "package")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def zipped(folder: Path) -> bytes:
    """All files of a folder as a ZIP."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for one in sorted(folder.iterdir()):
            file.write(one, one.name)
    return content.getvalue()
