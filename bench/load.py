"""A load of page requests, and what it costs the server: requests a second, and a second of its processors' time."""

import asyncio
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench.families import HOST, LENGTH

CLIENTS = 8
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Served:
    """A server of ours: its port, and its main process."""

    port: int
    pid: int

    def processes(self) -> list[int]:
        """The workers; granian's main process only watches them."""
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, text=True, check=False
        )
        return [int(line) for line in listed.stdout.split()]

    def processor_seconds(self) -> float:
        """What the workers have used up to now."""
        used = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
        return used / TICKS

    def memory(self) -> float:
        """MiB of all workers; what they share is counted once."""
        kib = 0
        for pid in self.processes():
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            kib += next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
        return kib / 1024


@dataclass
class Measured:
    """One figure of one round."""

    a_second: float
    a_processor_second: float
    p99: float  # milliseconds


async def load(
    served: Served, paths: list[str], seconds: float, status: int = 200, *, is_zipped: bool = False
) -> Measured:
    """Eight connections ask for these pages in turn; each answer is read to its end."""
    etags = await _etags(served, paths) if status == 304 else {}
    times: list[float] = []
    used, begin = served.processor_seconds(), time.perf_counter()

    async def ask_on(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        turn = number
        while time.perf_counter() - begin < seconds:
            path = paths[turn % len(paths)]
            turn += 1
            since = time.perf_counter()
            writer.write(_request(path, etags.get(path, ""), is_zipped=is_zipped))
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            if length:
                await reader.readexactly(int(length[1]))
            times.append(time.perf_counter() - since)
            if int(head[9:12]) != status:
                raise SystemExit(f"{path} answers {head[9:12].decode()} instead of {status}.")
        writer.close()

    await asyncio.gather(*map(ask_on, range(CLIENTS)))
    took = time.perf_counter() - begin
    spent = max(served.processor_seconds() - used, 1 / TICKS)
    return Measured(len(times) / took, len(times) / spent, quantiles(times, n=100)[98] * 1000)


async def _etags(served: Served, paths: list[str]) -> dict[str, str]:
    found = {}
    for path in paths:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(_request(path, ""))
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        found[path] = next(
            line.partition(":")[2].strip() for line in head.splitlines() if line.lower().startswith("etag:")
        )
        writer.close()
    return found


def _request(path: str, etag: str, *, is_zipped: bool = False) -> bytes:
    further = f"If-None-Match: {etag}\r\n" if etag else ""
    further += "Accept-Encoding: gzip\r\n" if is_zipped else ""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n{further}\r\n".encode()
