"""Work over the exports that is done twice at once, each by a cursor of its own of one engine.

Much of it keeps one core busy: Python takes a log's lines apart, a workbook is unpacked and parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    import duckdb

Item = TypeVar("Item")
Result = TypeVar("Result")
#: What is worked on is held in memory meanwhile, so no more than this.
AT_ONCE: Final = 2
#: Seconds after which what still goes on is interrupted once more.
_AGAIN: Final = 0.05


def at_once(
    connection: duckdb.DuckDBPyConnection,
    work: Callable[[duckdb.DuckDBPyConnection, Item], Result],
    items: Iterable[Item],
) -> list[Result]:
    """What ``work`` makes of each, in their order. What it raises first ends all of it.

    A cursor sees the tables and views of its connection, but no temporary or registered ones.
    """
    cursors = [connection.cursor() for _ in range(AT_ONCE)]
    free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
    for cursor in cursors:
        free.put(cursor)

    def do(item: Item) -> Result:
        cursor = free.get()
        try:
            return work(cursor, item)
        finally:
            free.put(cursor)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="exports") as pool:
        done = [pool.submit(do, item) for item in items]
        try:
            return [one.result() for one in done]
        finally:  # of an interrupted one, too: nothing goes on behind its back
            for one in done:
                one.cancel()
            while wait(done, timeout=_AGAIN).not_done:  # a query that begins now must hear of it
                for cursor in cursors:
                    cursor.interrupt()
            for cursor in cursors:
                cursor.close()
