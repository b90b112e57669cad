"""One run of TensorBoard's, read as it grows: the files of a folder, in order. One thread at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deepstudio.store.tensorboard.events import Batch, EventDecoder
from deepstudio.store.tensorboard.records import Damage, RecordSplitter
from deepstudio.store.tensorboard.source import FileReplacedError, GrowingFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What a piece of a file brought.

    `anew`: a file was replaced, forget all that came before. `error`: why the file cannot be read.
    """

    file: str = ""
    size: int = 0
    batch: Batch = Batch()
    damages: tuple[Damage, ...] = ()
    anew: bool = False
    error: str = ""


class RunReader:
    """Yields portions of the run in `files`; `add` tells it of files that came later."""

    def __init__(self, files: tuple[Path, ...] = ()) -> None:
        self._files: dict[Path, tuple[GrowingFile, RecordSplitter]] = {}
        self._decoder = EventDecoder()
        self._told: set[Path] = set()
        self.add(files)

    def add(self, files: tuple[Path, ...]) -> None:
        """Read these files, too, after those that are known."""
        for path in files:
            if path not in self._files:
                self._files[path] = (GrowingFile(path), RecordSplitter())

    def portions(self) -> Iterator[Portion]:
        """Yield what is new since the last call; a file that cannot be read is told once, and the rest goes on."""
        try:
            yield from self._new()
        except FileReplacedError:
            files = tuple(self._files)
            self._files.clear()
            self._told.clear()
            self._decoder = EventDecoder()
            self.add(files)
            yield Portion(anew=True)
            yield from self._new()

    def _new(self) -> Iterator[Portion]:
        for path, (source, splitter) in self._files.items():
            try:
                for piece in source.pieces():
                    block = splitter.feed(piece)
                    batch = self._decoder.decode(block)
                    yield Portion(file=path.name, size=len(piece), batch=batch, damages=block.damages)
            except OSError as error:
                if path not in self._told:
                    self._told.add(path)
                    yield Portion(file=path.name, error=error.strerror or str(error))
                continue
            if source.broken and path not in self._told:
                self._told.add(path)
                yield Portion(file=path.name, damages=(Damage(offset=source.offset, length=0),))
