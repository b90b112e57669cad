"""Configurations declared once: type, default, bounds, help. Forms, checks and documentation come from the fields.

A configuration is a frozen, slotted, keyword-only dataclass whose fields are made by `option`. `from_mapping` builds
one from TOML or JSON and refuses what the class does not know. Any thread.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from deepstudio.core.errors import RecipeError
from deepstudio.core.registry import unknown_name
from deepstudio.core.words import QT_TRANSLATE_NOOP

ConfigT = TypeVar("ConfigT")

_WRONG_KIND: dict[Any, str] = {
    int: QT_TRANSLATE_NOOP("errors", "{where}: '{key}' must be a whole number, not {value}."),
    float: QT_TRANSLATE_NOOP("errors", "{where}: '{key}' must be a number, not {value}."),
    bool: QT_TRANSLATE_NOOP("errors", "{where}: '{key}' must be true or false, not {value}."),
    str: QT_TRANSLATE_NOOP("errors", "{where}: '{key}' must be a text, not {value}."),
}
_OTHER_KIND = QT_TRANSLATE_NOOP("errors", "{where}: '{key}' must be {kind}, not {value}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionInfo:
    """What a form needs to know of one field: help for a person, bounds (inclusive) and choices where there are any."""

    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[Any, ...] = ()


def option(
    default: Any,
    help: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[Any, ...] = (),
) -> Any:
    """Return a dataclass field with a default, a help sentence, and optional bounds or choices."""
    metadata = {"option": OptionInfo(help=help, low=low, high=high, choices=choices)}
    if isinstance(default, (list, dict)):
        return dataclasses.field(default_factory=lambda: type(default)(default), metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def option_info(field: dataclasses.Field[Any]) -> OptionInfo | None:
    """Return the OptionInfo of a field made by `option`, else None."""
    return field.metadata.get("option")


def from_mapping(config_class: type[ConfigT], mapping: Mapping[str, Any], *, where: str) -> ConfigT:
    """Return a `config_class` filled from `mapping`, nested configurations included.

    `where` names the place for error messages, such as "[optimizer] of objects.toml". Raises RecipeError for unknown
    keys, wrong types and values out of bounds.
    """
    hints = typing.get_type_hints(config_class)
    fields = {field.name: field for field in dataclasses.fields(config_class)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in mapping.items():
        if key not in fields:
            near = unknown_name("option", key, list(fields)).values["near"]
            raise RecipeError(
                QT_TRANSLATE_NOOP("errors", "{where} has an unknown key '{key}'."),
                fix=QT_TRANSLATE_NOOP("errors", "Known keys near it: {near}."),
                where=where,
                key=key,
                near=near,
            )
        values[key] = _convert(value, hints[key], where=where, key=key)
        _check_bounds(values[key], option_info(fields[key]), where=where, key=key)
    try:
        return config_class(**values)
    except TypeError as error:
        missing = [name for name, field in fields.items() if name not in values and _is_required(field)]
        if not missing:
            raise
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "{where} lacks the key '{key}'."), where=where, key=missing[0]
        ) from error


def to_mapping(config: Any) -> dict[str, Any]:
    """Return the configuration as plain dicts, lists and values, ready for TOML or JSON."""
    return dataclasses.asdict(config)


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _convert(value: Any, hint: Any, *, where: str, key: str) -> Any:
    origin = typing.get_origin(hint)
    if dataclasses.is_dataclass(hint) and isinstance(value, Mapping):
        return from_mapping(typing.cast(type, hint), value, where=f"{key} of {where}")
    if origin in (typing.Union, types.UnionType):
        inner = [arm for arm in typing.get_args(hint) if arm is not type(None)]
        return None if value is None else _convert(value, inner[0], where=where, key=key)
    if origin is tuple and isinstance(value, (list, tuple)):
        arm = typing.get_args(hint)[0]
        return tuple(_convert(item, arm, where=where, key=key) for item in value)
    if origin is dict and isinstance(value, Mapping):
        return dict(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is Any or (isinstance(hint, type) and isinstance(value, hint) and not _bool_as_int(value, hint)):
        return value
    kind = getattr(hint, "__name__", str(hint))
    raise RecipeError(_WRONG_KIND.get(hint, _OTHER_KIND), where=where, key=key, kind=kind, value=repr(value))


def _bool_as_int(value: Any, hint: type) -> bool:
    return isinstance(value, bool) and hint is int


def _check_bounds(value: Any, info: OptionInfo | None, *, where: str, key: str) -> None:
    if info is None or value is None:
        return
    if info.choices and value not in info.choices:
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "{where}: '{key}' is {value}, but must be one of {choices}."),
            where=where,
            key=key,
            value=repr(value),
            choices=", ".join(map(str, info.choices)),
        )
    numbers = value if isinstance(value, tuple) else (value,)
    for number in numbers:
        if not isinstance(number, (int, float)):
            continue
        below = info.low is not None and number < info.low
        above = info.high is not None and number > info.high
        if below or above or number != number:
            raise RecipeError(
                QT_TRANSLATE_NOOP("errors", "{where}: '{key}' is {value}, but must lie between {low} and {high}."),
                where=where,
                key=key,
                value=number,
                low="-∞" if info.low is None else info.low,
                high="∞" if info.high is None else info.high,
            )
