"""The recipe that is being made: changes by path, undo, presets, and what it was before. Knows no widget."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from deepstudio.core.config import to_mapping
from deepstudio.ui.workspaces.train.recipe_paths import (
    NETWORK_OPTIONS,
    changed_paths,
    fitted_to_pictures,
    network_defaults,
    read_path,
    with_value,
)

QUICK, USUAL, THOROUGH = "quick", "usual", "thorough"
PRESETS = (QUICK, USUAL, THOROUGH)
_MOST_UNDO = 100


class RecipeDraft(QObject):
    """`recipe` is always whole and within its bounds, so it can be trained at any time."""

    changed = Signal()
    """A value changed."""
    replaced = Signal()
    """Another recipe, or another network: the list of settings is another one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recipe: Any = None
        self.network_class: type[Any] | None = None
        """Declares the options of the chosen network; None where it is not known yet."""
        self.preset = USUAL
        self._usual: Any = None
        self._undo: list[Any] = []
        self._redo: list[Any] = []

    @property
    def empty(self) -> bool:
        """Return whether there is no recipe yet."""
        return self.recipe is None

    def open(self, recipe: Any, network_class: type[Any] | None = None) -> None:
        """Begin with `recipe`: what is changed from now on can be reset to it."""
        self.network_class = network_class
        self._usual = self.recipe = fitted_to_pictures(recipe, network_class)
        self.preset = USUAL
        self._undo.clear()
        self._redo.clear()
        self.replaced.emit()

    def clear(self) -> None:
        """Forget the recipe."""
        self.recipe = self._usual = None
        self._undo.clear()
        self._redo.clear()
        self.replaced.emit()

    def know_network(self, network_class: type[Any] | None) -> None:
        """Take the class of the network's options, once it is known."""
        if network_class is self.network_class or self.empty:
            self.network_class = network_class
            return
        self.network_class = network_class
        self._usual = fitted_to_pictures(self._usual, network_class)
        self.recipe = fitted_to_pictures(self.recipe, network_class)
        self.replaced.emit()

    def use_network(self, architecture: str, network_class: type[Any] | None) -> None:
        """Train another network; its options begin with their defaults."""
        network = dataclasses.replace(self.recipe.network, architecture=architecture, config={})
        self.network_class = network_class
        self._usual = fitted_to_pictures(dataclasses.replace(self._usual, network=network), network_class)
        self._put(fitted_to_pictures(dataclasses.replace(self.recipe, network=network), network_class))
        self.replaced.emit()

    # Values

    def value(self, path: str) -> Any:
        """Return the value at `path`, for a network's option its default where the recipe says nothing."""
        return self._value(self.recipe, path)

    def default(self, path: str) -> Any:
        """Return the value that a reset gives back."""
        return self._value(self._baseline(), path)

    def is_changed(self, path: str) -> bool:
        """Return whether the value differs from that of the preset."""
        return _plain(self.value(path)) != _plain(self.default(path))

    def changes(self) -> list[str]:
        """Return the paths of everything that differs from the preset."""
        return [] if self.empty else list(changed_paths(self._baseline(), self.recipe))

    def set(self, path: str, value: Any) -> None:
        """Change one value."""
        self.set_many({path: value})

    def set_many(self, values: Mapping[str, Any]) -> None:
        """Change several values in one step."""
        recipe = self.recipe
        for path, value in values.items():
            recipe = with_value(recipe, path, value)
        recipe = fitted_to_pictures(recipe, self.network_class)
        if recipe != self.recipe:
            self._put(recipe)
            self.changed.emit()

    def reset(self, path: str) -> None:
        """Give one value its default back."""
        self.set(path, self.default(path))

    def reset_all(self) -> None:
        """Give everything its default back."""
        if self.recipe != self._baseline():
            self._put(self._baseline())
            self.changed.emit()

    def use_preset(self, preset: str) -> None:
        """Train shorter or longer; what the user changed by hand otherwise stays."""
        mine = {path: self.value(path) for path in self.changes()}
        self.preset = preset
        recipe = self._baseline()
        for path, value in mine.items():
            recipe = with_value(recipe, path, value)
        self._put(recipe)
        self.changed.emit()

    # Undo

    @property
    def can_undo(self) -> bool:
        """Return whether there is a change to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Return whether there is a change to do again."""
        return bool(self._redo)

    def undo(self) -> None:
        """Take the last change back."""
        if self._undo:
            self._redo.append(self.recipe)
            self._go_to(self._undo.pop())

    def redo(self) -> None:
        """Do the last change again."""
        if self._redo:
            self._undo.append(self.recipe)
            self._go_to(self._redo.pop())

    def _go_to(self, recipe: Any) -> None:
        other_network = recipe.network != self.recipe.network if hasattr(recipe, "network") else False
        self.recipe = recipe
        (self.replaced if other_network else self.changed).emit()

    def _put(self, recipe: Any) -> None:
        self._undo.append(self.recipe)
        del self._undo[:-_MOST_UNDO]
        self._redo.clear()
        self.recipe = recipe

    def _value(self, recipe: Any, path: str) -> Any:
        options = f"{NETWORK_OPTIONS}."
        if path.startswith(options):
            name = path.removeprefix(options)
            return recipe.network.config.get(name, network_defaults(self.network_class).get(name))
        return read_path(recipe, path)

    def _baseline(self) -> Any:
        return fitted_to_pictures(as_preset(self._usual, self.preset), self.network_class)

    def mapping(self) -> dict[str, Any]:
        """Return the recipe as plain values."""
        return to_mapping(self.recipe)


def _plain(value: Any) -> Any:
    """Return lists as tuples: a recipe from TOML has the ones where a form gives the others."""
    return tuple(value) if isinstance(value, list) else value


def as_preset(recipe: Any, preset: str) -> Any:
    """Return `recipe` trained for a fifth of the time, as it is, or three times as long with the best weights kept."""
    training = recipe.training
    if preset == QUICK:
        training = dataclasses.replace(training, epochs=max(1, round(training.epochs / 5)), patience=0)
    elif preset == THOROUGH:
        epochs = training.epochs * 3
        training = dataclasses.replace(training, epochs=epochs, keep="best", patience=max(5, epochs // 3))
    return dataclasses.replace(recipe, training=training)
