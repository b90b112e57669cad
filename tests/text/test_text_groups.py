"""Linear readers of groups: what groups are, that fitting tells classes apart, and that they vote and give reasons."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from deepstudio.core.job import SilentContext
from deepstudio.core.text_requests import ClassifyText
from deepstudio.infer.pool import ModelPool
from deepstudio.infer.text import TextPredictor
from deepstudio.models.library import ModelLibrary
from deepstudio.models.registry import build_network
from deepstudio.models.text_groups import GroupReader, Groups, Spelling
from deepstudio.models.text_towers import Towers
from deepstudio.train.run_folder import RunFolder
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.text.linear_fit import fit_linear_readers, fit_reader
from tests.helpers.text_problems import make_recipe

PIECES = [
    "<pad>",
    "<unk>",
    "<s>",
    "</s>",
    "▁Call",
    "▁C",
    "all",
    "▁",
    "0",
    "1",
    "!",
    "▁now",
    "▁FREE",
    "▁Free",
    "▁no",
    "w",
]
KINDS = ("words", "letters")


def spelling() -> Spelling:
    made = Spelling(len(PIECES))
    made.take(PIECES)
    return made


def tokens(*pieces: str) -> torch.Tensor:
    return torch.tensor([[PIECES.index(piece) for piece in pieces]])


def found(groups: Groups) -> list[int]:
    return sorted(groups.keys.tolist())


@pytest.mark.parametrize("kind", KINDS)
def test_groups_do_not_depend_on_where_a_text_is_cut(kind: str) -> None:
    read = getattr(spelling(), kind)
    whole, cut = read(tokens("▁Call", "▁now")), read(tokens("▁C", "all", "▁no", "w"))
    assert found(whole) == found(cut)
    assert found(whole) != found(read(tokens("▁now", "▁Call")))
    assert max(whole.places.tolist()) == 1 and max(cut.places.tolist()) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_texts_of_a_batch_share_no_group(kind: str) -> None:
    read = getattr(spelling(), kind)
    first, second = tokens("▁Call", "▁now", "!"), tokens("▁FREE", "0", "1")
    together = read(torch.cat([first, second]))
    assert found(together) == sorted(found(read(first)) + found(read(second)))
    padded = torch.cat([first, torch.zeros(1, 2, dtype=torch.int64)], dim=1)
    assert found(read(padded)) == found(read(first))


def test_capitals_count_for_shapes_alone_and_every_digit_is_alike() -> None:
    read = spelling().words
    loud, quiet = set(found(read(tokens("▁FREE")))), set(found(read(tokens("▁Free"))))
    assert loud & quiet and loud - quiet  # the same word, of another shape
    assert found(read(tokens("▁", "0", "1"))) == found(read(tokens("▁", "1", "0")))


def test_nothing_to_read_gives_the_bias() -> None:
    reader = GroupReader("words", 4, 2)
    reader.bias.data.copy_(torch.tensor([1.0, -1.0]))
    for nothing in (torch.zeros(2, 3, dtype=torch.int64), tokens("▁")):
        assert torch.equal(reader(reader.embed(spelling(), nothing))[0], reader.bias)


@pytest.mark.parametrize("kind", KINDS)
def test_fitting_tells_classes_apart_and_the_rarer_one_counts_as_much(kind: str) -> None:
    texts = [tokens("▁Call", "▁now", "!")] * 3 + [tokens("▁no", "w", "0")] * 40
    rows, labels = [text[0].numpy() for text in texts], np.array([1] * 3 + [0] * 40)
    reader = GroupReader(kind, 100, 2)
    fit_reader(reader, spelling(), rows, labels)
    loud, quiet = (reader(reader.embed(spelling(), text))[0] for text in (texts[0], texts[-1]))
    assert loud.argmax() == 1 and quiet.argmax() == 0
    assert float(loud[1] - loud[0]) == pytest.approx(float(quiet[0] - quiet[1]), rel=0.35)
    twice = tokens("▁no", "w", "0", "▁no", "w", "0")
    said = reader.embed(spelling(), twice)
    assert torch.allclose(said.sum(dim=1)[0] + reader.bias, reader(said)[0])
    assert torch.equal(said[0, 0], said[0, 1])  # tokens of one word
    longer = torch.cat([twice, torch.zeros(1, 2, dtype=torch.int64)], dim=1)
    assert torch.allclose(reader.embed(spelling(), longer), torch.nn.functional.pad(said, (0, 0, 0, 2)))


def test_linear_readers_are_silent_while_others_learn_and_have_their_votes_after() -> None:
    torch.manual_seed(0)
    config = {"vocabulary": len(PIECES), "embedding": 4, "units": 0, "filters": 3, "bag": 0}
    network = build_network("text-towers", config | {"linear": "both", "linear_votes": 2.0}, num_classes=2)
    assert isinstance(network, Towers)
    texts = [tokens("▁Call", "▁now", "!"), tokens("▁no", "w", "0")]
    fit_linear_readers(network, PIECES, [text[0].numpy() for text in texts] * 4, np.array([1, 0] * 4))
    lengths = torch.tensor([3])
    network.train()
    assert len(network.classify_each(network.prepared(texts[0]), lengths)) == 1
    network.eval()
    votes = network.classify_each(network.embed(texts[0]), lengths)
    assert len(votes) == 3
    assert torch.allclose(network(texts[0], lengths), votes.sum(dim=0) / 5)
    assert not any(parameter.requires_grad for parameter in network.linear.parameters())


def test_a_network_with_a_linear_reader_learns_is_kept_and_gives_its_reasons(data: Path, tmp_path: Path) -> None:
    sizes = {"embedding": 16, "units": 0, "filters": 8, "bag": 0, "linear": "words", "linear_places": 500}
    recipe = make_recipe(
        "moods",
        network={"architecture": "text-towers", "config": sizes},
        loss={"adversary": 0.1},
        storage="int8",
    )
    torch.set_num_threads(1)
    finished = run_training(
        TrainRequest(recipe=recipe, data=data, folder=RunFolder(path=tmp_path / "run")), SilentContext()
    )
    assert finished.card is not None and (finished.card.figure("accuracy") or pytest.fail("no figure")).value > 0.9
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "moods.safetensors").write_bytes(finished.path.read_bytes())
    predictor = TextPredictor(ModelPool(ModelLibrary(tmp_path / "models", tmp_path / "none"), "cpu"))
    answer = predictor.classify(ClassifyText(text="a good day", model="moods"), SilentContext())
    assert answer.contributions is not None and len(answer.contributions) == answer.tokens
    assert np.isfinite(answer.contributions).all() and np.abs(answer.contributions).max() > 0
