"""The project's benchmarks, one file each: the budgets of the program, measured.

A benchmark file defines `NAME`, `HELP`, `add_arguments(parser)` and `measure(arguments, context)`, which yields one
mapping for each line of the result. It registers itself by lying here and imports nothing heavy when it is imported.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, cast

from deepstudio.core.job import JobContext


class Benchmark(Protocol):
    """What a benchmark file defines. `IN_ALL` says whether `deepstudio bench` without a name runs it."""

    NAME: str
    HELP: str
    IN_ALL: bool

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare options; each has a default."""

    def measure(self, arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
        """Yield the results."""


def benchmarks() -> list[Benchmark]:
    """Return all benchmarks, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = [cast(Any, importlib.import_module(f"{__name__}.{name}")) for name in names]
    assert all(name == benchmark.NAME for benchmark, name in zip(found, names, strict=True))
    return found
