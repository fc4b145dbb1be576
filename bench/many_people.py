"""Thirty people at one workbench: how long each waits for a page, and what the server takes.

    python -m bench.many_people WORKSPACE [--people N] [--pages N] [--pause SECONDS]

Each is a session of its own over the socket that a browser would open, and asks for one page after
the other, mixed; nothing is drawn, for thirty browsers would take the machine from the server.
``--pause``: how long a person reads on average before the next click, each time between half and
one and a half of that; without it nobody reads. Told are the median and the 95th percentile of a
page's time, pages that failed, the server's memory and its seconds of CPU. Required of 30: no
error, 4 s at the 95th percentile, under 3 GB.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.screenshots import PAGES, _free_port, _wait

PATIENCE = 300.0
_ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


def main() -> int:
    """Print the figures; 1 where a page failed."""
    read = argparse.ArgumentParser(prog="bench.many_people")
    read.add_argument("workspace", type=Path)
    read.add_argument("--people", type=int, default=30)
    read.add_argument("--pages", type=int, default=3)
    read.add_argument("--pause", type=float, default=0.0)
    asked = read.parse_args()
    port = _free_port()
    command = [sys.executable, "-m", "vitrail", "app", "-C", str(asked.workspace)]
    server = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        asyncio.run(_visit(port, 0, len(PAGES), 0.0))  # each page once: the server is warm
        before, began = _work(server.pid), time.perf_counter()
        taken, failed = asyncio.run(_all(port, asked.people, asked.pages, asked.pause))
        took, work = time.perf_counter() - began, _work(server.pid) - before
        held = psutil.Process(server.pid).memory_full_info().uss / 1e9
    finally:
        server.terminate()
        server.wait(30)
    high = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    print(
        f"{asked.people} people, {len(taken)} pages in {took:.1f} s: median "
        f"{statistics.median(taken):.2f} s, p95 {high:.2f} s, {failed} failed; "
        f"{held:.2f} GB, {work:.1f} s of CPU ({work / len(taken):.2f} a page)"
    )
    return 1 if failed else 0


async def _all(port: int, people: int, pages: int, pause: float) -> tuple[list[float], int]:
    """The seconds of every page, and how many failed."""
    done = await asyncio.gather(*(_visit(port, first, pages, pause) for first in range(people)))
    return [s for seconds, _failed in done for s in seconds], sum(failed for _s, failed in done)


async def _visit(port: int, first: int, pages: int, pause: float) -> tuple[list[float], int]:
    """One person's pages, begun at another page than the others' are."""
    seconds, failed, reading = [], 0, random.Random(first)
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    spoken = [Subprotocol("streamlit")]
    async with connect(address, subprotocols=spoken, max_size=None, ping_interval=None) as socket:
        for n in range(pages):
            await asyncio.sleep(pause * reading.uniform(0.5, 1.5))
            began = time.perf_counter()
            ask = BackMsg()
            page = PAGES[(first + n) % len(PAGES)]
            ask.rerun_script.page_name = page
            await socket.send(ask.SerializeToString())
            async with asyncio.timeout(PATIENCE):
                failed += not await _stands(socket, page.replace("_", " ").capitalize())
            seconds.append(time.perf_counter() - began)
    return seconds, failed


async def _stands(socket: ClientConnection, title: str) -> bool:
    """Wait until the page is told whole; whether it is the page of that title, without a fault."""
    titles, good = set(), True
    async for raw in socket:
        told = ForwardMsg()
        told.ParseFromString(raw)
        kind = told.WhichOneof("type")
        if kind == "delta":
            element = told.delta.new_element
            titles.add(element.heading.body)
            good &= element.WhichOneof("type") != "exception"
        elif kind == "script_finished" and told.script_finished in _ENDS:
            good &= told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            return good and title in titles
    return False


def _work(pid: int) -> float:
    spent = psutil.Process(pid).cpu_times()
    return float(spent.user + spent.system)


if __name__ == "__main__":
    sys.exit(main())
