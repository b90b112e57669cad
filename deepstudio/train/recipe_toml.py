"""A recipe as TOML text, such as `load_recipe` reads: what differs from the defaults of its class. Torch-free."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def recipe_to_toml(recipe: Any) -> str:
    """Return the TOML of a recipe; reading it again gives an equal one."""
    return "\n".join(_lines(_bare(recipe), "")).strip() + "\n"


def _bare(config: Any) -> dict[str, Any]:
    """Return the fields that differ from their defaults, as plain values."""
    found: dict[str, Any] = {}
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        if field.default is not dataclasses.MISSING:
            default: Any = field.default
        elif field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        else:
            default = dataclasses.MISSING
        if value != default and value is not None:
            found[field.name] = _plain(value)
    # A recipe without its task would be read as one for pictures.
    if hasattr(config, "task"):
        found["task"] = config.task
    return found


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _bare(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    return value


def _lines(table: Mapping[str, Any], prefix: str) -> Iterator[str]:
    tables: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, Mapping) or (isinstance(value, list) and value and isinstance(value[0], Mapping)):
            tables.append((key, value))
        else:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tables:
        name = f"{prefix}{_key(key)}"
        for part in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _lines(part, f"{name}.")


def _key(key: str) -> str:
    return key if _BARE.match(key) else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # TOML's basic strings are JSON's, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return repr(value)
