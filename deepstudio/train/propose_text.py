"""What texts are good for, and a sensible recipe for them. Torch-free, a job for any lane.

Knows tables (CSV, TSV, JSON by lines), folders of texts by class, tagged words in CoNLL columns, pairs in a table or in
two files, and running text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.paths import recipes_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.csv_table import TABLE_SUFFIXES
from deepstudio.data.listing import VALIDATION_FOLDERS
from deepstudio.data.text.folders import TEXT_SUFFIXES, class_files, text_files
from deepstudio.data.text.json_lines import JSON_SUFFIXES
from deepstudio.data.text.rows import CONLL_SUFFIXES, is_text_table, looks_tagged
from deepstudio.data.text.tables import Table, label_column, read_table, text_column, texts_of
from deepstudio.train.recipe_files import load_recipe
from deepstudio.train.text.recipe import TextDataConfig, TextRecipe

CLASSES, TAGS, PAIRS, PROSE = "text-classification", "tagging", "translation", "language-model"
SUMMARIES = "summarisation"
GENERIC = {CLASSES: "texts", TAGS: "tags", PAIRS: "pairs", SUMMARIES: "pairs", PROSE: "prose"}
"""The shipped recipes that a proposal starts from, by task."""
_TABLES = TABLE_SUFFIXES | JSON_SUFFIXES
_FILES = _TABLES | CONLL_SUFFIXES | TEXT_SUFFIXES | {""}
_TRAIN = ("train", "training")
_TEST = ("test", "testing", "eval")
_LANGUAGES = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2,4})?\Z", re.IGNORECASE)
_SAMPLE = 2000
_LONG_TEXT = 80
_SHORT_TEXT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a table is read: the task, which columns hold what, and whether the first row holds names; empty finds out.

    `label` is the column of the label, or of the text to be written where the task is to write one.
    """

    task: str = ""
    text: tuple[str, ...] = ()
    label: str = ""
    header: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTexts:
    """Propose a recipe for the texts at `data`: a file or a folder."""

    data: Path
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextProposal:
    """A recipe; for a table its columns and how it is read, and the tasks that it could serve."""

    recipe: TextRecipe
    reading: Reading
    columns: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """Files of the splits, as a recipe names them."""

    train: tuple[str, ...]
    validation: tuple[str, ...] = ()
    test: tuple[str, ...] = ()


def propose_text_recipe(request: ProposeTexts, context: JobContext) -> TextProposal:
    """Return a recipe fitted to the texts. Raises InputError where there are none, with a way out."""
    context.status(QT_TRANSLATE_NOOP("status", "Looking at the data"))
    data, wanted = request.data, request.reading
    if data.is_file():
        return _of_file(data, _Files(train=(data.name,)), data, wanted)
    context.check()
    if tagged := _tagged_in(data):
        return TextProposal(recipe=_tagged(data, _splits(tagged)), reading=Reading(task=TAGS), tasks=(TAGS,))
    if pairs := _pair_files(data):
        return TextProposal(recipe=_pairs(data, _splits(pairs)), reading=Reading(task=PAIRS), tasks=(PAIRS,))
    if tables := _tables_in(data):
        files = _splits(tables)
        return _of_file(data / files.train[0], files, data, wanted)
    folders = _class_folders(data)
    if folders is not None and wanted.task != PROSE:
        recipe = _classified(data, folders, [read_table(data / name) for name in folders.train], Reading(task=CLASSES))
        return TextProposal(recipe=recipe, reading=Reading(task=CLASSES), tasks=(CLASSES, PROSE))
    if not text_files(data):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There is nothing to train on in {path}."),
            fix=QT_TRANSLATE_NOOP(
                "errors", "A folder of pictures, texts or recordings for each class works, and so does a table."
            ),
            path=str(data),
        )
    return TextProposal(recipe=_prose(data, _Files(train=(".",))), reading=Reading(task=PROSE), tasks=(PROSE,))


def _of_file(path: Path, files: _Files, data: Path, wanted: Reading) -> TextProposal:
    if looks_tagged(path) and wanted.task in ("", TAGS):
        return TextProposal(recipe=_tagged(data, files), reading=Reading(task=TAGS), tasks=(TAGS,))
    if not is_text_table(path):
        return TextProposal(recipe=_prose(data, files), reading=Reading(task=PROSE), tasks=(PROSE,))
    table = read_table(path, wanted.header)
    reading = _reading_of(table, wanted)
    recipes = {CLASSES: _classified, PAIRS: _paired, SUMMARIES: _paired}
    make = recipes.get(reading.task, _classified)
    tasks = (CLASSES, PAIRS, SUMMARIES) if len(table.columns) > 1 else (CLASSES,)
    return TextProposal(recipe=make(data, files, [table], reading), reading=reading, columns=table.columns, tasks=tasks)


