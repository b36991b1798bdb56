"""How long a command takes, how much memory it holds, and what was measured so far."""

from __future__ import annotations

import hashlib
import os
import platform
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SAMPLED_EVERY = 0.05
"""Seconds between two looks at a command's memory."""

MIB = 1024

Key = tuple[str, int]
"""What was measured, and at how many briefs: `("cold", 1000)`."""


class NotMeasured(Exception):
    """This run did not measure it."""


@dataclass
class Samples:
    """Everything measured in one run: several values of each thing."""

    values: dict[Key, list[float]] = field(default_factory=dict)

    def add(self, name: str, size: int, value: float) -> None:
        self.values.setdefault((name, size), []).append(value)

    def median(self, name: str, size: int) -> float:
        """The median of what was measured; raises `NotMeasured` where nothing was."""
        if not self.values.get((name, size)):
            raise NotMeasured(f"{name} at {size}")
        return statistics.median(self.values[name, size])

    def sizes(self, name: str) -> list[int]:
        """At which numbers of briefs it was measured."""
        return sorted(size for other, size in self.values if other == name and self.values[other, size])


class CommandFailed(Exception):
    """A measured command ended with an error; its output is the message."""


def seconds(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> float:
    """How long a command runs, on the wall's clock."""
    began = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    taken = time.perf_counter() - began
    if done.returncode != 0:
        raise CommandFailed(f"{' '.join(command)}\n{done.stdout[-4000:]}")
    return taken


def peak_memory(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> tuple[float, float]:
    """The most memory a command and its children held at once, in MiB: as shares of pages (PSS), and its largest
    process's resident set. What processes share counts once in the first."""
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    peak = 0.0
    ended = threading.Event()

    def sample() -> None:
        nonlocal peak
        while not ended.wait(SAMPLED_EVERY):
            peak = max(peak, held_by_session(process.pid))

    sampling = threading.Thread(target=sample)
    sampling.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    sampling.join()
    if process.returncode != 0:
        raise CommandFailed(" ".join(command))
    return peak, usage.ru_maxrss / MIB


def held_by_session(session: int) -> float:
    """MiB held by all processes of a session, each shared page in equal parts."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # The command's name, in brackets, may hold spaces: the session is the fourth word after it.
            if int((entry / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                total += _pss((entry / "smaps_rollup").read_text())
        except (OSError, ValueError, IndexError):
            continue  # it has ended
    return total / MIB


def _pss(rollup: str) -> int:
    """KiB in the line `Pss:`."""
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def fingerprint(folder: Path) -> str:
    """A checksum of every file in a folder, names included."""
    seen = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        seen.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        seen.update(content)
    return seen.hexdigest()


def machine() -> dict[str, str]:
    """The machine, without its name."""
    cpu = platform.processor() or platform.machine()
    memory = ""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                cpu = line.partition(":")[2].strip()
                break
        memory = f"{int(Path('/proc/meminfo').read_text().split()[1]) / MIB / MIB:.0f} GiB"
    except (OSError, ValueError):
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {"processor": cpu, "cores": str(cores), "memory": memory, "system": platform.system(),
            "python": f"{platform.python_implementation()} {platform.python_version()}"}
