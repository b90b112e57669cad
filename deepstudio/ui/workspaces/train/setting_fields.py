"""The settings of a recipe and its network as a flat list, read from their classes. No Qt."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deepstudio.core.config import OptionInfo, option_info
from deepstudio.ui.workspaces.train.recipe_paths import NETWORK_OPTIONS, follows_pictures

GENERAL = "general"
_HIDDEN = {"task", "network.architecture", NETWORK_OPTIONS, "labels"}
"""Chosen elsewhere on the page."""

MAIN = (
    "training.epochs",
    "training.batch_size",
    "optimizer.lr",
    "data.validation_share",
    "training.patience",
    "preprocessing.height",
    "preprocessing.width",
    "augment.flip",
    "seed",
)
"""What a beginner may want to change, in this order; everything else lies in folded groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingField:
    """One setting: where it lies, its group, its type, and what its class says of it."""

    path: str
    group: str
    name: str
    hint: Any
    info: OptionInfo

    @property
    def main(self) -> bool:
        """Return whether it stands above the folded groups."""
        return self.path in MAIN


def setting_fields(recipe: Any, network_class: type[Any] | None) -> list[SettingField]:
    """Return every setting of `recipe` and of its network, group by group."""
    found = list(_fields_of(type(recipe), "", GENERAL))
    hints = typing.get_type_hints(type(recipe))
    for field in dataclasses.fields(recipe):
        inner = hints[field.name]
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            found.extend(_fields_of(inner, f"{field.name}.", field.name))
    if network_class is not None:
        options = _fields_of(network_class, f"{NETWORK_OPTIONS}.", NETWORK_OPTIONS)
        found.extend(item for item in options if not follows_pictures(item.name, recipe))
    return [item for item in found if item.path not in _HIDDEN]


def main_fields(fields: list[SettingField]) -> list[SettingField]:
    """Return those that stand above the groups, in the order of `MAIN`."""
    return sorted((field for field in fields if field.main), key=lambda field: MAIN.index(field.path))


def _fields_of(config_class: type[Any], prefix: str, group: str) -> Iterator[SettingField]:
    hints = typing.get_type_hints(config_class)
    for field in dataclasses.fields(config_class):
        info = option_info(field)
        if info is not None:
            path = f"{prefix}{field.name}"
            yield SettingField(path=path, group=group, name=field.name, hint=hints[field.name], info=info)
