"""Checkpoints: all that a run needs to go on bit for bit, written whole or not at all. In the lane.

Data order and augmentation are functions of (seed, epoch, step), so their state is the position in the run.
"""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

import torch

from deepstudio.core.errors import InputError
from deepstudio.core.files import write_bytes_atomic
from deepstudio.core.words import QT_TRANSLATE_NOOP


def random_states(device: torch.device) -> dict[str, torch.Tensor]:
    """Return the states of torch's own generators (dropout draws from them)."""
    states = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    if device.type == "mps":
        states["mps"] = torch.mps.get_rng_state()
    return states


def restore_random_states(states: dict[str, torch.Tensor], device: torch.device) -> None:
    """Set the generators as `random_states` found them; those of another device are left alone."""
    torch.set_rng_state(states["cpu"].cpu())
    if device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"].cpu(), device)
    if device.type == "mps" and "mps" in states:
        torch.mps.set_rng_state(states["mps"].cpu())


def write_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Write `state` (tensors and plain values) to `path` atomically. Raises OSError as the disk does."""
    # Into memory first: torch turns a full disk into an error that no longer says so.
    content = io.BytesIO()
    torch.save(state, content)
    write_bytes_atomic(path, content.getbuffer())


def read_checkpoint(path: Path, device: torch.device) -> dict[str, Any]:
    """Return the state in `path`; raises InputError if it is missing or damaged."""
    try:
        state = torch.load(path, map_location=device, weights_only=True)
    except FileNotFoundError as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no checkpoint {path}."), path=str(path)) from error
    except (RuntimeError, pickle.UnpicklingError, EOFError, ValueError) as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "The checkpoint {path} is damaged."), path=str(path)) from error
    assert isinstance(state, dict)
    return state
