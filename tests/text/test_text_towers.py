"""Networks of several readers: groups of words, what each reader answers for, words moved against the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from deepstudio.core.errors import RecipeError
from deepstudio.core.job import SilentContext
from deepstudio.core.text_requests import ClassifyText, ShowStates
from deepstudio.infer.pool import ModelPool
from deepstudio.infer.text import TextPredictor
from deepstudio.models.library import ModelLibrary
from deepstudio.models.registry import build_network
from deepstudio.models.text_towers import Towers
from deepstudio.train.run_folder import RunFolder
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.text.class_loss import ClassLoss
from deepstudio.train.text.recipe import TextLossConfig
from tests.helpers.text_problems import make_recipe

SMALL: dict[str, Any] = {"vocabulary": 40, "embedding": 8, "units": 6, "filters": 5, "bag": 4, "buckets": 64}
TOKENS = torch.tensor([[5, 6, 7, 8, 9], [5, 6, 7, 0, 0], [9, 0, 0, 0, 0]])
LENGTHS = torch.tensor([5, 3, 1])


def towers(**config: Any) -> Towers:
    torch.manual_seed(0)
    network = build_network("text-towers", SMALL | config, num_classes=3)
    assert isinstance(network, Towers)
    return network


def test_the_answer_is_the_mean_of_the_readers_and_padding_changes_nothing() -> None:
    network = towers(group=3).eval()
    votes = network.classify_each(network.embed(TOKENS), LENGTHS)
    assert votes.shape == (3, 3, 3)
    assert torch.allclose(network(TOKENS, LENGTHS), votes.mean(dim=0))
    alone = network(TOKENS[1:2, :3], LENGTHS[1:2])
    assert torch.allclose(alone, network(TOKENS, LENGTHS)[1:2], atol=1e-6)


@pytest.mark.parametrize("left_out", ["units", "filters", "bag"])
def test_a_size_of_zero_leaves_a_reader_out(left_out: str) -> None:
    network = towers(**{left_out: 0}).eval()
    assert len(network.classify_each(network.embed(TOKENS), LENGTHS)) == 2
    assert network.features(TOKENS, LENGTHS).shape[1] == {"units": 20, "filters": 24, "bag": 44}[left_out]


def test_a_network_without_readers_is_refused() -> None:
    with pytest.raises(RecipeError):
        towers(units=0, filters=0, bag=0)


def test_the_bag_tells_the_order_of_words_by_their_groups() -> None:
    there, back = torch.tensor([[5, 6, 7]]), torch.tensor([[7, 6, 5]])
    length = torch.tensor([3])
    for group, same in ((1, True), (2, False)):
        network = towers(units=0, filters=0, group=group, buckets=4096).eval()
        assert torch.allclose(network(there, length), network(back, length), atol=1e-7) == same


def test_loss_is_shared_between_the_mean_and_each_reader() -> None:
    network, labels = towers(dropout=0.0), torch.tensor([0, 1, 2])
    votes = network.classify_each(network.embed(TOKENS), LENGTHS)
    together = functional.cross_entropy(votes.mean(dim=0), labels)
    alone = torch.stack([functional.cross_entropy(vote, labels) for vote in votes]).mean()
    loss, logits = ClassLoss(config=TextLossConfig(readers=0.25)).of(network, TOKENS, LENGTHS, labels)
    assert float(loss.detach()) == pytest.approx(float((0.75 * together + 0.25 * alone).detach()), abs=1e-6)
    assert torch.allclose(logits, votes.mean(dim=0))


def test_words_are_moved_to_where_the_loss_is_larger() -> None:
    network, labels = towers(dropout=0.0), torch.tensor([0, 1, 2])
    plain, _ = ClassLoss(config=TextLossConfig()).of(network, TOKENS, LENGTHS, labels)
    both, _ = ClassLoss(config=TextLossConfig(adversary=0.3)).of(network, TOKENS, LENGTHS, labels)
    moved = float((both - plain).detach())
    assert moved > float(plain.detach())
    torch.manual_seed(1)
    x = network.embed(TOKENS).detach()
    for _ in range(5):
        push = torch.randn_like(x)
        push *= 0.3 * x.flatten(1).norm(dim=1)[:, None, None] / push.flatten(1).norm(dim=1)[:, None, None]
        assert float(functional.cross_entropy(network.classify(x + push, LENGTHS), labels).detach()) < moved
    both.backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in network.parameters())


def test_such_a_network_learns_and_gives_its_reasons(data: Path, tmp_path: Path) -> None:
    sizes = {"embedding": 16, "units": 12, "filters": 8, "bag": 4, "buckets": 256}
    recipe = make_recipe(
        "moods",
        network={"architecture": "text-towers", "config": sizes},
        loss={"readers": 0.5, "adversary": 0.1},
        storage="int8",
    )
    torch.set_num_threads(1)
    request = TrainRequest(recipe=recipe, data=data, folder=RunFolder(path=tmp_path / "run"))
    finished = run_training(request, SilentContext())
    assert finished.card is not None and (finished.card.figure("accuracy") or pytest.fail("no figure")).value > 0.9
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "moods.safetensors").write_bytes(finished.path.read_bytes())
    predictor = TextPredictor(ModelPool(ModelLibrary(tmp_path / "models", tmp_path / "none"), "cpu"))
    text = "a good day"
    answer = predictor.classify(ClassifyText(text=text, model="moods"), SilentContext())
    assert answer.contributions is not None and len(answer.contributions) == answer.tokens
    assert np.isfinite(answer.contributions).all() and np.abs(answer.contributions).max() > 0
    assert predictor.states(ShowStates(text=text, model="moods"), SilentContext()).cell == "lstm"
