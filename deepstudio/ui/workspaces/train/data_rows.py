"""What is in data as a recipe reads them: counts by class and split, and a few samples. Files lane; no Qt, no torch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.text.recipe import TextRecipe
from deepstudio.ui.workspaces.train.data_job import SOUNDS, TEXTS, ClassRow, DataView

SAMPLES_SHOWN = 8
"""Pictures of each class that may be shown."""
_MOST_TEXTS = 3
_MOST_ROWS = 40
_TEXT_LENGTH = 160


def look(recipe: Any, path: Path, context: JobContext) -> DataView:
    """Return what lies at `path` for the task of `recipe`, without what a proposal adds. Raises InputError."""
    looks: dict[str, Callable[[Any, Path, JobContext], DataView]] = {
        "image-classification": _pictures,
        "text-classification": _labelled,
        "tagging": _tagged,
        "translation": _pairs,
        "summarisation": _pairs,
        "language-model": _prose,
        "keyword-spotting": _sounds,
        "speech-recognition": _sounds,
    }
    found = looks.get(recipe.task)
    if found is None:
        found = _prose if isinstance(recipe, TextRecipe) else _files
    return found(recipe, path, context)


def _pictures(recipe: Any, path: Path, context: JobContext) -> DataView:
    from deepstudio.data.corrections import Corrections
    from deepstudio.data.listing import list_data
    from deepstudio.data.sources import natural_key
    from deepstudio.train.preflight import layout_of
    from deepstudio.train.sets import data_root

    listing = list_data(path, layout_of(recipe), context.check)
    root = data_root(recipe.data, path)
    corrections = Corrections.open(root).state()
    by_class: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sample in listing.samples:
        label = corrections.label(sample.name, sample.label)
        if label is not None:
            by_class[label].append((sample.name, sample.split))
    rows = tuple(
        ClassRow(
            name=label,
            counts=dict(Counter(split for _name, split in by_class[label])),
            samples=tuple(name for name, _split in _spread(by_class[label], SAMPLES_SHOWN)),
        )
        for label in sorted(by_class, key=natural_key)
    )
    splits = dict(Counter(split for found in by_class.values() for _name, split in found))
    return DataView(
        path=path,
        data=path,
        task=recipe.task,
        kind=listing.kind,
        classes=rows,
        splits=splits,
        recipe=recipe,
        set_folder=root,
    )


def _labelled(recipe: Any, path: Path, context: JobContext) -> DataView:
    from deepstudio.train.preflight_text import text_samples

    by_class: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sample in text_samples(recipe, path, context):
        if sample.label:
            by_class[_named(sample.label, recipe.labels)].append((sample.text, sample.split))
    if not by_class:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There are no labels in {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "A CSV file needs the columns text and label."),
            path=str(path),
        )
    rows = tuple(
        ClassRow(
            name=label,
            counts=dict(Counter(split for _text, split in found)),
            samples=tuple(_short(text) for text, _split in _spread(found, _MOST_TEXTS)),
        )
        for label, found in sorted(by_class.items())
    )
    return _texts(recipe, path, "text", rows, [split for found in by_class.values() for _text, split in found])


def _named(label: str, labels: Sequence[str]) -> str:
    """Return the name of a label that may be written as its number."""
    return labels[int(label)] if label.isdecimal() and label not in labels and int(label) < len(labels) else label


def _tagged(recipe: Any, path: Path, context: JobContext) -> DataView:
    """Return a row for each kind of thing that is marked, with some of what is marked so."""
    from deepstudio.data.text.conll import corrected_sentences
    from deepstudio.data.text.spans import entity_spans
    from deepstudio.train.text.files import find_file

    config = recipe.data
    marked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    splits: list[str] = []
    for split, names in (("train", config.train), ("validation", config.validation), ("test", config.test)):
        for name in names:
            context.check()
            for sentence in corrected_sentences(find_file(name, config, path)):
                splits.append(split)
                for kind, begin, end in entity_spans(sentence.tags):
                    marked[kind].append((" ".join(sentence.words[begin:end]), split))
    rows = tuple(
        ClassRow(
            name=kind,
            counts=dict(Counter(split for _words, split in found)),
            samples=tuple(dict.fromkeys(_short(words) for words, _split in _spread(found, 6))),
        )
        for kind, found in sorted(marked.items())
    )
    return _texts(recipe, path, "sentence", rows, splits)


def _pairs(recipe: Any, path: Path, context: JobContext) -> DataView:
    """Return a few pairs, spread over the data."""
    from deepstudio.train.text.files import read_pair_files

    config = recipe.data
    pairs: list[tuple[str, str]] = []
    splits: list[str] = []
    for split, names in (("train", config.train), ("validation", config.validation), ("test", config.test)):
        for name in names:
            context.check()
            found = read_pair_files(name, config, path)
            splits += [split] * len(found)
            pairs += zip(found.sources, found.targets, strict=True)
    rows = tuple(
        ClassRow(name=_short(source), counts={}, samples=(_short(target),))
        for source, target in _spread(pairs, _MOST_ROWS)
    )
    return _texts(recipe, path, "pair", rows, splits)


def _prose(recipe: Any, path: Path, context: JobContext) -> DataView:
    """Return a row for each file with its lines, or a few lines of the only one."""
    from deepstudio.train.preflight_text import text_samples

    by_file: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sample in text_samples(recipe, path, context):
        by_file[sample.name.rpartition("#")[0]].append((sample.text, sample.split))
    if not by_file:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no text in {path}."), path=str(path))
    rows = tuple(
        ClassRow(
            name=name,
            counts=dict(Counter(split for _text, split in lines)),
            samples=tuple(_short(text) for text, _split in _spread(lines, _MOST_TEXTS)),
        )
        for name, lines in by_file.items()
    )
    return _texts(recipe, path, "line", rows, [split for lines in by_file.values() for _text, split in lines])


def _sounds(recipe: Any, path: Path, context: JobContext) -> DataView:
    """Return a row for each word, or a few sentences."""
    from deepstudio.train.speech.sets import read_sets

    sets = read_sets(recipe.data, path)
    parts = (("train", sets.train), ("validation", sets.validation), ("test", sets.test))
    every = [(one, split) for split, utterances in parts for one in utterances]
    if recipe.task == "keyword-spotting":
        words: dict[str, list[str]] = defaultdict(list)
        for one, split in every:
            words[one.text.strip().casefold()].append(split)
        rows = tuple(ClassRow(name=word, counts=dict(Counter(found))) for word, found in sorted(words.items()))
        rows = tuple(sorted(rows, key=lambda row: -row.count)[: 10 * _MOST_ROWS]) if len(rows) > 200 else rows
    else:
        rows = tuple(
            ClassRow(name=_short(one.text), counts={}, samples=(f"{one.speaker or '–'}  ·  {one.seconds:.1f} s",))
            for one, _split in _spread(every, _MOST_ROWS)
        )
    speakers = {one.speaker for one, _split in every if one.speaker}
    return DataView(
        path=path,
        data=path,
        task=recipe.task,
        kind=SOUNDS,
        classes=rows,
        splits=dict(Counter(split for _one, split in every)),
        recipe=recipe,
        unit="recording",
        facts={"seconds": sum(one.seconds for one, _split in every), "speakers": float(len(speakers))},
    )


def _files(recipe: Any, path: Path, context: JobContext) -> DataView:
    """Return a row for each text that an n-gram model is estimated from."""
    names = tuple(getattr(getattr(recipe, "data", None), "texts", ()))
    rows = tuple(ClassRow(name=name, counts={}, samples=(f"{(path / name).stat().st_size:,}",)) for name in names)
    return _texts(recipe, path, "file", rows, ["train"] * len(names))


def _texts(recipe: Any, path: Path, unit: str, rows: tuple[ClassRow, ...], splits: Sequence[str]) -> DataView:
    return DataView(
        path=path,
        data=path,
        task=recipe.task,
        kind=TEXTS,
        classes=rows,
        splits=dict(Counter(splits)),
        recipe=recipe,
        unit=unit,
    )


def _short(text: str) -> str:
    return " ".join(text[: 4 * _TEXT_LENGTH].split())[:_TEXT_LENGTH]


def _spread(found: Sequence[Any], count: int) -> Iterable[Any]:
    """Return `count` of the list, evenly spaced."""
    if len(found) <= count:
        return found
    return (found[place * len(found) // count] for place in range(count))
