"""What any data are good for: pictures, texts or recordings, and a recipe that fits. Torch-free, a job for any lane."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.job import JobContext
from deepstudio.core.paths import recipes_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.csv_images import names_pictures
from deepstudio.data.csv_table import is_table
from deepstudio.data.listing import idx_files
from deepstudio.data.sources import IMAGE_SUFFIXES
from deepstudio.data.text.folders import TEXT_SUFFIXES
from deepstudio.train import propose, propose_speech, propose_text
from deepstudio.train.propose_text import Reading
from deepstudio.train.recipe import Recipe
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.recipe_files import load_recipe
from deepstudio.train.speech.layouts import SOUND_SUFFIXES, holds_sound, names_sounds
from deepstudio.train.speech.recipe import LanguageRecipe, SpeechRecipe
from deepstudio.train.text.files import find_file
from deepstudio.train.text.recipe import TextRecipe

IMAGES, TEXTS, SOUNDS = "images", "texts", "sounds"
GENERIC: dict[str, str] = {
    propose.GENERIC: "image-classification",
    **{name: task for task, name in reversed(propose_text.GENERIC.items())},
    **{name: task for task, name in propose_speech.GENERIC.items()},
}
"""The shipped recipes that are fitted to data, with their task."""
_MOST_LOOKED_AT = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeData:
    """Propose a recipe for what lies at `data`; `reading` says how a table is meant."""

    data: Path
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataProposal:
    """A recipe and why it is so; the shipped recipes that fit; for a table how it is read, and what else it can be."""

    recipe: BaseRecipe
    reasons: tuple[Phrase, ...] = ()
    shipped: tuple[str, ...] = ()
    reading: Reading = Reading()
    columns: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


def propose_for_data(request: ProposeData, context: JobContext) -> DataProposal:
    """Return a recipe for the data. Raises InputError where nothing can be trained on them, with a way out."""
    data, reading = request.data, request.reading
    if not data.exists():
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is nothing at {path}."), path=str(data))
    shipped = shipped_recipes(data)
    if shipped and data.is_dir() and not reading.task and _is_collection(data, shipped):
        return DataProposal(recipe=load_recipe(recipes_dir() / f"{shipped[0]}.toml"), shipped=shipped)
    kind = kind_of(data)
    if kind == IMAGES:
        found = propose.propose_recipe(propose.ProposeRequest(data=data), context)
        return DataProposal(recipe=found.recipe, reasons=found.reasons, shipped=shipped)
    if kind == SOUNDS:
        tasks = (propose_speech.WORDS, propose_speech.SPEECH)
        task = reading.task if reading.task in tasks else ""
        heard = propose_speech.propose_speech_recipe(propose_speech.ProposeSpeech(data=data, task=task), context)
        reading = Reading(task=heard.recipe.task)
        return DataProposal(recipe=heard.recipe, shipped=shipped, reading=reading, tasks=tasks)
    text = propose_text.propose_text_recipe(propose_text.ProposeTexts(data=data, reading=reading), context)
    return DataProposal(
        recipe=text.recipe, shipped=shipped, reading=text.reading, columns=text.columns, tasks=text.tasks
    )


def kind_of(data: Path) -> str:
    """Return IMAGES, TEXTS or SOUNDS: by the names of files, and by what a table names. Raises InputError."""
    if data.is_file():
        if is_table(data):
            return IMAGES if names_pictures(data) else SOUNDS if names_sounds(data) else TEXTS
        return TEXTS
    if (data / "train.tsv").is_file() and names_sounds(data / "train.tsv"):
        return SOUNDS
    counts: Counter[str] = Counter()
    for number, path in enumerate(_files(data)):
        if number >= _MOST_LOOKED_AT:
            break
        suffix = path.suffix.lower()
        counts[IMAGES] += suffix in IMAGE_SUFFIXES
        counts[SOUNDS] += suffix in SOUND_SUFFIXES
        counts[TEXTS] += suffix in TEXT_SUFFIXES
    if counts[SOUNDS] > max(counts[IMAGES], 0) and holds_sound(data):
        return SOUNDS
    if counts[IMAGES] or idx_files(data, propose.find_layout(data).train):
        return IMAGES
    return TEXTS


def shipped_recipes(data: Path) -> tuple[str, ...]:
    """Return the names of the shipped recipes whose data lie in `data`, or are `data` itself."""
    found = []
    for path in sorted(recipes_dir().glob("*.toml")):
        if path.stem not in GENERIC:
            try:
                recipe = load_recipe(path)
            except DeepStudioError:
                continue
            if fits(recipe, data):
                found.append(path.stem)
    return tuple(found)


def fits(recipe: BaseRecipe, data: Path) -> bool:
    """Return whether what a recipe wants lies in `data`."""
    if not data.is_dir():
        return False
    if isinstance(recipe, Recipe):
        folder = recipe.data.folder
        return bool(folder) and ((data / folder).is_dir() or data.name == Path(folder).name)
    if isinstance(recipe, TextRecipe):
        config = recipe.data
        names = [*config.train, *config.validation, *config.test, *recipe.pretraining.files]
        own = not config.folder or (data / config.folder).is_dir() or data.name == config.folder
        return own and all(_is_there(part, recipe, data) for name in names for part in name.split("|"))
    if isinstance(recipe, SpeechRecipe):
        noise = not recipe.data.noise or (data / recipe.data.noise).is_dir()
        return noise and bool(recipe.data.sets) and all((data / name).is_dir() for name in recipe.data.sets)
    if isinstance(recipe, LanguageRecipe):
        return bool(recipe.data.texts) and all((data / name).is_file() for name in recipe.data.texts)
    return False


def _is_there(name: str, recipe: TextRecipe, data: Path) -> bool:
    try:
        return find_file(name, recipe.data, data).is_file()
    except InputError:
        return False


def _is_collection(data: Path, shipped: tuple[str, ...]) -> bool:
    """Return whether `data` is a folder of sets, rather than one of them."""
    for name in shipped:
        config = getattr(load_recipe(recipes_dir() / f"{name}.toml"), "data", None)
        folders = [getattr(config, "folder", ""), *getattr(config, "sets", ())]
        if any(folder and (data / folder).is_dir() for folder in folders):
            return True
    return False


def _files(folder: Path) -> Iterator[Path]:
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))
