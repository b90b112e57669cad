"""The sets, the phrases and the word vectors of a run of two towers. In the lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from deepstudio.core.errors import DeepStudioError, InputError, RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.fit import fit_image
from deepstudio.data.image_sets import ImageSet, load_idx_images, load_image_set
from deepstudio.data.listing import idx_files
from deepstudio.data.splits import group_split, read_groups, stratified_split
from deepstudio.models.image_text_words import WordTable, words_of
from deepstudio.train.image_text.recipe import ImageTextRecipe, LabelledSet
from deepstudio.train.image_text.vectors import read_words, word_vectors
from deepstudio.train.notices import notice

_NO_TEST = QT_TRANSLATE_NOOP("events", "The test split cannot be used: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSet:
    """A set of the recipe with its splits; classes are those of the recipe, `held_out` their indices."""

    config: LabelledSet
    train: ImageSet
    validation: ImageSet
    test: ImageSet | None
    held_out: tuple[int, ...]

    @property
    def seen(self) -> tuple[int, ...]:
        """Return the indices of the classes that are learnt from."""
        return tuple(k for k in range(len(self.config.labels)) if k not in self.held_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageTextMaterial:
    """All sets, the words with their vectors VE."""

    sets: tuple[NamedSet, ...]
    table: WordTable
    vectors: np.ndarray


def read_material(recipe: ImageTextRecipe, data: Path, context: JobContext) -> ImageTextMaterial:
    """Read everything. Raises InputError for missing data, RecipeError for phrases that do not fit the labels."""
    if not recipe.sets:
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "The recipe names no image set ([[sets]])."))
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    sets = []
    for config in recipe.sets:
        context.check()
        sets.append(_read_set(config, data, recipe.preprocessing, context))
    context.status(QT_TRANSLATE_NOOP("status", "Learning what words mean"))
    lines = read_words([data / name for name in recipe.words.files], recipe.words.most_words, context.check)
    options = recipe.network.config
    words, vectors = word_vectors(
        lines,
        num_words=int(options.get("num_words", 12000)),
        dim=int(options.get("word_dim", 96)),
        window=recipe.words.window,
        contexts=recipe.words.contexts,
        must_have=words_of(all_phrases(recipe)),
        check=context.check,
    )
    return ImageTextMaterial(sets=tuple(sets), table=WordTable(words), vectors=vectors)


def all_phrases(recipe: ImageTextRecipe) -> list[str]:
    """Return every phrase and template of the recipe, measured ones included."""
    found: list[str] = []
    for config in recipe.sets:
        found += [*config.templates, *config.unseen_templates]
        for table in (config.phrases, config.unseen):
            found += [phrase for label in config.labels for phrase in table.get(label, ())]
    return found


def phrases_of(config: LabelledSet, label: str) -> list[str]:
    """Return all sentences that a class is learnt with."""
    return _filled(config.templates, config.phrases, label)


def unseen_phrases_of(config: LabelledSet, label: str) -> list[str]:
    """Return the sentences that a class is only measured with: new words, new sentences around them."""
    table = config.unseen if config.unseen.get(label) else config.phrases
    return _filled(config.unseen_templates, table, label)


def name_of(config: LabelledSet, label: str) -> str:
    """Return the name of a class: its first phrase."""
    return str(config.phrases[label][0])


def _filled(templates: Sequence[str], table: Mapping[str, Sequence[str]], label: str) -> list[str]:
    return [template.replace("{}", str(phrase)) for phrase in table[label] for template in templates]


def _read_set(config: LabelledSet, data: Path, preprocessing: Preprocessing, context: JobContext) -> NamedSet:
    missing = [label for label in config.labels if not config.phrases.get(label)]
    strangers = [label for label in config.held_out if label not in config.labels]
    if missing or strangers or not config.labels:
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "The set {name} has no class or no phrase for '{label}'."),
            name=config.name,
            label=(missing or strangers or [""])[0],
        )
    root = set_root(config, data)
    whole = read_split(root, config.train, config.labels, preprocessing, limit=config.limit)
    if config.validation:
        train, validation = whole, read_split(root, config.validation, config.labels, preprocessing)
    else:
        groups = groups_of(config, data, whole)
        if groups is not None:
            chosen, held = group_split(whole.labels, groups, config.validation_share, 0)
        else:
            chosen, held = stratified_split(whole.labels, config.validation_share, 0)
        train, validation = whole.subset(chosen), whole.subset(held)
    held_out = tuple(config.labels.index(label) for label in config.held_out)
    return NamedSet(
        config=config,
        train=_without(train, held_out),
        validation=_without(validation, held_out),
        test=_test_split(root, config, preprocessing, context),
        held_out=held_out,
    )


def set_root(config: LabelledSet, data: Path) -> Path:
    """Return the folder of a set; the data folder itself where its own is missing."""
    return data / config.folder if (data / config.folder).is_dir() else data


def groups_of(config: LabelledSet, data: Path, whole: ImageSet) -> list[str] | None:
    """Return the group of each picture of the training split, None for a set without groups."""
    if not config.group_pattern:
        return None
    table = set_root(config, data) / config.train / config.group_table if config.group_table else None
    return read_groups(whole.names, config.group_pattern, table)


def _without(image_set: ImageSet, classes: tuple[int, ...]) -> ImageSet:
    return image_set.subset(np.flatnonzero(~np.isin(image_set.labels, classes)))


def _test_split(root: Path, config: LabelledSet, preprocessing: Preprocessing, context: JobContext) -> ImageSet | None:
    try:
        return read_split(root, config.test, config.labels, preprocessing)
    except InputError as error:
        notice(context, _NO_TEST, reason=Phrase(error.sentence, error.values))
        return None


def read_split(
    root: Path, split: str, labels: tuple[str, ...], preprocessing: Preprocessing, *, limit: int = 0
) -> ImageSet:
    """Return a split as colour pictures of the network's size: a folder of classes, or idx files. Raises InputError."""

    def left_out(name: str, error: DeepStudioError) -> None:
        """Leave what cannot be read away."""

    if not (root / split).is_dir() and (pair := idx_files(root, split)):
        found = load_idx_images(*pair, classes=labels)
        if limit:
            found = found.subset(np.linspace(0, len(found) - 1, min(limit, len(found))).astype(int))
        whole = replace(preprocessing, fit="squash")
        pictures = [fit_image(np.repeat(image, 3, axis=-1), whole).pixels for image in found.images]
        return replace(found, images=np.stack(pictures))
    return load_image_set(root / split, preprocessing, classes=labels, limit=limit or None, on_unreadable=left_out)
