"""Writing recordings as corrected to a table. Torch-free, in the lane for files."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import JobContext
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import read_sets


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSounds:
    """Write the recordings that `recipe` reads at `data`, as corrected, as a table at `target`."""

    recipe: SpeechRecipe
    data: Path
    target: Path


def export_sounds(request: ExportSounds, context: JobContext) -> int:
    """Write the table (path from its own folder, text, speaker, start, seconds, split) and return its number of rows.

    Raises InputError for missing files, OSError as the disk does.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["path", "text", "speaker", "start", "seconds", "split"])
    sets = read_sets(request.recipe.data, request.data)
    rows = 0
    for split, part in (("train", sets.train), ("validation", sets.validation), ("test", sets.test)):
        for one in part:
            context.check()
            path = Path(os.path.relpath(one.path, request.target.parent)).as_posix()
            writer.writerow([path, one.text, one.speaker, f"{one.start:g}", f"{one.seconds:g}", split])
            rows += 1
    write_text_atomic(request.target, out.getvalue())
    return rows
