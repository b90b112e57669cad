"""Speech engines of other makers, as a folder of files: which model lies in it. Imports nothing heavy; any thread.

The files of the streaming models of sherpa-onnx (https://k2-fsa.github.io/sherpa/onnx/) are told apart by their names,
which all of its published models follow.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

PACKAGE = "sherpa_onnx"
Kind = Literal["transducer", "paraformer", "zipformer2_ctc", "nemo_ctc", "wenet_ctc", "t_one_ctc"]
_CTC_BY_NAME: Mapping[str, Kind] = {"nemo": "nemo_ctc", "wenet": "wenet_ctc", "t-one": "t_one_ctc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFolder:
    """A streaming model: its kind, and its files by the part they play (tokens, encoder, decoder, joiner, model)."""

    folder: Path
    kind: Kind
    files: Mapping[str, Path]

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
        return EngineFolder(folder=folder, kind="paraformer", files=files)
    if found:
        missing = next(part for part in parts if part not in found)
        raise _missing(folder, f"{missing}.onnx")
    model = _smallest(folder, "")
    if model is None:
        raise _missing(folder, "encoder.onnx")
    name = folder.name.lower()
    kind: Kind = next((kind for part, kind in _CTC_BY_NAME.items() if part in name), "zipformer2_ctc")
    return EngineFolder(folder=folder, kind=kind, files={"tokens": tokens, "model": model})


def engine_available() -> bool:
    """Return whether the package that runs such models is installed."""
    return importlib.util.find_spec(PACKAGE) is not None


def package_missing() -> InputError:
    """Return what to say where it is not."""
    return InputError(
        QT_TRANSLATE_NOOP("errors", "The Python package sherpa-onnx is missing."),
        fix=QT_TRANSLATE_NOOP("errors", "Type: pip install deepstudio[sherpa]."),
    )


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
