"""Values as training scripts have them: kept at once, without waiting for a GPU; made numbers later, in the background.

Neither torch nor numpy is imported here: who passes their objects has imported them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN = (float, int)


class DeviceValue:
    """A copy of a tensor that its device may still be computing. `get` waits for it: background thread only."""

    __slots__ = ("_event", "_tensor")

    def __init__(self, tensor: Any) -> None:
        # A copy: the script may change its tensor in place before the background thread reads it. No synchronisation.
        self._tensor = tensor.detach().clone()
        self._event = None
        if tensor.device.type == "cuda":
            self._event = sys.modules["torch"].cuda.Event()
            self._event.record()

    def get(self) -> Any:
        """Return the tensor on the CPU, or its number if it has one element."""
        if self._event is None:
            return _on_host(self._tensor)
        cuda = sys.modules["torch"].cuda
        self._event.synchronize()
        with cuda.device(self._tensor.device), cuda.stream(cuda.Stream(self._tensor.device)):
            return _on_host(self._tensor)


def _on_host(tensor: Any) -> Any:
    return tensor.item() if tensor.numel() == 1 else tensor.cpu()


def kept(value: Any) -> Any:
    """Return `value` so that it stays as it is now whatever the script does next. Microseconds; no waiting."""
    if hasattr(value, "detach") and hasattr(value, "device"):  # a tensor of torch
        if value.device.type != "cpu":
            return DeviceValue(value)
        return value.item() if value.numel() == 1 else value.detach().clone()
    if hasattr(value, "dtype") and hasattr(value, "__array_interface__"):  # numpy
        return value.item() if value.size == 1 else value.copy()
    if isinstance(value, list):
        return list(value)
    return value


def kept_all(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the items of `values`, nested mappings as "outer/inner", each value kept."""
    items: list[tuple[str, Any]] = []
    for name, value in values.items():
        if type(value) in _PLAIN:
            items.append((name, value))
        elif isinstance(value, Mapping):
            items.extend((f"{name}/{inner}", item) for inner, item in kept_all(value))
        else:
            items.append((name, kept(value)))
    return items


def number(value: Any) -> float:
    """Return a kept value as a number. Raises TypeError, ValueError if it is none."""
    if isinstance(value, DeviceValue):
        value = value.get()
    if value is None or isinstance(value, (str, bytes)):
        raise TypeError(f"{type(value).__name__} is no number")
    return float(value)


def array(value: Any) -> Any:
    """Return a kept value as a numpy array. Raises TypeError, ValueError if it is none."""
    import numpy as np

    if isinstance(value, DeviceValue):
        value = value.get()
    if hasattr(value, "detach"):
        value = value.float() if str(value.dtype) == "torch.bfloat16" else value
        value = value.numpy()
    return np.asarray(value)


def clean(value: Any) -> str:
    """Return `value` as text that UTF-8 can hold (names of files may have bytes that it cannot)."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def plain_settings(value: Any) -> dict[str, Any]:
    """Return settings (a mapping, argparse's Namespace, a dataclass, any object with attributes) as a dict."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {clean(key): _plain(item) for key, item in value.items()}
    return {key: _plain(item) for key, item in _attributes(value) if not key.startswith("_")}


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    names = getattr(value, "__dataclass_fields__", None) or vars(value)
    return ((name, getattr(value, name)) for name in names)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {clean(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        return plain_settings(value)
    if hasattr(value, "item") and getattr(value, "size", None) == 1:
        return value.item()
    return clean(value)


def drawn(figure: Any) -> bytes:
    """Return a matplotlib figure as PNG; it must be drawn now, since the script may close it."""
    import io

    stream = io.BytesIO()
    figure.savefig(stream, format="png")
    return stream.getvalue()


def size_of(content: Any) -> int:
    """Return about how many bytes a kept value takes."""
    size = getattr(content, "nbytes", None)
    return size if isinstance(size, int) else len(content) if isinstance(content, (bytes, str)) else 1024
