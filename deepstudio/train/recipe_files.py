"""Recipes in TOML files: the key `task` says which class they are of. Torch-free, any thread."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deepstudio.core.config import from_mapping, to_mapping
from deepstudio.core.errors import RecipeError
from deepstudio.core.paths import recipes_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.tasks import DEFAULT_TASK, task_spec


def load_recipe(path: str | Path, overrides: Sequence[str] = ()) -> BaseRecipe:
    """Return the recipe in the TOML file `path`, or the shipped one of that name, with `key=value` overrides applied.

    A key may be dotted (`training.epochs=3`); a value is TOML, or a bare word. Raises RecipeError.
    """
    file = recipe_path(path)
    try:
        mapping = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = ", ".join(sorted(found.stem for found in recipes_dir().glob("*.toml")))
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "There is no recipe {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "Shipped recipes: {known}."),
            path=str(path),
            known=known,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "{path} is not valid TOML: {reason}."), path=str(path), reason=str(error)
        ) from error
    for override in overrides:
        _apply_override(mapping, override)
    return recipe_from_mapping(mapping, where=file.name)


def with_overrides(recipe: BaseRecipe, overrides: Sequence[str]) -> BaseRecipe:
    """Return the recipe with `key=value` overrides applied. Raises RecipeError."""
    mapping = to_mapping(recipe)
    for override in overrides:
        _apply_override(mapping, override)
    return recipe_from_mapping(mapping, where=recipe.name)


def recipe_path(path: str | Path) -> Path:
    """Return the file itself, or that of the shipped recipe of this name; it may not exist."""
    file, shipped = Path(path), recipes_dir() / f"{path}.toml"
    return shipped if not file.is_file() and shipped.is_file() else file


def recipe_from_mapping(mapping: Mapping[str, Any], *, where: str) -> BaseRecipe:
    """Return the recipe in `mapping`, of the class of its task; raises RecipeError naming `where`."""
    task = mapping.get("task", DEFAULT_TASK)
    if not isinstance(task, str):
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "{where}: '{key}' must be a text, not {value}."),
            where=where,
            key="task",
            value=repr(task),
        )
    return from_mapping(task_spec(task).recipe_type(), mapping, where=where)


def _apply_override(mapping: dict[str, Any], override: str) -> None:
    key, separator, text = override.partition("=")
    if not separator or not key.strip():
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "'{override}' is not of the form key=value."), override=override)
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *path, last = key.strip().split(".")
    place: Any = mapping
    for part in path:
        place = place.setdefault(part, {})
        if not isinstance(place, Mapping):
            raise RecipeError(QT_TRANSLATE_NOOP("errors", "'{key}' is a value, not a table."), key=part)
    place[last] = value
