from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from vitrail.private_files import write_private


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_what_others_could_read_is_its_owners_alone_once_it_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "keys.csv"
    file.write_text("old")
    file.chmod(0o644)
    with file.open() as reader:  # who had it open sees nothing of what is new
        write_private(file, "nëw")
        assert reader.read() == "old"
    assert (file.read_bytes(), _mode(file)) == ("nëw".encode(), 0o600)


def test_a_link_stays_and_what_it_names_is_written(tmp_path: Path) -> None:
    file, link = tmp_path / "keys.csv", tmp_path / "link"
    file.write_text("old")
    link.symlink_to(file)
    write_private(link, b"new")
    assert link.is_symlink()
    assert (file.read_text(), _mode(file)) == ("new", 0o600)


def test_what_cannot_be_written_leaves_what_was_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "keys.csv").write_text("old")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "keys.csv", "new", over=False)
    with pytest.raises(OSError):
        write_private(tmp_path / "nowhere" / "keys.csv", "new")
    assert [p.name for p in tmp_path.iterdir()] == ["keys.csv"]
    assert (tmp_path / "keys.csv").read_text() == "old"


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_private(pipe, "new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
