"""What one value of a Summary says: a number, a histogram, pictures, sounds, text, hyperparameters.

tensorboard/compat/proto/summary.proto and the plugins' metadata. Both ages are read: the fields of TensorFlow 1, which
PyTorch's writer uses, and the tensors of TensorFlow 2. Any thread; a decoder belongs to one run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.store.tensorboard import wire
from deepstudio.store.tensorboard.hparams import Hyperparameters, decode_hparams
from deepstudio.store.tensorboard.tensors import Tensor, decode_tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One number of the curve `tag`."""

    tag: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """`counts` float64 [B] between `edges` float64 [B + 1]; the outermost edges are the exact minimum and maximum."""

    tag: str
    edges: NDArray[np.float64]
    counts: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An encoded picture (`kind` "image") or sound ("audio"), as it stood in the event. `number` counts from 0."""

    tag: str
    kind: str
    content: bytes
    number: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text, Markdown as a rule; a table of texts has become a Markdown table."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A summary of a plugin that is not read here."""

    tag: str
    plugin: str


Item = Scalar | Histogram | File | Text | Hyperparameters | Unread


class SummaryDecoder:
    """Decodes the values of one run; remembers each tag's plugin, which only its first value has to name."""

    def __init__(self) -> None:
        self._plugins: dict[str, str] = {}

    def decode(self, value: memoryview) -> Iterator[Item]:
        """Yield what a Summary.Value holds. Raises WireError if it is damaged."""
        found = {number: content for number, _, content in wire.fields(value)}
        tag = wire.text(found[1]) if 1 in found else ""
        content: memoryview | None = None
        if 9 in found:
            plugin, content = _metadata(wire.blob(found[9]))
            if plugin:
                self._plugins.setdefault(tag, plugin)
        if 2 in found:
            yield Scalar(tag=tag, value=wire.single(found[2]))
        elif 4 in found:
            yield _file(tag, "image", wire.blob(found[4]))
        elif 6 in found:
            yield _file(tag, "audio", wire.blob(found[6]))
        elif 5 in found:
            yield from _histogram(tag, wire.blob(found[5]))
        elif self._plugins.get(tag) == "hparams":
            yield from decode_hparams(content) if content is not None else ()
        elif 8 in found:
            yield from _of_tensor(tag, self._plugins.get(tag, ""), decode_tensor(wire.blob(found[8])))


def _metadata(data: memoryview) -> tuple[str, memoryview | None]:
    plugin, content = "", None
    for number, _, value in wire.fields(data):
        if number == 1:
            inner = {key: item for key, _, item in wire.fields(wire.blob(value))}
            plugin = wire.text(inner[1]) if 1 in inner else ""
            content = wire.blob(inner[2]) if 2 in inner else None
    return plugin, content


def _of_tensor(tag: str, plugin: str, tensor: Tensor) -> Iterator[Item]:
    numbers = tensor.numbers
    if plugin == "histograms" and numbers is not None and numbers.ndim == 2 and numbers.shape[1] == 3:
        yield from _buckets(tag, numbers.astype(np.float64))
    elif plugin == "images" and len(tensor.strings) > 2:
        for number, encoded in enumerate(tensor.strings[2:]):  # the first two are width and height
            yield File(tag=tag, kind="image", content=encoded, number=number)
    elif plugin == "audio" and tensor.strings:
        pairs = tensor.strings if len(tensor.shape) == 1 else tensor.strings[0::2]
        labels = tensor.strings[1::2] if len(tensor.shape) == 2 else ()
        for number, encoded in enumerate(pairs):
            label = str(labels[number], "utf-8", "replace") if number < len(labels) else ""
            yield File(tag=tag, kind="audio", content=encoded, number=number, label=label)
    elif tensor.strings and plugin in ("text", ""):
        yield Text(tag=_text_tag(tag), text=_markdown(tensor))
    elif numbers is not None and numbers.size == 1 and numbers.dtype.kind in "fiub" and plugin in ("scalars", ""):
        yield Scalar(tag=tag, value=float(numbers.reshape(())))
    else:
        yield Unread(tag=tag, plugin=plugin or "tensor")


def _text_tag(tag: str) -> str:
    return tag.removesuffix("/text_summary")


def _markdown(tensor: Tensor) -> str:
    words = [str(item, "utf-8", "replace") for item in tensor.strings]
    if len(tensor.shape) == 0 or len(words) == 1:
        return words[0]
    if len(tensor.shape) == 1:
        return "\n\n".join(words)
    columns = tensor.shape[-1]
    rows = [words[first : first + columns] for first in range(0, len(words), columns)]
    rule = ["---"] * columns
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]])


def _file(tag: str, kind: str, data: memoryview) -> File:
    content = b""
    for number, _, value in wire.fields(data):
        if number == 4:
            content = bytes(wire.blob(value))
    # PyTorch's and TensorFlow 1's writers number the pictures of one call in the tag: "samples/image/3".
    stem, _, last = tag.rpartition("/")
    if last.isdecimal() and stem.endswith(f"/{kind}"):
        return File(tag=stem, kind=kind, content=content, number=int(last))
    return File(tag=tag, kind=kind, content=content)


def _histogram(tag: str, data: memoryview) -> Iterator[Histogram]:
    """A HistogramProto names the upper limit of each bucket, and leaves out runs of empty ones."""
    single: dict[int, float] = {}
    parts: dict[int, list[NDArray[np.generic]]] = {6: [], 7: []}
    for number, wire_type, value in wire.fields(data):
        if number in parts:
            parts[number].append(wire.fixed_array(value, "<f8"))
        elif wire_type == wire.FIXED64:
            single[number] = wire.double(value)
    limits, counts = (np.concatenate(part).astype(np.float64) if part else np.empty(0) for part in parts.values())
    if limits.size != counts.size:
        raise wire.WireError("a histogram has not as many counts as limits")
    low, high = single.get(1, 0.0), single.get(2, 0.0)
    if limits.size and np.isfinite([low, high]).all() and counts.sum() > 0:
        edges = np.clip(np.concatenate([[low], limits]), low, high)
        yield _trimmed(tag, edges, counts)


def _buckets(tag: str, rows: NDArray[np.float64]) -> Iterator[Histogram]:
    """A tensor of TensorFlow 2 has rows of lower limit, upper limit, count."""
    if len(rows):
        yield _trimmed(tag, np.concatenate([rows[:1, 0], rows[:, 1]]), rows[:, 2].copy())


def _trimmed(tag: str, edges: NDArray[np.float64], counts: NDArray[np.float64]) -> Histogram:
    """Leave out empty buckets at both ends."""
    filled = np.flatnonzero(counts)
    first, last = (int(filled[0]), int(filled[-1]) + 1) if filled.size else (0, counts.size)
    return Histogram(tag=tag, edges=edges[first : last + 1], counts=counts[first:last])