def _reading_of(table: Table, wanted: Reading) -> Reading:
    """Return the task and the columns: as wanted where that makes sense, else as they look."""
    known = [name for name in wanted.text if name in table.columns]
    label = wanted.label if wanted.label in table.columns else ""
    if wanted.task in (PAIRS, SUMMARIES) or (not wanted.task and label_column(table) is None):
        if len(table.columns) < 2:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "There is one column of text, and no labels to learn."),
                fix=QT_TRANSLATE_NOOP("errors", "A CSV file needs the columns text and label."),
            )
        worded = [name for name in table.columns if _mean_length(table.column(name)) > _SHORT_TEXT]
        source = known[:1] or [*worded, *table.columns][:1]
        target = label if label not in source else ""
        target = target or next(name for name in [*worded, *table.columns] if name not in source)
        return replace(wanted, task=wanted.task or PAIRS, text=tuple(source), label=target)
    label = label or label_column(table) or table.columns[-1]
    text = [name for name in known if name != label]
    if not text:
        named = text_column(table)
        rest = [name for name in table.columns if name != label]
        text = [named] if named != label else [max(rest, key=lambda n: _mean_length(table.column(n)))] if rest else []
    return replace(wanted, task=CLASSES, text=tuple(text) or (label,), label=label)


def _classified(data: Path, files: _Files, tables: Sequence[Table], reading: Reading) -> TextRecipe:
    """Return a recipe for texts with labels: about as many steps as a few minutes on a laptop allow."""
    table = tables[0]
    texts = [text for part in tables for text in texts_of(part, reading.text)]
    recipe = _generic(CLASSES, data, files)
    count, words = len(texts), _median_words(texts)
    batch = 16 if count < 1000 else 32 if count < 10_000 else 64
    steps = 600 if count < 1000 else 1200
    network = recipe.network
    if words > 80:  # a recurrent network reads long texts slowly
        options = {"embedding": 64, "filters": 96, "dropout": 0.4, "word_dropout": 0.1}
        network = replace(network, architecture="text-cnn", config=options)
    text = replace(
        recipe.text,
        unit=_unit(texts),
        max_tokens=int(np.clip(4 * words, 64, 512)),
        vocabulary=2000 if count < 3000 else 4000 if count < 20_000 else 8000,
    )
    config = replace(recipe.data, header=reading.header)
    if not table.files:
        config = replace(config, text_columns=reading.text, label_column=reading.label)
    epochs = int(np.clip(round(steps * batch / max(count, 1)), 4, 40))
    return replace(
        recipe,
        data=config,
        text=text,
        network=network,
        training=replace(recipe.training, epochs=epochs, batch_size=batch, patience=max(4, epochs // 4)),
    )


def _paired(data: Path, files: _Files, tables: Sequence[Table], reading: Reading) -> TextRecipe:
    recipe = _pairs(data, files, len(tables[0].rows), reading.task or PAIRS)
    columns = replace(recipe.data, text_columns=reading.text, target_column=reading.label, header=reading.header)
    return replace(recipe, data=columns)


def _pairs(data: Path, files: _Files, count: int = 20_000, task: str = PAIRS) -> TextRecipe:
    recipe = _generic(task, data, files)
    epochs = int(np.clip(round(10 * 20_000 / max(count, 1)), 4, 40))
    batch = 16 if count < 2000 else 64
    text = recipe.text
    if task == SUMMARIES:
        text = replace(text, max_tokens=400, max_target_tokens=48)
    vocabulary = 1500 if count < 2000 else text.vocabulary
    return replace(
        recipe,
        task=task,
        text=replace(text, vocabulary=vocabulary),
        training=replace(recipe.training, epochs=epochs, batch_size=batch, patience=max(3, epochs // 4)),
    )


def _tagged(data: Path, files: _Files) -> TextRecipe:
    from deepstudio.data.text.conll import read_conll

    recipe = _generic(TAGS, data, files)
    first = data if data.is_file() else data / files.train[0]
    count = len(read_conll(first))
    epochs = int(np.clip(round(8 * 20_000 / max(count, 1)), 4, 40))
    text = replace(recipe.text, min_count=1 if count < 3000 else 2)
    batch = 16 if count < 2000 else 32
    return replace(
        recipe,
        text=text,
        training=replace(recipe.training, epochs=epochs, batch_size=batch, patience=max(3, epochs // 4)),
    )


def _prose(data: Path, files: _Files) -> TextRecipe:
    recipe = _generic(PROSE, data, files)
    found = text_files(data) if data.is_dir() else [data]
    size = sum(path.stat().st_size for path in found)
    epochs = int(np.clip(round(6 * 1_000_000 / max(size, 1)), 1, 30))
    vocabulary = 500 if size < 100_000 else recipe.text.vocabulary
    batch = 8 if size < 200_000 else 16
    length = 32 if size < 200_000 else 64
    return replace(
        recipe,
        text=replace(recipe.text, vocabulary=vocabulary),
        batches=replace(recipe.batches, sentence_length=length),
        training=replace(recipe.training, epochs=epochs, batch_size=batch),
    )


def _generic(task: str, data: Path, files: _Files) -> TextRecipe:
    from deepstudio.train.propose import short_name, title_of

    recipe = load_recipe(recipes_dir() / f"{GENERIC[task]}.toml")
    assert isinstance(recipe, TextRecipe)
    title = title_of(data)
    config: TextDataConfig = replace(
        recipe.data, name=title, train=files.train, validation=files.validation, test=files.test
    )
    return replace(recipe, name=short_name(data), title=title, data=config)


def _splits(names: Sequence[str]) -> _Files:
    """Return which files train, validate and test: by their names; all train where none says so."""

    def named(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if re.split(r"[^a-z]", Path(name).name.lower())[0] in words)

    train, validation, test = named(_TRAIN), named(VALIDATION_FOLDERS), named(_TEST)
    if not train:
        train = tuple(name for name in names if name not in {*validation, *test})
    return _Files(train=train or tuple(names), validation=validation if train else (), test=test if train else ())


def _tables_in(folder: Path) -> list[str]:
    return sorted(
        path.name for path in _visible(folder) if path.suffix.lower() in _TABLES or (not path.suffix and _tabbed(path))
    )


def _tabbed(path: Path) -> bool:
    try:
        return path.stat().st_size < 1 << 28 and is_text_table(path)
    except (InputError, OSError):
        return False


def _tagged_in(folder: Path) -> list[str]:
    return sorted(path.name for path in _visible(folder) if path.suffix.lower() in CONLL_SUFFIXES)


def _pair_files(folder: Path) -> list[str]:
    """Return `train.en|train.de` for files that differ in the language at their end alone; the first two languages."""
    by_stem: dict[str, list[str]] = {}
    for path in _visible(folder):
        ending = path.suffix.lower().removeprefix(".")
        if _LANGUAGES.match(ending) and path.suffix.lower() not in _FILES | {".csv", ".zip", ".py", ".rst"}:
            by_stem.setdefault(path.stem, []).append(ending)
    pairs = {stem: endings for stem, endings in by_stem.items() if len(endings) >= 2}
    if not pairs:
        return []
    common = set.intersection(*(set(endings) for endings in pairs.values()))
    if len(common) < 2:
        return []
    first = "en" if "en" in common else sorted(common)[0]
    second = sorted(common - {first})[0] if "de" not in common or first == "de" else "de"
    return [f"{stem}.{first}|{stem}.{second}" for stem in sorted(pairs)]


def _class_folders(folder: Path) -> _Files | None:
    """Return the folders of the splits with a folder of texts for each class; "." for the folder itself."""
    if not any(True for _ in class_files(folder)):
        return None
    below = {path.name.lower(): path.name for path in folder.iterdir() if path.is_dir()}

    def named(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(below[word] for word in words if word in below and class_files(folder / below[word]))[:1]

    train = named(_TRAIN)
    if not train:
        return _Files(train=(".",))
    return _Files(train=train, validation=named(VALIDATION_FOLDERS), test=named(_TEST))


def _visible(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")]
    except OSError:
        return []


def _unit(texts: Sequence[str]) -> str:
    """Return characters for writing without spaces between words, else pieces of words."""
    sample = "".join(texts[:200])[:20_000]
    wide = sum("\u3040" <= letter <= "\u9fff" for letter in sample)
    return "characters" if wide > 0.3 * max(len(sample), 1) else "subwords"


def _median_words(texts: Sequence[str]) -> float:
    sample = texts[:: max(1, len(texts) // _SAMPLE)]
    return float(np.median([len(text.split()) or 1 for text in sample])) if sample else 1.0


def _mean_length(values: Sequence[str]) -> float:
    sample = values[:_SAMPLE]
    return sum(min(len(value), 10 * _LONG_TEXT) for value in sample) / max(len(sample), 1)
