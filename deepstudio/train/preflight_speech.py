"""Pre-flight checks of a recipe on recordings. Torch-free, in the lane for files."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks import CheckReport, ClassCount, Finding, Severity
from deepstudio.data.checks.memory import in_words
from deepstudio.data.checks.run import worst_first
from deepstudio.data.checks.sounds import SoundSample, check_sounds, take_sound_prints
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import SpeechSets, read_sets, sample_name

_LONGEST_SENTENCE = 25.0
_MOST = 20_000
_MUCH = 0.5
_VALUE_BYTES = 2


def check_speech_data(recipe: SpeechRecipe, data: Path, context: JobContext, only: tuple[str, ...] = ()) -> CheckReport:
    """Return all findings, worst first; each is also sent as it is found. Raises InputError for missing files."""
    started = time.perf_counter()
    context.status(QT_TRANSLATE_NOOP("status", "Listing the files"))
    sets = read_sets(recipe.data, data)
    samples = sound_samples(sets, data)
    context.status(QT_TRANSLATE_NOOP("status", "Listening to every recording"))
    # Of a set that is large beyond what a user waits for, an even part.
    looked = samples[:: -(-len(samples) // _MOST)] if samples else samples
    prints = take_sound_prints(looked, check=context.check, progress=context.progress)
    words = recipe.task == "keyword-spotting"
    longest = 2 * recipe.window_seconds if words else _LONGEST_SENTENCE
    findings: list[Finding] = []
    for finding in (*check_sounds(looked, prints, words=words, longest=longest), *_data_memory(recipe, sets)):
        context.check()
        if not only or finding.check in only:
            findings.append(finding)
            context.partial(finding)
    return CheckReport(
        findings=worst_first(findings),
        classes=_counts(samples) if words else (),
        samples=len(samples),
        excluded=0,
        seconds=time.perf_counter() - started,
    )


def frame_bytes(recipe: SpeechRecipe, sets: SpeechSets) -> int:
    """Return the bytes of the frames of all utterances in all variants, as they lie in memory while a run goes on."""
    speeds = len(recipe.augment.speeds) if recipe.task == "speech-recognition" else 1
    rooms = 2 if recipe.data.noise and recipe.augment.reverberation else 1
    learnt, held = (sum(one.seconds for one in part) for part in (sets.train, sets.validation))
    frames = (learnt * speeds * rooms + held) * recipe.speech.sample_rate / recipe.speech.hop_samples
    return round(frames * recipe.speech.num_mels * _VALUE_BYTES)


def _data_memory(recipe: SpeechRecipe, sets: SpeechSets) -> Iterator[Finding]:
    needed, free = frame_bytes(recipe, sets), psutil.virtual_memory().available
    if needed > _MUCH * free:
        yield Finding(
            check="data-memory",
            severity=Severity.BLOCKS if needed > free else Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "The recordings need {needed} of memory while they are learnt from; {free} are free."
            ),
            values={"needed": in_words(needed), "free": in_words(free)},
        )


def sound_samples(sets: SpeechSets, data: Path) -> list[SoundSample]:
    """Return every recording of the sets by the names that corrections at `data` know."""
    root = data.parent if data.is_file() else data
    parts = (("train", sets.train), ("validation", sets.validation), ("test", sets.test))
    return [
        SoundSample(name=sample_name(one, root), path=one.path, text=one.text, split=split, speaker=one.speaker)
        for split, utterances in parts
        for one in utterances
    ]


def _counts(samples: Sequence[SoundSample]) -> tuple[ClassCount, ...]:
    counts: dict[str, dict[str, int]] = {}
    for sample in samples:
        by_split = counts.setdefault(sample.text.strip().casefold(), {})
        by_split[sample.split] = by_split.get(sample.split, 0) + 1
    return tuple(ClassCount(label=label, counts=counts[label]) for label in sorted(counts) if label)
