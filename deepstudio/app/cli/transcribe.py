"""`deepstudio transcribe`: what is said in sound files, as text, subtitles or JSON."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from deepstudio.app.cli.output import Printer, add_json_option
from deepstudio.audio.endings import SUFFIXES
from deepstudio.audio.sound_files import SoundReader
from deepstudio.audio.transcripts import FORMATS, Transcript, as_json
from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.files import write_text_atomic
from deepstudio.core.speech_messages import Final, Partial, SpeechEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from deepstudio.infer.hearing import Hearing

NAME = "transcribe"
HELP = "Write down what is said in sound files: text, SubRip, WebVTT or JSON; --live at the pace of speech."

_BLOCK_SECONDS = 1.0
_LIVE_SECONDS = 0.04


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="sound files of any kind and length, or folders of them"
    )
    parser.add_argument("--format", choices=sorted(FORMATS), default="txt", help="what to write (default txt)")
    parser.add_argument("--live", action="store_true", help="feed the file at the pace of speech, words as they come")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write FILE.format there instead of to the terminal")
    parser.add_argument(
        "--model", default="english", help="the speech model (default english); commands hears single words"
    )
    parser.add_argument(
        "--language-model",
        default="english-lm",
        help="its language model (default english-lm); digits writes down digits",
    )
    parser.add_argument("--engine", type=Path, metavar="FOLDER", help="a streaming model of sherpa-onnx instead")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Transcribe; 1 if any file or folder could not be read."""
    printer = Printer(json=arguments.json)
    files, failed = _files(arguments, printer)
    if not files:
        return 1
    recognizer = _open(arguments)
    targets = _targets(arguments, files) if arguments.out is not None else [None] * len(files)
    for path, target in zip(files, targets, strict=True):
        if len(files) > 1 and target is None and arguments.format == "txt":
            printer.line(f"{path}:")
        try:
            _transcribe(path, target, recognizer, arguments, printer)
        except DeepStudioError as error:
            failed = True
            _report_error(printer, path, error)
    return 1 if failed else 0


def _files(arguments: argparse.Namespace, printer: Printer) -> tuple[list[Path], bool]:
    """Return the files that are named, those below each folder by their endings, and whether a folder gave none."""
    from deepstudio.data.sources import files_below

    files: list[Path] = []
    failed = False
    for path in arguments.files:
        if not path.is_dir():
            files.append(path)
            continue
        try:
            found = files_below(path, lambda file: file.suffix.lower() in SUFFIXES)
            if not found:
                raise InputError(QT_TRANSLATE_NOOP("errors", "The folder {path} holds no sound files."), path=str(path))
            files += found
        except DeepStudioError as error:
            failed = True
            _report_error(printer, path, error)
    return files, failed


def _report_error(printer: Printer, path: Path, error: DeepStudioError) -> None:
    printer.record({"file": str(path), "error": str(error)})
    printer.problem(str(error))


def _open(arguments: argparse.Namespace) -> Hearing:
    if arguments.engine is not None:
        from deepstudio.infer.sherpa import open_sherpa

        return open_sherpa(arguments.engine)
    from deepstudio.core.torch_threads import stay_alone
    from deepstudio.infer.hearing import open_hearing

    stay_alone()  # blocks are far too small to share
    return open_hearing(arguments.model, arguments.language_model)


def _targets(arguments: argparse.Namespace, files: list[Path]) -> list[Path]:
    """Return a file for each file: talk.txt, or talk.mp3.txt where another one is called talk, too."""
    stems = Counter(path.stem for path in files)
    taken: Counter[str] = Counter()
    targets = []
    for path in files:
        name = path.stem if stems[path.stem] == 1 else path.name
        taken[name] += 1
        number = f"-{taken[name]}" if taken[name] > 1 else ""
        targets.append(arguments.out / f"{name}{number}.{arguments.format}")
    return targets


def _transcribe(
    path: Path, target: Path | None, recognizer: Hearing, arguments: argparse.Namespace, printer: Printer
) -> None:
    """Write down one file. Raises InputError, also where it breaks off, after what came before was written down."""
    transcript = Transcript()
    streaming = arguments.json or arguments.live
    lines = arguments.live and arguments.format == "txt"
    with SoundReader(path, sample_rate=recognizer.sample_rate) as reader:
        for event, arrived in _events(reader, recognizer, live=arguments.live):
            transcript.add(event)
            if streaming:
                _say(printer, path, event, arrived, lines=lines)
            printer.progress(f"{path.name} {recognizer.position:.0f}/{reader.duration:.0f} s")
        duration = reader.duration
    printer.end_progress()
    about = {
        "file": str(path),
        "seconds": round(duration, 3),
        "model": arguments.model if arguments.engine is None else arguments.engine.name,
        "real_time_factor": round(recognizer.compute_seconds / recognizer.position, 4) if recognizer.position else 0.0,
    }
    segments = transcript.segments
    text = as_json(segments, **about) + "\n" if arguments.format == "json" else FORMATS[arguments.format](segments)
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_text_atomic(target, text)
        printer.line(str(target))
    elif not lines:
        printer.line(text.rstrip("\n"))
    printer.record({"type": "summary", **about, "text": " ".join(segment.text for segment in segments)})
    if reader.trouble is not None:
        raise reader.trouble


def _events(reader: SoundReader, recognizer: Hearing, *, live: bool) -> Iterator[tuple[SpeechEvent, float | None]]:
    """Yield events, and with `live` the seconds on the sound's own clock at which each came."""
    recognizer.reset()
    started = time.perf_counter()
    for block in reader.blocks(_LIVE_SECONDS if live else _BLOCK_SECONDS):
        if live:
            due = recognizer.position + len(block) / recognizer.sample_rate
            time.sleep(max(0.0, due - (time.perf_counter() - started)))
        for event in recognizer.feed(block):
            yield event, time.perf_counter() - started if live else None
    for event in recognizer.finish():
        yield event, time.perf_counter() - started if live else None


def _say(printer: Printer, path: Path, event: SpeechEvent, arrived: float | None, *, lines: bool) -> None:
    """Print an event as JSON or, with `lines`, as a line; without, what a program is to read comes at the end."""
    kind = "partial" if isinstance(event, Partial) else "final" if isinstance(event, Final) else "revised"
    printer.record(
        {
            "type": kind,
            "file": str(path),
            "segment": event.segment,
            "text": event.text,
            "start": event.start,
            "end": event.end,
            "latency_ms": round(1000 * (arrived - event.end), 1) if arrived is not None and event.words else None,
            "words": event.words,
        }
    )
    if kind == "partial" or not lines:
        printer.progress(event.text[-100:], now=True)
    else:
        printer.line(
            f"[{event.start:7.2f} - {event.end:7.2f}] {event.text}" + ("  (revised)" if kind == "revised" else "")
        )
