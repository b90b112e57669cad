"""The "none of these" answer tells a strange cluster from known ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from deepstudio.models.card import ModelCard, RejectionInfo
from deepstudio.models.modelfile import load_model, save_model
from deepstudio.models.registry import build_network
from deepstudio.models.rejection import SCORES, chance, fit_statistics, unknown_chance
from deepstudio.train.evaluation import Outputs
from deepstudio.train.finish import _fit_rejection


def clusters(count: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % 3
    centres = torch.eye(3, 8) * 6
    return centres[labels] + torch.randn(count, 8, generator=generator), labels


def outputs(features: torch.Tensor, labels: torch.Tensor) -> Outputs:
    return Outputs(logits=features[:, :3], features=features, labels=labels)


@pytest.mark.parametrize("name", list(SCORES))
def test_scores_are_higher_for_the_strange(name: str) -> None:
    features, labels = clusters(600, 0)
    extras = fit_statistics(features, labels, 3)
    strange = torch.randn(200, 8, generator=torch.Generator().manual_seed(9)) + torch.tensor([0.0] * 7 + [8.0])
    known = SCORES[name](extras, features, features[:, :3])
    unknown = SCORES[name](extras, strange, strange[:, :3])
    assert unknown.median() > known.quantile(0.9)


def test_one_known_picture_in_twenty_is_rejected_and_most_strange_ones() -> None:
    train, validation, fresh = (outputs(*clusters(900, seed)) for seed in (0, 1, 2))
    strange = torch.randn(300, 8, generator=torch.Generator().manual_seed(5))
    info, extras = _fit_rejection(train, validation, [outputs(strange, torch.zeros(300, dtype=torch.long))], 0.05)
    score = SCORES[info.method]
    false = (chance(info, score(extras, fresh.features, fresh.logits)) > 0.5).float().mean()
    right = (chance(info, score(extras, strange, strange[:, :3])) > 0.5).float().mean()
    assert 0.02 < false < 0.09
    assert right > 0.8


def test_the_answer_travels_in_the_file(tmp_path: Path) -> None:
    config = {"widths": [8, 8, 8]}
    network = build_network("speednet", config, num_classes=3)
    features, labels = clusters(300, 0)
    card = ModelCard(
        name="r",
        title="r",
        task="image-classification",
        architecture="speednet",
        config=config,
        labels=tuple("abc"),
        rejection=RejectionInfo(method="mahalanobis", threshold=1.0, slope=2.0),
    )
    extras = fit_statistics(features, labels, 3)
    save_model(tmp_path / "r.safetensors", card, network, extras)
    loaded = load_model(tmp_path / "r.safetensors", torch.device("cpu"))
    found = unknown_chance(loaded, features, features[:, :3])
    assert card.rejection is not None
    expected = chance(card.rejection, SCORES["mahalanobis"](extras, features, features[:, :3]))
    assert found is not None and torch.allclose(found, expected, atol=0.05)
