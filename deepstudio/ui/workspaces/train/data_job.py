"""Looks at what was dropped: its task, what is in it, and a recipe that fits. Files lane; no Qt, no torch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.train.propose_text import Reading

PICTURES, TEXTS, SOUNDS, ROWS = "pictures", "texts", "sounds", "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadData:
    """Look at data. `reading` says how a table is meant; `recipe` is what they shall be looked at with, if any."""

    path: Path
    reading: Reading = Reading()
    recipe: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """A class, or a part of data without classes: how many samples it has by split, and some of them.

    `samples` are names of pictures; of texts, the texts themselves.
    """

    name: str
    counts: dict[str, int]
    samples: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return the number of samples of all splits."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """What lies at `path`. `data` is what the engine is given; `splits` counts the samples of each split.

    `unit` names the samples (picture, text, sentence, pair, line, recording); `facts` are further figures by name.
    `columns`, `tasks` and `reading` belong to data that can be read in more than one way.
    """

    path: Path
    data: Path
    task: str
    kind: str
    """folders, idx, csv, texts or sounds."""
    classes: tuple[ClassRow, ...]
    splits: dict[str, int]
    recipe: Any
    unit: str = "picture"
    facts: dict[str, float] | None = None
    set_folder: Path | None = None
    shipped: tuple[str, ...] = ()
    reasons: tuple[Phrase, ...] = ()
    reading: Reading = Reading()
    columns: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return the number of samples."""
        return sum(self.splits.values())

    @property
    def root(self) -> Path:
        """Return where the names of samples start: the set itself, where the data are a folder of sets."""
        return self.set_folder or self.data

    @property
    def has_pictures(self) -> bool:
        """Return whether samples can be shown as pictures."""
        return self.kind not in (TEXTS, SOUNDS)

    @property
    def shows(self) -> str:
        """Return how samples are shown: PICTURES, TEXTS or SOUNDS."""
        return PICTURES if self.has_pictures else self.kind


def read_data(request: ReadData, context: JobContext) -> DataView:
    """Job: return what lies at the path. Raises InputError where nothing can be trained on it."""
    from dataclasses import replace

    from deepstudio.train.propose_data import DataProposal, ProposeData, propose_for_data, shipped_recipes
    from deepstudio.ui.workspaces.train.data_rows import look

    context.status(QT_TRANSLATE_NOOP("status", "Looking at the data"))
    path = request.path
    if request.recipe is not None:
        proposal = DataProposal(recipe=request.recipe, shipped=shipped_recipes(path))
    else:
        proposal = propose_for_data(ProposeData(data=path, reading=request.reading), context)
    view = look(proposal.recipe, path, context)
    return replace(
        view,
        shipped=proposal.shipped,
        reasons=proposal.reasons,
        reading=proposal.reading,
        columns=proposal.columns,
        tasks=proposal.tasks,
    )


def slug(text: str) -> str:
    """Return a name for files: small letters, digits and dashes; "model" where nothing is left."""
    plain = re.sub(r"[^\w-]+", "-", text.strip().lower()).strip("-_")
    return plain or "model"
