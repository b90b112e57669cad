"""What is checked before a run, its memory and its texts included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from deepstudio.core.config import from_mapping
from deepstudio.core.job import SilentContext
from deepstudio.data.checks import CHECKS, Finding, Severity
from deepstudio.data.thumbnails import ReadThumbnails, Thumbnail, read_thumbnails
from deepstudio.models.registry import build_network
from deepstudio.train.network_memory import kept_bytes, step_memory
from deepstudio.train.preflight import NETWORK_MEMORY, PreflightRequest, check_titles, run_preflight
from deepstudio.train.recipe import NetworkConfig, Recipe
from deepstudio.train.text.recipe import TextRecipe
from tests.helpers.contexts import RecordingContext


def test_a_run_is_checked_with_its_own_settings(corners: Path, recipe: Recipe) -> None:
    (corners / "train" / "top" / "1.png").write_bytes(b"broken")
    context = RecordingContext()
    report = run_preflight(PreflightRequest(recipe=recipe, data=corners, device="cpu"), context)
    found = {finding.check: finding for finding in report.findings}
    assert found["unreadable"].items == ("train/top/1.png",)
    memory = found[NETWORK_MEMORY]
    assert memory.severity is Severity.INFO and "batches of 12" in memory.text()
    assert [c.label for c in report.classes] == ["bottom", "top"]
    assert sum(isinstance(partial, Finding) for partial in context.partials) == len(report.findings)
    assert report.findings[0].check == "unreadable"  # worst first


def test_a_network_that_cannot_be_built_blocks(corners: Path, recipe: Recipe) -> None:
    recipe = replace(recipe, network=NetworkConfig(architecture="article-two-blocks", config={"height": 8, "width": 8}))
    report = run_preflight(PreflightRequest(recipe=recipe, data=corners, checks=(NETWORK_MEMORY,)), SilentContext())
    assert report.blocked and "too small" in report.findings[0].text()


def test_batches_beyond_the_memory_block_with_a_way_out(corners: Path, recipe: Recipe) -> None:
    huge = replace(recipe, training=replace(recipe.training, batch_size=1_000_000))
    huge = replace(huge, preprocessing=replace(huge.preprocessing, height=28, width=28))
    huge = replace(huge, network=NetworkConfig(architecture="speednet", config={"in_channels": 1}))
    request = PreflightRequest(recipe=huge, data=corners, checks=(NETWORK_MEMORY,), device="cpu")
    found = run_preflight(request, SilentContext()).findings[0]
    assert found.severity is Severity.BLOCKS
    assert found.fixes[0].settings == {"training.batch_size": 500_000, "optimizer.lr": recipe.optimizer.lr / 2}


@pytest.mark.parametrize(
    ("architecture", "config", "side"),
    [("speednet", {"widths": [16, 32, 32], "depth": 3}, 32), ("article-two-blocks", {"batch_norm": True}, 32)],
)
def test_the_estimate_knows_what_autograd_really_keeps(architecture: str, config: dict[str, object], side: int) -> None:
    network = build_network(architecture, config, num_classes=5)
    x = torch.randn(7, 3, side, side)
    real = kept_bytes(network, x)
    with torch.device("meta"):
        shadow = build_network(architecture, config, num_classes=5)
        imagined = kept_bytes(shadow, torch.empty(7, 3, side, side))
    assert sum(imagined) == pytest.approx(sum(real), rel=0.1)
    recipe = from_mapping(
        Recipe,
        {
            "name": "x",
            "network": {"architecture": architecture, "config": config},
            "training": {"batch_size": 7, "precision": "float32", "ema": 0.9},
            "optimizer": {"name": "adam"},
        },
        where="the test",
    )
    memory = step_memory(recipe, num_classes=5, device=torch.device("cpu"))
    trained = sum(p.nbytes for p in network.parameters() if p.requires_grad)
    assert (memory.gradients, memory.optimizer) == (trained, 2 * trained)
    assert memory.average == memory.weights == sum(t.nbytes for t in network.state_dict().values())
    assert memory.activations == sum(imagined) + x.nbytes


def test_texts_are_checked_too(tmp_path: Path) -> None:
    lines = [f"A line about thing number {number},{'good' if number % 2 else 'bad'}" for number in range(40)]
    (tmp_path / "train.csv").write_text(
        "text,label\n" + "\n".join([*lines, ",good", "a line about THING number 3,bad"])
    )
    recipe = from_mapping(TextRecipe, {"name": "t", "data": {"train": ["train.csv"]}}, where="the test")
    report = run_preflight(PreflightRequest(recipe=recipe, data=tmp_path), SilentContext())
    assert {finding.check for finding in report.findings} == {"text-empty", "text-duplicates", "network-memory"}
    assert report.samples == 42 and dict(report.classes[1].counts) == {"train": 21}
    assert run_preflight(PreflightRequest(recipe=recipe, data=tmp_path / "train.csv"), SilentContext()).samples == 42


def test_every_check_has_a_title() -> None:
    titles = check_titles()
    assert set(CHECKS) < set(titles) and all(titles.values())


def test_thumbnails_come_by_name(corners: Path) -> None:
    context = RecordingContext()
    names = ("train/top/1.png", "train/top/gone.png", "test/bottom/0.png")
    assert read_thumbnails(ReadThumbnails(data=corners, names=names, side=8), context) == 2
    found = [partial for partial in context.partials if isinstance(partial, Thumbnail)]
    assert [thumbnail.name for thumbnail in found] == list(names)
    assert found[0].pixels is not None and found[0].pixels.shape == (8, 8, 3) and not found[0].pixels.flags.writeable
    assert found[1].failure is not None and "gone.png" in found[1].failure.text()
