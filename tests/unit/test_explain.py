from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from deepstudio.core.errors import InputError, JobCancelled, UnknownNameError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.requests import ExplainImage, Explanation, ImageSource
from deepstudio.explain.grad_cam import grad_cam
from deepstudio.explain.image import ImageExplainer, baseline_for, logits_of
from deepstudio.explain.integrated_gradients import integrated_gradients
from deepstudio.infer.image import ImagePredictor
from deepstudio.models.hooks import catch_input, catch_output
from tests.helpers.contexts import RecordingContext
from tests.helpers.tiny_models import library_in, write_model

BOTH = ("grad-cam", "integrated-gradients")


class TinyNet(nn.Module):
    """Two convolutions, the mean over each map, one linear layer; the activation works in place."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(inplace=True), nn.Conv2d(8, 8, 5, padding=2), nn.ReLU(inplace=True)
        )
        self.head = nn.Linear(8, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.body(x).mean(dim=(2, 3)))

    def last_conv(self) -> nn.Module:
        return self.body[2]


def scenes(count: int, generator: torch.Generator) -> tuple[Tensor, Tensor, list[tuple[int, int]]]:
    """Return noise with a bright 6x6 square in every second picture, the labels, and where the squares are."""
    x = 0.3 * torch.rand(count, 1, 32, 32, generator=generator)
    places = []
    for index in range(count):
        row, column = torch.randint(0, 26, (2,), generator=generator).tolist()
        places.append((row, column))
        if index % 2:
            x[index, :, row : row + 6, column : column + 6] += 0.8
    return x, torch.arange(count) % 2, places


@pytest.fixture(scope="module")
def trained() -> TinyNet:
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(1)
    network = TinyNet()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-2)
    for _ in range(60):
        x, labels, _ = scenes(16, generator)
        loss = nn.functional.cross_entropy(network(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.2
    optimizer.zero_grad()
    return network.eval().requires_grad_(False)


def hooks_of(network: nn.Module) -> int:
    return sum(len(m._forward_hooks) + len(m._forward_pre_hooks) + len(m._backward_hooks) for m in network.modules())


def test_grad_cam_finds_the_planted_square(trained: TinyNet) -> None:
    x, _, places = scenes(20, torch.Generator().manual_seed(7))
    heat = grad_cam(trained, x, 1)
    assert heat.shape == (20, 32, 32)
    for index in range(1, 20, 2):
        row, column = divmod(int(heat[index].argmax()), 32)
        top, left = places[index]
        assert top - 2 <= row < top + 8 and left - 2 <= column < left + 8
        inside = heat[index, max(top - 2, 0) : top + 8, max(left - 2, 0) : left + 8].sum()
        assert inside > 0.5 * heat[index].sum()


def test_grad_cam_of_a_batch_is_that_of_single_pictures(trained: TinyNet) -> None:
    x, _, _ = scenes(5, torch.Generator().manual_seed(3))
    together = grad_cam(trained, x, 1)
    for index in range(5):
        torch.testing.assert_close(together[index], grad_cam(trained, x[index : index + 1], 1)[0], atol=1e-6, rtol=1e-4)


def test_integrated_gradients_add_up_to_the_difference(trained: TinyNet) -> None:
    x, _, _ = scenes(4, torch.Generator().manual_seed(4))
    baseline = torch.zeros_like(x)
    attributions = integrated_gradients(trained, x, 1, baseline_BCHW=baseline)
    difference = trained(x)[:, 1] - trained(baseline)[:, 1]
    torch.testing.assert_close(attributions.sum(dim=(1, 2, 3)), difference, atol=0.02, rtol=0.01)


def test_integrated_gradients_point_at_the_square(trained: TinyNet) -> None:
    x, _, places = scenes(6, torch.Generator().manual_seed(5))
    attributions = integrated_gradients(trained, x, 1, baseline_BCHW=torch.zeros_like(x)).abs().sum(dim=1)
    for index in (1, 3, 5):
        top, left = places[index]
        inside = attributions[index, top : top + 6, left : left + 6].mean()
        assert inside > 4 * attributions[index].mean()


def test_no_hook_stays_behind(trained: TinyNet) -> None:
    x = torch.zeros(1, 1, 32, 32)
    grad_cam(trained, x, 0)
    with pytest.raises(RuntimeError):
        grad_cam(trained, torch.zeros(1, 3, 32, 32), 0)
    with pytest.raises(KeyError), catch_output(trained.last_conv()), catch_input(trained.head):
        raise KeyError
    assert hooks_of(trained) == 0
    assert all(parameter.grad is None for parameter in trained.parameters())


def explain(
    folder: Path, source: ImageSource, context: RecordingContext | None = None, **options: object
) -> list[Explanation]:
    explainer = ImageExplainer(ImagePredictor(library_in(folder), "cpu"))
    request = ExplainImage(source=source, **{"model": "tiny", "label": 1, "methods": BOTH, **options})
    context = context or RecordingContext()
    results = explainer.explain(request, context)
    assert list(results) == context.partials
    return list(results)


def noise(height: int, width: int) -> ImageSource:
    return ImageSource(name="x", pixels=np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8))


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("fit", ["crop", "squash", "pad"])
def test_heat_lies_over_what_the_network_saw(tmp_path: Path, fit: str, mirror: bool) -> None:
    write_model(tmp_path, preprocessing=Preprocessing(fit=fit, mirror=mirror))
    for explanation in explain(tmp_path, noise(60, 100)):
        assert explanation.heat.dtype == np.float32
        assert explanation.heat.min() >= 0 and explanation.heat.max() <= 1
        left, top, width, height = explanation.region
        assert (left, top, width, height) == ((20, 0, 60, 60) if fit == "crop" else (0, 0, 100, 60))
        shape = explanation.heat.shape
        assert shape[1] / shape[0] == pytest.approx(1.0 if fit == "squash" else width / height, rel=0.05)
        assert not explanation.heat.flags.writeable


def test_digits_are_explained_where_they_are(tmp_path: Path) -> None:
    write_model(tmp_path, preprocessing=Preprocessing(height=28, width=28, channels=1, fit="digit"))
    pixels = np.full((200, 300, 3), 255, np.uint8)
    pixels[80:140, 220:232] = 0
    (explanation,) = explain(tmp_path, ImageSource(name="1", pixels=pixels), methods=("grad-cam",))
    left, top, width, height = explanation.region
    assert left > 160 and left + width <= 300 and top > 40 and top + height < 180


def test_regions_of_reduced_photos_are_in_pixels_of_the_whole(tmp_path: Path) -> None:
    write_model(tmp_path)
    (explanation,) = explain(tmp_path, noise(1500, 3000), methods=("grad-cam",))
    assert explanation.region == (750, 0, 1500, 1500)


def test_completeness_holds_through_the_model_as_it_predicts(tmp_path: Path) -> None:
    write_model(tmp_path, preprocessing=Preprocessing(mirror=True, mean=(0.5,), std=(0.25,)))
    loaded = ImagePredictor(library_in(tmp_path), "cpu").load("tiny", RecordingContext())
    x = torch.rand(1, 3, 32, 32)
    baseline = baseline_for(loaded, x)
    forward = logits_of(loaded)
    attributions = integrated_gradients(forward, x, 2, baseline_BCHW=baseline, steps=200)
    expected = (forward(x) - forward(baseline))[0, 2].item()
    assert attributions.sum().item() == pytest.approx(expected, abs=0.02 + 0.03 * abs(expected))


def test_superseded_work_stops_soon(tmp_path: Path) -> None:
    write_model(tmp_path, preprocessing=Preprocessing(height=256, width=256))
    context = RecordingContext(cancel_at=6)
    start = time.perf_counter()
    with pytest.raises(JobCancelled):
        explain(tmp_path, noise(256, 256), context)
    assert context.checks == 6
    assert time.perf_counter() - start < 20
    assert len(context.partials) <= 1


def test_what_cannot_be_explained_says_so(tmp_path: Path) -> None:
    write_model(tmp_path)
    with pytest.raises(InputError, match="no label number 3"):
        explain(tmp_path, noise(40, 40), label=3)
    with pytest.raises(UnknownNameError, match="grad-cam"):
        explain(tmp_path, noise(40, 40), methods=("grad-cat",))
    with pytest.raises(InputError, match="is empty"):
        explain(tmp_path, ImageSource(name="e.png", content=b""))


@pytest.mark.gpu
def test_a_gpu_explains_as_the_cpu_does(tmp_path: Path) -> None:
    write_model(tmp_path)
    request = ExplainImage(source=noise(64, 64), model="tiny", label=1, methods=BOTH)
    results = [
        ImageExplainer(ImagePredictor(library_in(tmp_path), device)).explain(request, RecordingContext())
        for device in ("auto", "cpu")
    ]
    for ours, theirs in zip(*results, strict=True):
        assert np.abs(ours.heat - theirs.heat).mean() < 0.02


def test_captum_comes_without_what_is_not_used() -> None:
    script = (
        "import sys\n"
        "from deepstudio.explain.captum_parts import captum_module\n"
        "name = 'captum.attr._core.integrated_gradients'\n"
        "part = captum_module(name)\n"
        "assert captum_module(name) is part\n"
        "assert not {'matplotlib', 'captum', 'captum.attr'} & set(sys.modules)\n"
        "import captum.attr\n"
        "assert captum.attr.IntegratedGradients is part.IntegratedGradients\n"
        "assert captum_module('captum.attr._core.saliency').Saliency is captum.attr.Saliency\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
