"""Reading and changing a recipe by dotted paths, such as `training.epochs` or `network.config.dropout`. No Qt."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

NETWORK_OPTIONS = "network.config"
_FOLLOWS_PICTURES = {"in_channels": "channels", "height": "height", "width": "width"}
"""Options of a network that must be what the preprocessing says."""


def read_path(config: Any, path: str) -> Any:
    """Return what lies at `path`; KeyError where a dict has no such key."""
    for part in path.split("."):
        config = config[part] if isinstance(config, Mapping) else getattr(config, part)
    return config


def with_value(config: Any, path: str, value: Any) -> Any:
    """Return `config` with another value at `path`; dicts and frozen dataclasses on the way are copied."""
    first, _, rest = path.partition(".")
    if isinstance(config, Mapping):
        # As TOML has it, so that a recipe is equal to itself when it is read again.
        inner = with_value(config.get(first, {}), rest, value) if rest else _listed(value)
        return {**config, first: inner}
    inner = with_value(getattr(config, first), rest, value) if rest else value
    return dataclasses.replace(config, **{first: inner})


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def network_defaults(config_class: type[Any] | None) -> dict[str, Any]:
    """Return the options of a network with their defaults."""
    if config_class is None:
        return {}
    return {field.name: getattr(config_class(), field.name) for field in dataclasses.fields(config_class)}


def follows_pictures(option: str, recipe: Any) -> bool:
    """Return whether a network's option is given by the preprocessing of `recipe`, so that nobody need set it."""
    return option in _FOLLOWS_PICTURES and hasattr(recipe, "preprocessing")


def fitted_to_pictures(recipe: Any, config_class: type[Any] | None) -> Any:
    """Return the recipe with the network's size and channels as the preprocessing has them."""
    if config_class is None or not hasattr(recipe, "preprocessing"):
        return recipe
    defaults = network_defaults(config_class)
    options = dict(recipe.network.config)
    for option, source in _FOLLOWS_PICTURES.items():
        if option in defaults:
            wanted = getattr(recipe.preprocessing, source)
            if options.get(option, defaults[option]) != wanted:
                options[option] = wanted
    return with_value(recipe, NETWORK_OPTIONS, options) if options != recipe.network.config else recipe


def changed_paths(before: Any, after: Any, prefix: str = "") -> Iterator[str]:
    """Yield the path of every value that differs between two recipes of one class."""
    if type(before) is not type(after):
        yield prefix.rstrip(".")
    elif dataclasses.is_dataclass(before):
        for field in dataclasses.fields(before):
            yield from changed_paths(getattr(before, field.name), getattr(after, field.name), f"{prefix}{field.name}.")
    elif isinstance(before, Mapping):
        for key in sorted({*before, *after}, key=str):
            if _listed(before.get(key)) != _listed(after.get(key)):
                yield f"{prefix}{key}"
    elif before != after:
        yield prefix.rstrip(".")
