"""The catalog finds every file, opens only what is one, and says why it left the others."""

from __future__ import annotations

import hashlib
import os
import pickle
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vitrail.errors import InputUnreadable
from vitrail.exports import looking
from vitrail.exports.catalog import Catalog
from vitrail.model import Dataset, InputStatus

_CSV = "id,mail\n1,a@example.org\n"


def test_names_are_relative_to_the_folder_and_in_a_stable_order(exports: Any) -> None:
    for name in ("b/two.csv", "a.csv", "b/a/three.csv", ".hidden/four.csv"):
        exports.write(name, _CSV)
    look = exports.look()
    assert [d.name for d in look.catalog.datasets] == [
        ".hidden/four.csv", "a.csv", "b/a/three.csv", "b/two.csv",
    ]  # fmt: skip


def test_a_file_is_named_by_itself_or_under_the_given_root(exports: Any) -> None:
    path = exports.write("deep/a.csv", _CSV)
    assert exports.look(path).dataset().name == "a.csv"
    catalog = Catalog.discover([path], root=exports.folder)
    assert catalog.datasets[0].name == "deep/a.csv"


def test_two_places_that_hold_a_file_of_one_name_are_both_read(exports: Any) -> None:
    exports.write("one/a.csv", _CSV)
    exports.write("two/a.csv", _CSV + "2,b@example.org\n")
    look = exports.look(exports.folder / "one", exports.folder / "two")
    assert [d.name for d in look.catalog.datasets] == ["a.csv", "two/a.csv"]
    rows = [sum(b.rows for b in look.catalog.open(d).batches()) for d in look.catalog.datasets]
    assert rows == [1, 2]


def test_a_file_named_twice_is_read_once(exports: Any) -> None:
    path = exports.write("a.csv", _CSV)
    assert len(exports.look(exports.folder, path).catalog.datasets) == 1


def test_every_quarantined_file_has_a_reason_a_remedy_and_its_name(exports: Any) -> None:
    exports.write("empty.csv", "")
    exports.write("binary.csv", bytes(range(256)))
    exports.write("good.csv", _CSV)
    look = exports.look()
    assert [d.name for d in look.catalog.datasets] == ["good.csv"]
    for file in look.catalog.unreadable:
        assert file.status is InputStatus.UNREADABLE
        assert file.name in (file.reason or "")
        assert file.remedy
    assert [f.name for f in look.catalog.unreadable] == ["binary.csv", "empty.csv"]


def test_a_place_that_is_not_there_is_quarantined(exports: Any) -> None:
    look = exports.look(exports.folder / "nowhere.csv")
    assert look.reasons == ["nowhere.csv is not there. Check the path that you gave."]


@pytest.mark.parametrize("header", ["id,card.number", "id, Card.Number ", 'id,"card.number"'])
def test_a_file_with_whole_card_numbers_is_quarantined_unread(exports: Any, header: str) -> None:
    look = exports.of("migration.csv", f"{header}\n1,4242424242424242\n")
    assert look.catalog.datasets == ()
    assert "migration.csv has a column" in look.reasons[0]
    assert "it was not read" in look.reasons[0]
    assert "PCI DSS" in look.reasons[0]
    assert "4242" not in look.reasons[0]
    assert look.catalog.unreadable[0].sha256 is None


def test_nested_card_numbers_are_quarantined_too(exports: Any) -> None:
    look = exports.of("m.ndjson", '{"id":1,"card":{"number":"4242424242424242"}}\n')
    assert look.catalog.datasets == ()
    assert "card.number" in look.reasons[0]


