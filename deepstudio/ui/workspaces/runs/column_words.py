"""What the columns of the table are called and say of a run, in words. No widgets. GUI thread (it translates)."""

from __future__ import annotations

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.run_rows import Status
from deepstudio.ui.text import file_size
from deepstudio.ui.workspaces.runs.items import Group, RunItem, value_of
from deepstudio.ui.workspaces.runs.words import duration, kind_word, moment, number, setting, status_word, word

_SAY_LITTLE = ("name", "kind", "value")
"""Last parts of settings that say less than the part before."""
TEXTS = ("name", "status", "started", "tags", "notes", "kind", "host")

TITLES = {
    "name": QT_TRANSLATE_NOOP("runs", "Name"),
    "status": QT_TRANSLATE_NOOP("runs", "State"),
    "started": QT_TRANSLATE_NOOP("runs", "Started"),
    "duration": QT_TRANSLATE_NOOP("runs", "Duration"),
    "loss": QT_TRANSLATE_NOOP("runs", "Loss"),
    "best_loss": QT_TRANSLATE_NOOP("runs", "Best loss"),
    "accuracy": QT_TRANSLATE_NOOP("runs", "Accuracy"),
    "best_accuracy": QT_TRANSLATE_NOOP("runs", "Best accuracy"),
    "tags": QT_TRANSLATE_NOOP("runs", "Tags"),
    "notes": QT_TRANSLATE_NOOP("runs", "Notes"),
    "kind": QT_TRANSLATE_NOOP("runs", "Source"),
    "host": QT_TRANSLATE_NOOP("runs", "Machine"),
    "size": QT_TRANSLATE_NOOP("runs", "On disk"),
}
_LAST = QT_TRANSLATE_NOOP("runs", "{metric}, last")
_BEST = QT_TRANSLATE_NOOP("runs", "{metric}, best")


def column_title(key: str) -> str:
    """Return the heading of a column."""
    kind, colon, name = key.partition(":")
    if not colon:
        return word(TITLES[key])
    if kind == "set":
        parts = name.split(".")
        return parts[-2] if len(parts) > 1 and parts[-1] in _SAY_LITTLE else parts[-1]
    return word(_BEST if kind == "best" else _LAST).format(metric=name)


def cell_text(item: RunItem, key: str) -> str:
    """Return what a column says of a run, as words and numbers."""
    value = value_of(item, key)
    if value is None:
        return ""
    match key:
        case "status":
            return status_word(item.run.status)
        case "started":
            return moment(value)
        case "duration":
            return duration(value)
        case "kind":
            return kind_word(item.run.kind)
        case "size":
            return file_size(value)
    return (
        setting(value) if isinstance(value, (bool, list)) else number(value) if isinstance(value, float) else str(value)
    )


def group_title(group: Group) -> str:
    """Return the words of a group's title row."""
    value = setting(group.value) if not isinstance(group.value, str) else group.value
    if group.path == "status":
        value = status_word(Status(group.value))
    elif group.path == "kind":
        value = kind_word(str(group.value))
    title = group.path.partition(":")[2] or column_title(group.path)
    return f"{title}: {value or '–'}  ({group.count})"


def cell_tip(item: RunItem, key: str) -> str:
    """Return more than the cell has room for."""
    if key == "name":
        return "\n".join(part for part in (item.run.name, item.run.folder) if part)
    return item.run.notes if key == "notes" else cell_text(item, key)


def spoken(item: RunItem) -> str:
    """Return a run for a screen reader."""
    run = item.run
    flags = [
        word(text)
        for held, text in (
            (run.star, QT_TRANSLATE_NOOP("runs", "starred")),
            (run.pinned, QT_TRANSLATE_NOOP("runs", "pinned")),
            (run.hidden, QT_TRANSLATE_NOOP("runs", "hidden")),
        )
        if held
    ]
    return ", ".join([run.name, status_word(run.status), *flags])
