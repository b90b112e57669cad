"""Writing labelled texts as corrected to a table. Torch-free, in the lane for files."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import JobContext
from deepstudio.train.preflight_text import text_samples
from deepstudio.train.text.recipe import TextRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTexts:
    """Write the texts that `recipe` reads at `data`, as corrected, as a table (text, label, split) at `target`."""

    recipe: TextRecipe
    data: Path
    target: Path


def export_texts(request: ExportTexts, context: JobContext) -> int:
    """Write the table and return its number of rows. Raises InputError for missing files, OSError as the disk does."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["text", "label", "split"])
    rows = 0
    for sample in text_samples(request.recipe, request.data, context):
        if sample.label:
            writer.writerow([sample.text, sample.label, sample.split])
            rows += 1
    write_text_atomic(request.target, out.getvalue())
    return rows
