"""`deepstudio doctor`: what is here, what is missing, and how to mend it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from deepstudio.app.cli.output import Printer, add_json_option
from deepstudio.app.doctor.files import check_folders, check_models
from deepstudio.app.doctor.finding import Finding, State
from deepstudio.app.doctor.machine import check_device, check_microphones, check_processor
from deepstudio.app.doctor.software import check_packages, check_program
from deepstudio.app.doctor.window import check_qt
from deepstudio.core.failures import failure_from

NAME = "doctor"
HELP = "Look at versions, device, microphones, folders and models, and say how to mend what is missing."

CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    check_program,
    check_packages,
    check_processor,
    check_device,
    check_microphones,
    check_qt,
    check_folders,
    check_models,
)
_SIGNS = {State.OK: "ok", State.NOTE: "note", State.PROBLEM: "PROBLEM"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 if something must be mended."""
    printer = Printer(json=arguments.json)
    problems = 0
    for finding in findings(CHECKS):
        problems += finding.state is State.PROBLEM
        printer.record({"check": finding.check, "state": finding.state, "value": finding.value, "fix": finding.fix})
        printer.line(f"{_SIGNS[finding.state]:<8} {finding.check:<20} {finding.value}")
        if finding.fix:
            printer.line(f"{'':<29} -> {finding.fix}")
    if problems:
        printer.problem(f"{problems} things must be mended." if problems > 1 else "One thing must be mended.")
    return 1 if problems else 0


def findings(checks: tuple[Callable[[], Iterator[Finding]], ...]) -> Iterator[Finding]:
    """Yield what every check finds; a check that fails itself is a finding too."""
    for check in checks:
        try:
            yield from check()
        except Exception as error:
            name = check.__name__.removeprefix("check_").capitalize()
            yield Finding(check=name, state=State.PROBLEM, value=failure_from(error).text() + f" [{error}]")
