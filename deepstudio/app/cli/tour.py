"""`deepstudio tour --out DIR`: drives the real window through the main job on real input; pictures and tour.json."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import deepstudio
from deepstudio.app.cli.output import Printer, add_json_option
from deepstudio.core.errors import DeepStudioError
from deepstudio.core.words import QT_TRANSLATE_NOOP

NAME = "tour"
HELP = "Drive the real window through the main job and leave pictures of it and tour.json."

_VARIANTS = (("full", "1"), ("sharp", "2"))
_SHORT = (("short", "1"),)
_TIMEOUT_S = 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_json_option(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures and tour.json")
    parser.add_argument("--home", type=Path, help="folder of settings and models to use (default: a fresh one)")
    parser.add_argument("--data", type=Path, help="folder with recordings of speech (tables of path and text) to play")
    parser.add_argument("--only", choices=("speech", "train"), help="one part alone")
    parser.add_argument("--short", action="store_true", help="the main job alone, in one look")


def run(arguments: argparse.Namespace) -> int:
    """Play every variant in a process of its own; 1 if a step of any failed."""
    printer = Printer(json=arguments.json)
    out: Path = arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    reports: list[dict[str, Any]] = []
    first = 1
    if arguments.data is not None:
        os.environ["DEEPSTUDIO_TOUR_DATA"] = str(arguments.data.resolve())
    for variant, scale in _variants(arguments):
        report = _play(out, first, variant, scale, arguments.home, printer)
        first += len(report["pictures"])
        reports.append(report)
        for step in report["steps"]:
            printer.record({"variant": variant, **step})
            if not step["ok"]:
                printer.problem(f"{step['step']}: {step['error']}")
    whole = _merge(reports, time.monotonic() - began)
    (out / "tour.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    printer.line(f"{len(whole['pictures'])} pictures and tour.json are in {out} ({whole['seconds']} s).")
    return 0 if whole["ok"] else 1


def _variants(arguments: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    if arguments.only:
        return ((arguments.only, "1"),)
    return _SHORT if arguments.short else _VARIANTS


def _play(out: Path, first: int, variant: str, scale: str, home: Path | None, printer: Printer) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as fresh:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "DEEPSTUDIO_HOME": str(home.resolve()) if home else fresh,
        }
        command = [sys.executable, "-m", "deepstudio.app.tour._variant", str(out), str(first), variant]
        code, last_words = _watch(command, environment, printer, variant)
    report = out / f"report-{variant}.json"
    reason = (last_words.strip().splitlines() or [f"exit code {code}"])[-1].rstrip(".")
    broke_off = DeepStudioError(QT_TRANSLATE_NOOP("errors", "The tour broke off: {reason}."), reason=reason)
    if not report.is_file():
        raise broke_off
    loaded: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    report.unlink()
    loaded["exit_code"] = code
    if not loaded.pop("whole"):
        loaded["steps"].append({"step": "tour", "ok": False, "error": str(broke_off), "seconds": 0.0})
    return loaded


def _watch(command: list[str], environment: dict[str, str], printer: Printer, variant: str) -> tuple[int, str]:
    """Run one process to its end, or to the end of patience; show its steps; return exit code and what it complained.

    What it complains goes to a file: a pipe that nobody reads would stop it when it is full.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as process:
            patience = threading.Timer(_TIMEOUT_S, process.kill)
            patience.start()
            try:
                assert process.stdout is not None
                for number, step in enumerate(process.stdout, start=1):
                    printer.progress(f"{variant}: {number} {step.strip()}", now=True)
            except BaseException:
                process.kill()
                raise
            finally:
                patience.cancel()
                printer.end_progress()
        complaints.seek(0)
        return process.returncode, complaints.read()


def _merge(reports: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """Return tour.json: the facts of the first process, and everything that all of them did."""
    facts = {key: value for key, value in reports[0].items() if key not in ("steps", "answers", "pictures")}
    merged: dict[str, Any] = {"deepstudio": deepstudio.__version__, **facts, "seconds": round(seconds, 1)}
    for key in ("steps", "answers", "pictures"):
        merged[key] = [item for report in reports for item in report[key]]
    merged["ok"] = all(step["ok"] for step in merged["steps"]) and all(r["exit_code"] == 0 for r in reports)
    return merged
