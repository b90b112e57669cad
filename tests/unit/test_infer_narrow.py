"""Answers in bf16: as those in float32 to within rounding, for large networks on processors that have it alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from deepstudio.core.requests import ImageAnswer, ImageSource, PredictImages
from deepstudio.infer import narrow
from deepstudio.infer.image import ImagePredictor
from deepstudio.infer.narrow import narrowed
from deepstudio.models.modelfile import load_model
from deepstudio.models.registry import build_network
from tests.helpers.contexts import RecordingContext
from tests.helpers.tiny_models import library_in, write_model


def answers(folder: Path, predictor: ImagePredictor) -> list[ImageAnswer]:
    context = RecordingContext()
    random = np.random.default_rng(3)
    pictures = [ImageSource(name=str(i), pixels=random.integers(0, 255, (40, 40, 3), np.uint8)) for i in range(12)]
    predictor.predict(PredictImages(sources=tuple(pictures), models=("tiny",)), context)
    return [answer for answer in context.partials if isinstance(answer, ImageAnswer)]


def test_only_products_are_rounded() -> None:
    torch.manual_seed(0)
    network = build_network("speednet", {"widths": [16, 24, 32], "logit_scale": 1.0}, num_classes=4).eval()
    x = torch.randn(20, 3, 32, 32)
    copied = narrowed(network)
    with torch.no_grad():
        exact, rounded = network(x), copied(x)
    assert rounded.dtype == torch.float32
    assert 0 < (rounded - exact).abs().max() < 0.02 * exact.abs().max()
    kinds = [layer.weight.dtype for layer in copied.modules() if isinstance(layer, nn.Conv2d)]
    assert kinds[0] == torch.float32 and set(kinds[1:]) == {torch.bfloat16}
    assert all(parameter.dtype == torch.float32 for parameter in network.parameters())


@pytest.mark.parametrize(("fast", "least", "used"), [(True, 1, True), (True, 10**9, False), (False, 1, False)])
def test_it_is_used_where_it_pays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast: bool, least: int, used: bool
) -> None:
    write_model(tmp_path, rejection=True)
    library = library_in(tmp_path)
    exact = answers(tmp_path, ImagePredictor(library, "cpu"))
    monkeypatch.setattr(narrow, "cpu_is_fast_at_bf16", lambda: fast)
    monkeypatch.setattr(narrow, "_PAYS_FROM", least)
    predictor = ImagePredictor(library, "cpu")
    found = answers(tmp_path, predictor)
    probabilities, same = (np.stack([a.probabilities for a in part]) for part in (found, exact))
    assert np.array_equal(probabilities, same) != used
    np.testing.assert_allclose(probabilities, same, atol=0.01)
    assert [a.unknown for a in found] == pytest.approx([a.unknown for a in exact], abs=0.05)
    whole = load_model(tmp_path / "tiny.safetensors", torch.device("cpu")).network.state_dict()
    kept = predictor.load("tiny", RecordingContext()).network.state_dict()  # what explanations use
    assert all(torch.equal(kept[name], weight) for name, weight in whole.items())


def test_one_picture_for_a_small_network_is_not_shared_among_threads(tmp_path: Path) -> None:
    write_model(tmp_path)
    predictor = ImagePredictor(library_in(tmp_path), "cpu")
    seen: list[int] = []
    network = predictor.pool.answering("tiny", (), RecordingContext()).network
    network.register_forward_pre_hook(lambda layer, inputs: seen.append(torch.get_num_threads()))
    usual = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        for count in (1, 2):
            pictures = tuple(ImageSource(name="x", pixels=np.zeros((32, 32, 3), np.uint8)) for _ in range(count))
            predictor.predict(PredictImages(sources=pictures, models=("tiny",)), RecordingContext())
            assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(usual)
    assert seen == [1, 1, 1]  # two pictures come one by one: the first answer soon, the rest fast


def test_what_counts_as_small() -> None:
    small = build_network("speednet", {"widths": [16, 24, 32]}, num_classes=4)
    assert narrow.is_quick(small) and narrow.is_quick(narrowed(small))
    wide = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 3), nn.Linear(2000, 1000))
    assert not narrow.is_quick(wide) and narrow.is_quick(narrowed(wide))
