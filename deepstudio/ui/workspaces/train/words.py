"""Names of settings, choices, groups, tasks and networks for people: marked here, translated where they are shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.workspaces.train.setting_words import CHOICES, GROUPS, SOUND_GROUPS, TITLES
from deepstudio.ui.workspaces.train.task_words import NETWORKS, TASKS

SPLITS = {
    "train": QT_TRANSLATE_NOOP("TrainWords", "Training"),
    "validation": QT_TRANSLATE_NOOP("TrainWords", "Validation"),
    "test": QT_TRANSLATE_NOOP("TrainWords", "Test"),
}
_ZOO = QT_TRANSLATE_NOOP(
    "networks", "A published network for large photographs, here with fresh weights; slow without a graphics card."
)


def setting_title(name: str) -> str:
    """Return the name of a setting in the user's language."""
    known = TITLES.get(name)
    return translate_sentence(known, "settings") if known else name.replace("_", " ").capitalize()


def group_title(group: str, *, sound: bool = False) -> str:
    """Return the name of a group of settings in the user's language; `sound` for recipes on recordings."""
    known = SOUND_GROUPS.get(group, GROUPS.get(group)) if sound else GROUPS.get(group)
    return translate_sentence(known, "settings") if known else group.replace("_", " ").replace(".", " ").capitalize()


def choice_words(value: object) -> str:
    """Return the words for one choice of a setting."""
    known = CHOICES.get(value) if isinstance(value, str) else None
    return translate_sentence(known, "settings") if known else str(value)


def task_title(task: str) -> str:
    """Return what a task does, in a few words."""
    known = TASKS.get(task)
    return QCoreApplication.translate("tasks", known[0]) if known else task.replace("-", " ").capitalize()


def task_sentence(task: str) -> str:
    """Return one sentence on a task."""
    known = TASKS.get(task)
    return QCoreApplication.translate("tasks", known[1]) if known else ""


def network_title(name: str, title: str) -> str:
    """Return the name of a network for people; `title` is what the registry calls it."""
    known = NETWORKS.get(name)
    return QCoreApplication.translate("networks", known[0]) if known else title.replace(" (torchvision)", "")


def network_sentence(name: str, title: str) -> str:
    """Return one sentence on a network."""
    known = NETWORKS.get(name)
    if known is not None:
        return QCoreApplication.translate("networks", known[1])
    return QCoreApplication.translate("networks", _ZOO) if name.startswith("torchvision/") else f"{title}."


def marked(found: Any) -> str:
    """Return the sentence of a finding or a fix in the user's language, its values filled in."""
    values = {name: _value_words(value) for name, value in found.values.items()}
    return translate_sentence(found.sentence, "checks").format(**values)


def _value_words(value: object) -> object:
    if isinstance(value, Phrase):
        return translate_sentence(value.text, "checks").format(**value.values)
    return value


def split_title(split: str) -> str:
    """Return the name of a split."""
    known = SPLITS.get(split)
    return QCoreApplication.translate("TrainWords", known) if known else split


def duration(seconds: float) -> str:
    """Return a time for people: "42 s", "3 min 20 s", "2 h 5 min"."""
    whole = max(0, round(seconds))
    hours, minutes, left = whole // 3600, whole // 60 % 60, whole % 60
    translate = QCoreApplication.translate
    if hours:
        return translate("TrainWords", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes:
        return translate("TrainWords", "{minutes} min {seconds} s").format(minutes=minutes, seconds=left)
    return translate("TrainWords", "{seconds} s").format(seconds=left)


def number(value: float) -> str:
    """Return a figure with as many digits as say something."""
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def whole(count: int) -> str:
    """Return a count with its thousands apart."""
    return f"{count:,}"
