"""Pre-flight checks of a recipe on recordings. Torch-free, in the lane for files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks import CheckReport, ClassCount, Finding
from deepstudio.data.checks.run import worst_first
from deepstudio.data.checks.sounds import SoundSample, check_sounds, take_sound_prints
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import read_sets, sample_name

_LONGEST_SENTENCE = 25.0
_MOST = 20_000


def check_speech_data(recipe: SpeechRecipe, data: Path, context: JobContext, only: tuple[str, ...] = ()) -> CheckReport:
    """Return all findings, worst first; each is also sent as it is found. Raises InputError for missing files."""
    started = time.perf_counter()
    samples = sound_samples(recipe, data, context)
    context.status(QT_TRANSLATE_NOOP("status", "Listening to every recording"))
    # Of a set that is large beyond what a user waits for, an even part.
    looked = samples[:: -(-len(samples) // _MOST)] if samples else samples
    prints = take_sound_prints(looked, check=context.check, progress=context.progress)
    words = recipe.task == "keyword-spotting"
    longest = 2 * recipe.window_seconds if words else _LONGEST_SENTENCE
    findings: list[Finding] = []
    for finding in check_sounds(looked, prints, words=words, longest=longest):
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


def sound_samples(recipe: SpeechRecipe, data: Path, context: JobContext) -> list[SoundSample]:
    """Return every recording that the recipe uses, as corrected, by the names that corrections at `data` know."""
    context.status(QT_TRANSLATE_NOOP("status", "Listing the files"))
    sets = read_sets(recipe.data, data)
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
