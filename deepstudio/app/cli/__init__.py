"""The command line: `deepstudio COMMAND ...`. Each file here is one command and registers itself by lying here.

A command file defines `NAME`, `HELP`, `add_arguments(parser)` and `run(arguments) -> int`, and imports no Qt or torch
when it is imported. Only the command that was asked for is, so `deepstudio --version` answers at once.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import logging
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol, cast

import deepstudio
from deepstudio.core.errors import DeepStudioError, JobCancelled, UsageError
from deepstudio.core.failures import failure_from

_log = logging.getLogger(__name__)
_NO_COMMANDS = ("output",)
_PROGRAM = "deepstudio"


class Command(Protocol):
    """What a command file defines."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's options."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work; return the exit code."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the usage in one sentence and exits with 2."""

    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:].rstrip(".")
        self.exit(2, f"{sentence}. See {self.prog} --help.\n")


def command_names() -> list[str]:
    """Return the names of all commands, sorted; nothing is imported."""
    return sorted(
        module.name
        for module in pkgutil.iter_modules(__path__)
        if module.name not in _NO_COMMANDS and not module.name.startswith("_")
    )


def load_command(name: str) -> Command:
    """Import and return the command of that name."""
    command = cast(Any, importlib.import_module(f"{__name__}.{name}"))
    assert name == command.NAME, f"{command.__file__} calls itself {command.NAME!r}"
    return cast(Command, command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 if all went well, 2 for wrong usage, 1 otherwise.

    Without a command the window opens, with the files that were named.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _make_output_safe()
    try:
        return _dispatch(words)
    except SystemExit as stop:  # argparse, after it has said what is wrong
        return stop.code if isinstance(stop.code, int) else 1
    except BrokenPipeError:
        # The reader left (`| head`). Python would complain again when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, JobCancelled):
        return _fail("Interrupted.")
    except UsageError as error:
        return _fail(str(error), code=2)
    except DeepStudioError as error:
        return _fail(str(error))
    except Exception as error:
        failure = failure_from(error)
        _log.error("%s\n%s", " ".join(words), failure.details)
        return _fail(failure.text())


def _dispatch(words: list[str]) -> int:
    from deepstudio.app.logs import start_log

    start_log(logging.WARNING)
    if _opens_window(words):
        return _open_window(words)
    if words[0] in command_names():
        command = load_command(words[0])
        parser = _Parser(prog=f"{_PROGRAM} {command.NAME}", description=command.HELP, allow_abbrev=False)
        command.add_arguments(parser)
        return command.run(parser.parse_args(words[1:]))
    _general_parser(words).parse_args(words)
    return _unknown(words[0])


def _opens_window(words: list[str]) -> bool:
    if not words or words[0] == "--self-check":
        return True
    return words[0] not in command_names() and not words[0].startswith("-") and Path(words[0]).exists()


def _open_window(words: list[str]) -> int:
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in displays):
        return _fail("There is no display here. See the window's pictures with: deepstudio tour --out DIR")
    from deepstudio.app.main import main as open_window

    return open_window(words)


def _general_parser(words: list[str]) -> argparse.ArgumentParser:
    wants_help = not {"-h", "--help"}.isdisjoint(words)
    lines = [f"  {name:<12} {load_command(name).HELP}" for name in command_names()] if wants_help else []
    parser = _Parser(
        prog=_PROGRAM,
        description="Train, watch and use neural networks. Without a command the window opens.",
        epilog="commands:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage=f"{_PROGRAM} [COMMAND] [OPTION ...]   |   {_PROGRAM} [FILE ...]",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{_PROGRAM} {deepstudio.__version__}")
    parser.add_argument("--self-check", action="store_true", help="open the window, try each workspace, and quit")
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    return parser


def _unknown(word: str) -> int:
    near = difflib.get_close_matches(word, command_names(), n=3, cutoff=0.5)
    help_text = f"Did you mean: {', '.join(near)}?" if near else f"The commands are: {', '.join(command_names())}."
    return _fail(f"There is no command or file '{word}'. {help_text}", code=2)


def _fail(sentence: str, *, code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return code


def _make_output_safe() -> None:
    """A terminal that cannot show a character must not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
