"""Networks that are built to be filled from a file draw no weights."""

from __future__ import annotations

import subprocess
import sys

import torch
from torch import nn

from deepstudio.models.first_weights import without_first_weights

_LOAD = """
import sys
from pathlib import Path

import torch

from deepstudio.models.modelfile import load_model

loaded = load_model(Path(sys.argv[1]), torch.device("cpu"))
assert all(torch.isfinite(weight).all() for weight in loaded.network.state_dict().values())
print("torch._dynamo" in sys.modules)
"""


def test_layers_draw_nothing_within_and_draw_again_after() -> None:
    torch.manual_seed(0)
    before = torch.random.get_rng_state()
    with without_first_weights():
        nn.Embedding(10, 4)
        nn.Linear(4, 4)
        nn.LSTM(4, 4)
    assert torch.equal(torch.random.get_rng_state(), before)
    assert nn.Linear(4, 4).weight.std() > 0
    assert not torch.equal(torch.random.get_rng_state(), before)


def test_opening_a_model_of_words_does_not_import_the_compiler() -> None:
    from deepstudio.core.paths import shipped_models_dir

    model = str(shipped_models_dir() / "sentiment.safetensors")
    answer = subprocess.run(
        [sys.executable, "-c", _LOAD, model], capture_output=True, text=True, timeout=300, check=False
    )
    assert (answer.returncode, answer.stdout.strip()) == (0, "False"), answer.stderr
