"""Which samples there are, what they show, and which model is asked about them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from deepstudio.app.samples.chest import chest
from deepstudio.app.samples.digits import DIGITS
from deepstudio.app.samples.objects import OBJECTS
from deepstudio.app.samples.signs import SIGNS
from deepstudio.core.files import write_bytes_atomic, write_text_atomic
from deepstudio.core.words import QT_TRANSLATE_NOOP

INDEX = "samples.json"
_QUALITY = 88


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleInfo:
    """One entry of the index. `title` is a marked word (context "samples"); `label` is the right answer of `model`."""

    file: str
    title: str
    model: str
    label: str


_DRAWN: dict[str, tuple[str, str, str]] = {
    "airplane": (QT_TRANSLATE_NOOP("samples", "Airplane"), "objects", "airplane"),
    "digit-3": (QT_TRANSLATE_NOOP("samples", "A three"), "digits", "3"),
    "sign-stop": (QT_TRANSLATE_NOOP("samples", "Stop sign"), "signs", "stop"),
    "chest": (QT_TRANSLATE_NOOP("samples", "Drawn chest"), "chest-xray", "normal"),
    "ship": (QT_TRANSLATE_NOOP("samples", "Ship"), "objects", "ship"),
    "digit-7": (QT_TRANSLATE_NOOP("samples", "A seven"), "digits", "7"),
    "sign-limit-30": (QT_TRANSLATE_NOOP("samples", "Speed limit 30"), "signs", "speed limit 30"),
    "automobile": (QT_TRANSLATE_NOOP("samples", "Car"), "objects", "automobile"),
    "digit-5": (QT_TRANSLATE_NOOP("samples", "A five"), "digits", "5"),
    "sign-yield": (QT_TRANSLATE_NOOP("samples", "Give way"), "signs", "give way"),
    "truck": (QT_TRANSLATE_NOOP("samples", "Truck"), "objects", "truck"),
    "digit-2": (QT_TRANSLATE_NOOP("samples", "A two"), "digits", "2"),
    "sign-priority": (QT_TRANSLATE_NOOP("samples", "Priority road"), "signs", "priority road"),
    "horse": (QT_TRANSLATE_NOOP("samples", "Horse"), "objects", "horse"),
    "sign-limit-50": (QT_TRANSLATE_NOOP("samples", "Speed limit 50"), "signs", "speed limit 50"),
    "frog": (QT_TRANSLATE_NOOP("samples", "Frog"), "objects", "frog"),
    "sign-no-entry": (QT_TRANSLATE_NOOP("samples", "No entry"), "signs", "no entry"),
    "digit-8": (QT_TRANSLATE_NOOP("samples", "An eight"), "digits", "8"),
    "cat": (QT_TRANSLATE_NOOP("samples", "Cat"), "objects", "cat"),
    "sign-caution": (QT_TRANSLATE_NOOP("samples", "Danger"), "signs", "danger"),
    "sign-keep-right": (QT_TRANSLATE_NOOP("samples", "Keep right"), "signs", "keep right"),
}
_DRAWERS: dict[str, Callable[[], Image.Image]] = {**OBJECTS, **DIGITS, **SIGNS, "chest": chest}


def samples() -> list[SampleInfo]:
    """Return the entries in the order in which they are shown."""
    return [
        SampleInfo(file=f"{name}.jpg", title=title, model=model, label=label)
        for name, (title, model, label) in _DRAWN.items()
    ]


def draw(name: str) -> Image.Image:
    """Return the sample `name` (its file name without suffix), the same pixels every time."""
    return _DRAWERS[name]()


def write_samples(folder: Path) -> None:
    """Draw every sample into `folder` and write the index beside them. Raises OSError as the disk does."""
    entries = samples()
    for entry in entries:
        stream = io.BytesIO()
        draw(Path(entry.file).stem).save(stream, "JPEG", quality=_QUALITY, optimize=True)
        write_bytes_atomic(folder / entry.file, stream.getvalue())
    write_text_atomic(folder / INDEX, json.dumps([asdict(entry) for entry in entries], indent=1) + "\n")