def test_pipes_sockets_and_devices_are_never_opened(exports: Any) -> None:
    os.mkfifo(exports.folder / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(exports.folder)  # the path of a socket may be 107 bytes long
        try:
            server.bind("socket.csv")
        finally:
            os.chdir(here)
        look = exports.look()  # opening the pipe would wait forever
    assert "pipe.csv is a pipe, not a file" in look.reasons[0]
    assert "socket.csv is a socket, not a file" in look.reasons[1]


def test_links_are_followed_within_the_folder_only_and_never_in_circles(
    exports: Any, tmp_path: Path
) -> None:
    inside = exports.write("real/a.csv", _CSV)
    outside = tmp_path / "outside.csv"
    outside.write_text(_CSV)
    (exports.folder / "again.csv").symlink_to(inside)
    (exports.folder / "circle").symlink_to(exports.folder)
    (exports.folder / "loop.csv").symlink_to(exports.folder / "loop.csv")
    (exports.folder / "away.csv").symlink_to(outside)
    (exports.folder / "broken.csv").symlink_to(exports.folder / "none.csv")
    look = exports.look()
    assert [d.name for d in look.catalog.datasets] == ["again.csv", "real/a.csv"]
    told = {f.name: f.reason or "" for f in look.catalog.unreadable}
    assert "leads outside the folder" in told["away.csv"]
    assert "leads nowhere or to itself" in told["loop.csv"]
    assert "leads nowhere or to itself" in told["broken.csv"]


@pytest.mark.parametrize(
    "name", ["we[i]rd *?.csv", "a b'c\"d.csv", "Ünï-名前.csv", "new\nline.csv", "{x}.csv", "-a.csv"]
)
def test_odd_names_are_read_by_every_engine(exports: Any, name: str) -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    exports.write("decoy i.csv", "x,y\n1,2\n")
    assert exports.of(name, _CSV).texts()["mail"] == ["a@example.org"]
    file = io.BytesIO()
    pq.write_table(pa.table({"a": [7]}), file)
    look = exports.of(name.replace(".csv", ".parquet"), file.getvalue())
    assert look.texts() == {"a": ["7"]}
    assert look.sql("SELECT a FROM t") == [{"a": 7}]


def test_a_name_that_is_no_utf_8_is_told_with_escapes_and_read(exports: Any) -> None:
    path = Path(os.fsdecode(os.fsencode(exports.folder) + b"/caf\xe9.csv"))
    path.write_text(_CSV)
    look = exports.look()
    assert look.dataset().name == "caf\\xe9.csv"
    assert look.texts()["id"] == ["1"]
    look.dataset().name.encode()


_AS_NOBODY = """
import os, sys
from vitrail.exports.catalog import Catalog
Catalog.discover([sys.argv[1] + "/open.csv"])  # modules are loaded while they may be read
os.setegid(65534); os.seteuid(65534)
catalog = Catalog.discover([sys.argv[1]])
print([d.name for d in catalog.datasets])
for file in catalog.unreadable:
    print(file.reason, file.remedy)
"""


def test_what_may_not_be_read_is_quarantined_and_the_rest_goes_on(
    exports: Any, tmp_path: Path
) -> None:
    exports.write("closed.csv", _CSV).chmod(0)
    exports.write("folder/a.csv", _CSV)
    exports.write("open.csv", _CSV)
    (exports.folder / "folder").chmod(0)
    script = _AS_NOBODY if os.geteuid() == 0 else _AS_NOBODY.replace("os.set", "0 and os.set")
    for parent in (exports.folder, *exports.folder.parents):
        if parent == Path("/tmp") or not os.access(parent, os.W_OK):
            break
        parent.chmod(parent.stat().st_mode | 0o055)
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, str(exports.folder)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    finally:
        (exports.folder / "folder").chmod(0o755)
    names, *told = done.stdout.splitlines()
    assert names == "['open.csv']"
    assert told[0].startswith("closed.csv may not be read by this user.")
    assert told[1].startswith("folder is a folder that may not be read by this user.")


def test_a_file_is_proved_by_its_hash(exports: Any) -> None:
    path = exports.write("a.csv", _CSV)
    look = exports.look()
    assert look.catalog.sha256(look.dataset()) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert look.catalog.location(look.dataset()) == path
    assert look.catalog.size(look.dataset()) == len(_CSV)
    assert look.catalog.details(look.dataset())["delimiter"] == "comma"


def test_a_catalog_goes_to_another_process(exports: Any) -> None:
    exports.write("a.csv", _CSV)
    exports.write("b.ndjson", '{"id":1}\n')
    catalog = pickle.loads(pickle.dumps(exports.look().catalog))
    assert [sum(b.rows for b in catalog.open(d).batches()) for d in catalog.datasets] == [1, 1]


def test_a_file_that_goes_away_between_looking_and_reading_says_so(exports: Any) -> None:
    path = exports.write("a.csv", _CSV)
    look = exports.look()
    path.unlink()
    look.cells()
    assert "a.csv is not there any more" in look.failure.message
    with pytest.raises(InputUnreadable, match="is not there any more"):
        look.catalog.sha256(look.dataset())


def test_a_file_written_anew_is_looked_at_anew(
    exports: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_RESTED", 0)
    path = exports.write("a.csv", "first,second\n1,2\n")
    before, again = exports.look(), exports.look()
    kept = path.stat()
    assert again.catalog.table(again.dataset()) is before.catalog.table(before.dataset())
    path.write_text("third,fourth\n1,2\n")
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    names = [column.name for column in exports.look().dataset().columns]
    assert names == ["third", "fourth"]


def test_a_file_that_rests_since_a_moment_only_is_not_known_by_its_times(exports: Any) -> None:
    exports.write("a.csv", _CSV)
    before, again = exports.look(), exports.look()
    assert again.catalog.table(again.dataset()) is not before.catalog.table(before.dataset())


def test_a_dataset_of_another_catalog_is_refused(exports: Any) -> None:
    with pytest.raises(InputUnreadable, match="is not in the catalog"):
        exports.look().catalog.open(Dataset("other.csv", None, "csv", ()))
