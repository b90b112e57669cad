"""Speech engines of other makers, as a folder of files: which model lies in it. Imports nothing heavy; any thread.

The files of the streaming models of sherpa-onnx (https://k2-fsa.github.io/sherpa/onnx/) are told apart by their names,
which all of its published models follow.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

PACKAGE = "sherpa_onnx"
Kind = Literal["transducer", "paraformer", "zipformer2_ctc", "nemo_ctc", "wenet_ctc", "t_one_ctc"]
_ASSUMED_FRAMES = 4
"""Frames of 10 ms that the package takes an output of any CTC model for (2.0.1, online-recognizer-ctc-impl.h)."""
_NOTES_BYTES = 65_536
"""The notes of an ONNX file (ModelProto.metadata_props) stand at its end."""
_CTC_BY_NAME: Mapping[str, Kind] = {"nemo": "nemo_ctc", "wenet": "wenet_ctc", "t-one": "t_one_ctc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFolder:
    """A streaming model: its kind, and its files by the part they play (tokens, encoder, decoder, joiner, model)."""

    folder: Path
    kind: Kind
    files: Mapping[str, Path]
    stretch: float = 1.0
    """What the package's times of tokens must be multiplied by: NeMo's outputs last twice as long as it takes them."""

    joint: str = ""
    """What a token ends with whose word goes on; where it is empty, tokens begin with a mark where a word begins."""

    @property
    def name(self) -> str:
        """Return what to call it: the name of the folder."""
        return self.folder.name


def look_at_engine(folder: Path) -> EngineFolder:
    """Return the model in `folder`. Raises InputError, saying what is missing."""
    if not folder.is_dir():
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no folder {path}."), path=str(folder))
    tokens = folder / "tokens.txt"
    parts = {part: _smallest(folder, part) for part in ("encoder", "decoder", "joiner")}
    found = {part: path for part, path in parts.items() if path is not None}
    if not tokens.is_file():
        raise _missing(folder, "tokens.txt")
    files = {"tokens": tokens, **found}
    if len(found) == 3:
        return EngineFolder(folder=folder, kind="transducer", files=files)
    if found.keys() == {"encoder", "decoder"}:
        return EngineFolder(folder=folder, kind="paraformer", files=files, joint="@@")
    if found:
        missing = next(part for part in parts if part not in found)
        raise _missing(folder, f"{missing}.onnx")
    model = _smallest(folder, "")
    if model is None:
        raise _missing(folder, "encoder.onnx")
    name = folder.name.lower()
    kind: Kind = next((kind for part, kind in _CTC_BY_NAME.items() if part in name), "zipformer2_ctc")
    frames = _output_frames(model) if kind == "nemo_ctc" else _ASSUMED_FRAMES
    return EngineFolder(
        folder=folder, kind=kind, files={"tokens": tokens, "model": model}, stretch=frames / _ASSUMED_FRAMES
    )


def engine_available() -> bool:
    """Return whether the package that runs such models is installed."""
    return importlib.util.find_spec(PACKAGE) is not None


def package_missing() -> InputError:
    """Return what to say where it is not."""
    return InputError(
        QT_TRANSLATE_NOOP("errors", "The Python package sherpa-onnx is missing."),
        fix=QT_TRANSLATE_NOOP("errors", "Type: pip install deepstudio[sherpa]."),
    )


def _output_frames(model: Path) -> int:
    """Return how many frames of 10 ms an output stands for, as the file itself notes it; what is usual if it does not.

    Protocol buffers write an entry as key and value, each behind its tag and length: no need to read the network.
    """
    with model.open("rb") as file:
        file.seek(max(0, model.stat().st_size - _NOTES_BYTES), os.SEEK_SET)
        found = re.search(rb"subsampling_factor\x12[\x01-\x02](\d{1,2})", file.read())
    return int(found[1]) if found and int(found[1]) else _ASSUMED_FRAMES


def _smallest(folder: Path, part: str) -> Path | None:
    """Return the file of a part; of several the smallest, which is the one in eight bits."""
    found = [path for path in folder.glob("*.onnx") if part in path.name.lower()]
    return min(found, key=lambda path: (path.stat().st_size, path.name), default=None)


def _missing(folder: Path, file: str) -> InputError:
    return InputError(
        QT_TRANSLATE_NOOP("errors", "There is no streaming model of sherpa-onnx in {path}: {file} is missing."),
        fix=QT_TRANSLATE_NOOP(
            "errors", "Choose the unpacked folder of a streaming model: it holds tokens.txt and .onnx files."
        ),
        path=str(folder),
        file=file,
    )
