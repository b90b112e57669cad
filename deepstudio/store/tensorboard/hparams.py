"""Hyperparameters as TensorBoard's hparams plugin keeps them: in the metadata of three summaries without a value.

tensorboard/plugins/hparams/plugin_data.proto. Any thread.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deepstudio.store.tensorboard import wire

PLUGIN = "hparams"
EXPERIMENT_TAG = "_hparams_/experiment"
START_TAG = "_hparams_/session_start_info"
END_TAG = "_hparams_/session_end_info"

_STRING, _BOOL, _FLOAT64 = 1, 2, 3  # DataType
_SUCCESS, _FAILURE = 1, 2  # Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperparameters:
    """What one summary of the plugin tells; what it does not tell is None or empty. `succeeded` is set by the last."""

    values: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    started: float | None = None
    ended: float | None = None
    succeeded: bool | None = None


def decode_hparams(data: memoryview) -> Iterator[Hyperparameters]:
    """Yield what an HParamsPluginData holds of a session. Raises WireError if it is damaged."""
    for number, _, value in wire.fields(data):
        if number == 3:
            yield _session_start(wire.blob(value))
        elif number == 4:
            end = {key: item for key, _, item in wire.fields(wire.blob(value))}
            status = end.get(1, 0)
            known = {_SUCCESS: True, _FAILURE: False}
            ended = wire.double(end[2]) if 2 in end else None
            yield Hyperparameters(ended=ended, succeeded=known.get(status) if isinstance(status, int) else None)


def _session_start(data: memoryview) -> Hyperparameters:
    values: dict[str, Any] = {}
    group, started = "", None
    for number, _, value in wire.fields(data):
        if number == 1:
            entry = {key: item for key, _, item in wire.fields(wire.blob(value))}
            if 1 in entry:
                values[wire.text(entry[1])] = _value(wire.blob(entry[2])) if 2 in entry else None
        elif number == 4:
            group = wire.text(value)
        elif number == 5:
            started = wire.double(value)
    return Hyperparameters(values=values, group=group, started=started)


def _value(data: memoryview) -> Any:
    """Return a google.protobuf.Value."""
    for number, _, value in wire.fields(data):
        if number == 2:
            number_ = wire.double(value)
            return int(number_) if number_.is_integer() and abs(number_) < 2**53 else number_
        if number == 3:
            return wire.text(value)
        if number == 4:
            return bool(value)
        if number == 6:
            return [_value(wire.blob(item)) for key, _, item in wire.fields(wire.blob(value)) if key == 1]
    return None


def encode_start(values: Mapping[str, Any], *, group: str, started: float) -> bytes:
    """Return the HParamsPluginData of a run's settings; nested ones as "optimizer.learning_rate"."""
    session = b"".join(
        wire.put_bytes(1, wire.put_bytes(1, name) + wire.put_bytes(2, _put_value(value)))
        for name, value in sorted(flat(values).items())
    )
    session += wire.put_bytes(4, group) + wire.put_double(5, started)
    return wire.put_bytes(3, session)


def encode_end(*, succeeded: bool, ended: float) -> bytes:
    """Return the HParamsPluginData of a run's end."""
    return wire.put_bytes(4, wire.put_int(1, _SUCCESS if succeeded else _FAILURE) + wire.put_double(2, ended))


def encode_experiment(values: Mapping[str, Any], metrics: list[str]) -> bytes:
    """Return the HParamsPluginData that names settings and the metrics to show beside them."""
    infos = b"".join(
        wire.put_bytes(4, wire.put_bytes(1, name) + wire.put_int(4, _type(value)))
        for name, value in sorted(flat(values).items())
    )
    infos += b"".join(wire.put_bytes(5, wire.put_bytes(1, wire.put_bytes(2, name))) for name in metrics)
    return wire.put_bytes(2, wire.put_double(3, time.time()) + infos)


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, bool | float | str]:
    """Return nested settings with dotted names; what is neither number nor switch becomes text."""
    result: dict[str, bool | float | str] = {}
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            result |= flat(value, f"{name}.")
        elif isinstance(value, (bool, str)):
            result[name] = value
        elif isinstance(value, (int, float)) and math.isfinite(value):
            result[name] = float(value)
        else:
            result[name] = "" if value is None else str(value)
    return result


def _type(value: bool | float | str) -> int:
    if isinstance(value, bool):
        return _BOOL
    return _STRING if isinstance(value, str) else _FLOAT64


def _put_value(value: bool | float | str) -> bytes:
    if isinstance(value, bool):
        return wire.put_int(4, int(value))
    return wire.put_bytes(3, value) if isinstance(value, str) else wire.put_double(2, value)
