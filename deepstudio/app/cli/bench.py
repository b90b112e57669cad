"""`deepstudio bench [NAME]`: measure the program against its budgets."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from deepstudio.app.bench import Benchmark, benchmarks
from deepstudio.app.cli.output import CommandContext, Printer, add_json_option

NAME = "bench"
HELP = "Measure the program: launch, answers, training. Ratios are taken side by side in one run."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the benchmarks; without a name all of the quick ones run."""
    add_json_option(parser)
    names = parser.add_subparsers(dest="benchmark", metavar="NAME", required=False)
    for benchmark in benchmarks():
        own = names.add_parser(
            benchmark.NAME, help=benchmark.HELP.replace("%", "%%"), description=benchmark.HELP, allow_abbrev=False
        )
        own.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object a line")
        benchmark.add_arguments(own)


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    printer = Printer(json=arguments.json)
    for benchmark in benchmarks():
        if arguments.benchmark == benchmark.NAME:
            _measure(printer, benchmark, arguments)
        elif arguments.benchmark is None and benchmark.IN_ALL:
            own = argparse.ArgumentParser()
            benchmark.add_arguments(own)
            _measure(printer, benchmark, own.parse_args([]))
    return 0


def _measure(printer: Printer, benchmark: Benchmark, arguments: argparse.Namespace) -> None:
    context = CommandContext(printer)
    for result in benchmark.measure(arguments, context):
        printer.record({"bench": benchmark.NAME, **result})
        printer.line(f"{benchmark.NAME:<9} {_text(result)}")
    printer.end_progress()


def _text(result: Mapping[str, Any]) -> str:
    return "  ".join(f"{key} {_value(value)}" for key, value in result.items() if value is not None)


def _value(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
