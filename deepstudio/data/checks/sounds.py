"""Checks of recordings and what is said in them. Torch-free, any thread; every file is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.text_labels import check_labels
from deepstudio.data.checks.texts import leave_out
from deepstudio.data.sample_files import mark_of

_SHORTEST = 0.1
_SILENT = 1e-4
_READ_WHOLE_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSample:
    """One recording of a set, and what is said in it."""

    name: str
    path: Path
    text: str
    split: str
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPrint:
    """What is known of a file: 0 seconds where it cannot be read."""

    seconds: float = 0.0
    rate: int = 0
    channels: int = 0
    peak: float = 1.0
    mark: str = ""


def take_sound_prints(
    samples: Sequence[SoundSample],
    *,
    check: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[SoundPrint]:
    """Return a print of every file, decoded where it is short. `check` may raise to end."""
    found = []
    known: dict[Path, SoundPrint] = {}
    for number, sample in enumerate(samples):
        check()
        if number % 16 == 0:
            progress(number, len(samples))
        if sample.path not in known:
            known[sample.path] = _print_of(sample.path)
        found.append(known[sample.path])
    return found


def _print_of(path: Path) -> SoundPrint:
    import soundfile

    try:
        with soundfile.SoundFile(str(path)) as file:
            seconds = file.frames / file.samplerate
            peak = 1.0
            if seconds <= _READ_WHOLE_SECONDS:
                samples = file.read(dtype="float32", always_2d=True)
                peak = float(np.abs(samples).max()) if samples.size else 0.0
                seconds = len(samples) / file.samplerate
            return SoundPrint(
                seconds=seconds,
                rate=file.samplerate,
                channels=file.channels,
                peak=peak,
                mark=mark_of(path.read_bytes()),
            )
    except (soundfile.LibsndfileError, OSError, RuntimeError):
        return SoundPrint()


def check_sounds(
    samples: Sequence[SoundSample], prints: Sequence[SoundPrint], *, words: bool, longest: float
) -> Iterator[Finding]:
    """Yield what is odd about recordings; `words` where each is one of a few words.

    `longest` is the number of seconds that the network looks at.
    """
    yield from _unreadable(samples, prints)
    yield from _empty(samples)
    readable = [(s, p) for s, p in zip(samples, prints, strict=True) if p.seconds]
    if words:
        yield from check_labels([(s.name, s.text.strip().casefold(), s.split) for s, _p in readable], balanced=True)
    yield from _copies(readable)
    yield from _speakers([s for s, _p in readable])
    yield from _lengths(readable, longest)
    yield from _silent(readable)
    yield from _rates(readable)


def _unreadable(samples: Sequence[SoundSample], prints: Sequence[SoundPrint]) -> Iterator[Finding]:
    items = tuple(dict.fromkeys(s.name for s, p in zip(samples, prints, strict=True) if not p.seconds))
    if items:
        yield Finding(
            check="sound-files",
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP("checks", "Recordings that cannot be read or are empty: {count}."),
            values={"count": len(items)},
            items=items,
            fixes=leave_out(items) if len(items) < len(samples) else (),
        )


def _empty(samples: Sequence[SoundSample]) -> Iterator[Finding]:
    items = tuple(s.name for s in samples if not s.text.strip())
    if items:
        yield Finding(
            check="sound-words",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Of {count} recordings it is not known what is said."),
            values={"count": len(items)},
            items=items,
            fixes=leave_out(items),
        )


def _copies(readable: Sequence[tuple[SoundSample, SoundPrint]]) -> Iterator[Finding]:
    by_mark: dict[str, dict[str, SoundSample]] = {}
    for sample, found in readable:
        by_mark.setdefault(found.mark, {})[sample.name] = sample
    groups = [list(group.values()) for group in by_mark.values() if len(group) > 1]
    crossing = [group for group in groups if len({s.split for s in group}) > 1]
    inside = [group for group in groups if len({s.split for s in group}) == 1]
    if crossing:
        train = [s.name for group in crossing for s in group if s.split == "train"]
        yield Finding(
            check="sound-duplicates",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP(
                "checks",
                "Recordings that occur in more than one split: {count}. Figures measured on them say too much.",
            ),
            values={"count": len(crossing)},
            groups=tuple(tuple(s.name for s in group) for group in crossing),
            fixes=leave_out(train, QT_TRANSLATE_NOOP("checks", "Leave them out of training")),
        )
    if inside:
        rest = [s.name for group in inside for s in group[1:]]
        yield Finding(
            check="sound-duplicates",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Recordings that occur again within a split: {count}."),
            values={"count": len(inside)},
            groups=tuple(tuple(s.name for s in group) for group in inside),
            fixes=leave_out(rest, QT_TRANSLATE_NOOP("checks", "Keep one of each")),
        )


def _speakers(samples: Sequence[SoundSample]) -> Iterator[Finding]:
    """Yield speakers that stand in more than one split, and sets that name none."""
    by_split: dict[str, set[str]] = {}
    for sample in samples:
        by_split.setdefault(sample.split, set()).add(sample.speaker)
    held = (by_split.get("validation", set()) | by_split.get("test", set())) - {""}
    leaking = sorted((by_split.get("train", set()) - {""}) & held)
    if leaking:
        items = tuple(s.name for s in samples if s.split == "train" and s.speaker in set(leaking))
        every = len(items) == sum(s.split == "train" for s in samples)
        yield Finding(
            check="sound-speakers",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP(
                "checks",
                "Speakers who are heard in training and in what is measured: {count}. Figures then say too much.",
            ),
            values={"count": len(leaking)},
            items=items,
            fixes=() if every else leave_out(items, QT_TRANSLATE_NOOP("checks", "Leave them out of training")),
        )
    if samples and not any(sample.speaker for sample in samples):
        yield Finding(
            check="sound-speakers",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "It is not known who speaks, so the same voice may be heard in training and validation."
            ),
        )


def _lengths(readable: Sequence[tuple[SoundSample, SoundPrint]], longest: float) -> Iterator[Finding]:
    short = tuple(s.name for s, p in readable if p.seconds < _SHORTEST)
    if short:
        yield Finding(
            check="sound-lengths",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Recordings shorter than a tenth of a second: {count}."),
            values={"count": len(short)},
            items=short,
            fixes=leave_out(short),
        )
    long = sorted(((p.seconds, s.name) for s, p in readable if p.seconds > longest), reverse=True)
    if long:
        items = tuple(name for _seconds, name in long)
        yield Finding(
            check="sound-lengths",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "Recordings longer than {longest} s: {count}, the longest {most} s."),
            values={"count": len(items), "longest": f"{longest:g}", "most": f"{long[0][0]:.1f}"},
            items=items,
            fixes=leave_out(items),
        )


def _silent(readable: Sequence[tuple[SoundSample, SoundPrint]]) -> Iterator[Finding]:
    silent = tuple(s.name for s, p in readable if p.peak < _SILENT)
    if silent:
        yield Finding(
            check="sound-silence",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Recordings in which nothing can be heard: {count}."),
            values={"count": len(silent)},
            items=silent,
            fixes=leave_out(silent),
        )


def _rates(readable: Sequence[tuple[SoundSample, SoundPrint]]) -> Iterator[Finding]:
    """Yield rates that differ: a network may learn the microphone instead of the word."""
    rates = Counter(p.rate for _s, p in readable)
    if len(rates) > 1:
        usual = rates.most_common(1)[0][0]
        others = tuple(s.name for s, p in readable if p.rate != usual)
        listed = ", ".join(f"{rate / 1000:g} kHz ({count})" for rate, count in rates.most_common(4))
        low = min(rates)
        fix = Fix(
            kind=FixKind.RECIPE,
            sentence=QT_TRANSLATE_NOOP("checks", "Look only at what all of them hold"),
            settings={"speech.high_hz": float(min(7600, round(0.475 * low)))},
        )
        yield Finding(
            check="sound-rates",
            severity=Severity.WARNS if len(others) > 0.02 * len(readable) else Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "The recordings have different sample rates: {rates}."),
            values={"rates": listed},
            items=others,
            fixes=(*leave_out(others), *((fix,) if low < 16_000 else ())),
        )
