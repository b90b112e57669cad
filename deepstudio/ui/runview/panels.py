"""Which metrics share a panel, and how panels are grouped and ordered. No widgets; any thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from deepstudio.core.words import QT_TRANSLATE_NOOP

_SPLITS = {
    "train": QT_TRANSLATE_NOOP("plots", "training"),
    "training": QT_TRANSLATE_NOOP("plots", "training"),
    "validation": QT_TRANSLATE_NOOP("plots", "validation"),
    "valid": QT_TRANSLATE_NOOP("plots", "validation"),
    "val": QT_TRANSLATE_NOOP("plots", "validation"),
    "eval": QT_TRANSLATE_NOOP("plots", "validation"),
    "dev": QT_TRANSLATE_NOOP("plots", "validation"),
    "test": QT_TRANSLATE_NOOP("plots", "test"),
}
_FIRST = ("loss", "accuracy", "score", "macro_f1", "learning_rate", "gradient_norm", "examples_per_second")
_TITLES = {
    "loss": QT_TRANSLATE_NOOP("plots", "Loss"),
    "accuracy": QT_TRANSLATE_NOOP("plots", "Accuracy"),
    "score": QT_TRANSLATE_NOOP("plots", "Score"),
    "macro_f1": QT_TRANSLATE_NOOP("plots", "F1 (mean of the classes)"),
    "learning_rate": QT_TRANSLATE_NOOP("plots", "Learning rate"),
    "gradient_norm": QT_TRANSLATE_NOOP("plots", "Length of the gradient"),
    "examples_per_second": QT_TRANSLATE_NOOP("plots", "Examples per second"),
    "steps_per_second": QT_TRANSLATE_NOOP("plots", "Steps per second"),
    "perplexity": QT_TRANSLATE_NOOP("plots", "Perplexity"),
    "wer": QT_TRANSLATE_NOOP("plots", "Word error rate"),
    "cer": QT_TRANSLATE_NOOP("plots", "Character error rate"),
    "letter_error_rate": QT_TRANSLATE_NOOP("plots", "Letters wrong, without a lexicon"),
    "sound_error_rate": QT_TRANSLATE_NOOP("plots", "Sounds wrong, without a lexicon"),
    "loss_letters": QT_TRANSLATE_NOOP("plots", "Loss of the letters"),
    "loss_sounds": QT_TRANSLATE_NOOP("plots", "Loss of the sounds"),
    "word_loss": QT_TRANSLATE_NOOP("plots", "Loss of words out of sentences"),
    "outlier_loss": QT_TRANSLATE_NOOP("plots", "Loss of other things"),
    "text_loss": QT_TRANSLATE_NOOP("plots", "Loss from picture to words"),
    "image_loss": QT_TRANSLATE_NOOP("plots", "Loss from words to picture"),
    "system/cpu": QT_TRANSLATE_NOOP("plots", "Processor load (%)"),
    "system/process_cpu": QT_TRANSLATE_NOOP("plots", "Processor load of this program (%)"),
    "system/memory": QT_TRANSLATE_NOOP("plots", "Memory in use (%)"),
    "system/process_memory_bytes": QT_TRANSLATE_NOOP("plots", "Memory of this program (bytes)"),
    "system/cpu_temperature": QT_TRANSLATE_NOOP("plots", "Processor temperature (°C)"),
    "system/gpu": QT_TRANSLATE_NOOP("plots", "GPU load (%)"),
    "system/gpu_memory": QT_TRANSLATE_NOOP("plots", "GPU memory in use (%)"),
    "system/gpu_memory_bytes": QT_TRANSLATE_NOOP("plots", "GPU memory in use (bytes)"),
    "system/gpu_temperature": QT_TRANSLATE_NOOP("plots", "GPU temperature (°C)"),
}
"""Names of metrics that this program logs itself; those of other programs are shown as they are."""
_AXES = ("epoch", "examples")
SYSTEM = "system"
"""The group of what the machine does."""


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A panel: `key` names it, `group` is "" for the main one, `metrics` share it, `width` counts columns (0: all)."""

    key: str
    group: str
    title: str
    metrics: tuple[str, ...]
    width: int = 1


def split_name(metric: str) -> tuple[str, str]:
    """Return what a metric measures and on what: ("loss", "validation") for val_loss, validation/loss, loss/val."""
    for mark in ("/", "_"):
        head, found, rest = metric.partition(mark)
        if found and rest and head.lower() in _SPLITS:
            return rest, _SPLITS[head.lower()]
    head, found, last = metric.rpartition("/")
    if found and last.lower() in _SPLITS:
        return head, _SPLITS[last.lower()]
    return metric, ""


def panel_specs(metrics: Iterable[str]) -> list[PanelSpec]:
    """Return the panels for all metrics: the important first, then by group and name; axes have no panel."""
    return list(_panel_specs(tuple(metrics)))


@lru_cache(maxsize=8)  # each page of a view asks for the same thousands of metrics, more than once
def _panel_specs(metrics: tuple[str, ...]) -> tuple[PanelSpec, ...]:
    sharing: dict[str, list[str]] = {}
    for metric in metrics:
        if metric not in _AXES:
            sharing.setdefault(split_name(metric)[0], []).append(metric)
    specs = []
    for key, members in sharing.items():
        group = key.rpartition("/")[0]
        specs.append(PanelSpec(key, group, _TITLES.get(key, key), tuple(sorted(members, key=_by_split))))
    return tuple(sorted(specs, key=_rank))


def matching(specs: Sequence[PanelSpec], text: str) -> list[PanelSpec]:
    """Return the panels of which a metric contains every word of `text`, or matches it if it is a /regular one/."""
    if len(text) > 2 and text.startswith("/") and text.endswith("/"):
        try:
            expression = re.compile(text[1:-1], re.IGNORECASE)
        except re.error:
            return []
        return [spec for spec in specs if any(map(expression.search, spec.metrics))]
    words = text.lower().split()
    return [spec for spec in specs if any(all(word in name.lower() for word in words) for name in spec.metrics)]


def _by_split(metric: str) -> tuple[int, str]:
    order = ("", "training", "validation", "test")
    return order.index(split_name(metric)[1]), metric


def _rank(spec: PanelSpec) -> tuple[object, ...]:
    place = _FIRST.index(spec.key) if spec.key in _FIRST else len(_FIRST)
    return bool(spec.group), spec.group == SYSTEM, natural(spec.group), place, natural(spec.key)


@lru_cache(maxsize=20_000)
def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that puts layer2 before layer10."""
    parts = re.split(r"(\d+)", name)
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)
