"""What an objective tells of a network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from deepstudio.train.checkpoint import read_checkpoint, write_checkpoint
from deepstudio.train.objective import Validation


def test_figures_of_numpy_come_back_from_a_checkpoint(tmp_path: Path) -> None:
    validation = Validation(score=np.float64(0.5), metrics={"validation_loss": np.float64(0.7)})
    write_checkpoint(tmp_path / "checkpoint.pt", {"score": validation.score, "figures": dict(validation.metrics)})
    state = read_checkpoint(tmp_path / "checkpoint.pt", torch.device("cpu"))
    assert state == {"score": 0.5, "figures": {"validation_loss": 0.7}}
