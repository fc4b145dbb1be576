"""Work over the exports that is done twice at once, each by a cursor of its own of one engine.

Much of it keeps one core busy: Python takes a log's lines apart, a workbook is unpacked and parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    import duckdb

Item = TypeVar("Item")
Result = TypeVar("Result")
#: What is worked on is held in memory meanwhile, so no more than this.
AT_ONCE: Final = 2


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

    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="exports")
    try:
        return list(pool.map(do, items))
    finally:  # of an interrupted one, too: nothing goes on behind its back
        for cursor in cursors:
            cursor.interrupt()
        pool.shutdown(cancel_futures=True)
        for cursor in cursors:
            cursor.close()
