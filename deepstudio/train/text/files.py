"""The files that a text recipe names. Torch-free, any thread."""

from __future__ import annotations

from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.examples import Columns
from deepstudio.data.text.pairs import TextPairs, read_pairs, read_parallel
from deepstudio.train.text.recipe import TextDataConfig


def find_file(name: str, config: TextDataConfig, data: Path) -> Path:
    """Return the file `name` of a recipe below `data`; raises InputError saying where it was looked for.

    A name may also be found by its last part alone, so that a recipe for several sets works on a folder with one. It
    may be a folder with a folder of text files for each class; "." is the data folder itself.
    """
    places = [data / config.folder / name, data / name, data / Path(name).name]
    if data.is_file():
        places = [data]
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise InputError(QT_TRANSLATE_NOOP("errors", "The file {name} is not in {path}."), name=name, path=str(data))
    return found


def divided_files(config: TextDataConfig) -> list[str]:
    """Return the training files of which a share is held out for the test: those listed there, else all of them."""
    return [name for name in config.test or config.train if name in config.train and config.test_share]


def find_files(names: tuple[str, ...], config: TextDataConfig, data: Path) -> list[Path]:
    """Return every file of these names."""
    return [find_file(name, config, data) for name in names]


def columns_of(config: TextDataConfig) -> Columns:
    """Return which columns of a table hold what."""
    return Columns(text=config.text_columns, label=config.label_column, header=config.header)


def read_pair_files(name: str, config: TextDataConfig, data: Path) -> TextPairs:
    """Return the pairs of one entry of a recipe: `a.en|a.de`, or a file with columns."""
    left, separator, right = name.partition("|")
    if separator and not data.is_file():
        return read_parallel(find_file(left, config, data), find_file(right, config, data))
    return read_pairs(find_file(left, config, data), config.text_columns, config.target_column, config.header)
