"""Networks on text: layers against torch's own, the random field against brute force, every network of the registry."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from deepstudio.core.errors import RecipeError
from deepstudio.core.text_input import BEGIN, END
from deepstudio.infer.text_states import recurrent_values
from deepstudio.models.card import ModelCard
from deepstudio.models.hooks import catch_input
from deepstudio.models.modelfile import load_model, save_model
from deepstudio.models.registry import build_network, networks
from deepstudio.models.text_beam import beam_search
from deepstudio.models.text_crf import ConditionalRandomField
from deepstudio.models.text_elman import ElmanRnn
from deepstudio.models.text_language import LanguageModel, SkipGram
from deepstudio.models.text_layers import CELLS, RecurrentLayer, max_pool, mean_pool, recur
from deepstudio.models.text_repeats import Repeats
from deepstudio.models.text_taggers import BiLstmCrf
from deepstudio.models.text_translators import Translator

LENGTHS = torch.tensor([7, 1, 4])
TEXT_NETWORKS = [name for name in networks().names() if networks().get(name).input == "text"]
SMALL: dict[str, dict[str, Any]] = {
    "text-bilstm-crf": {"vocabulary": 40, "embedding": 8, "units": [8], "letter_filters": 8, "dropout": 0.0},
    "text-seq2seq": {
        "vocabulary": 40,
        "embedding": 16,
        "units": 16,
        "encoder_units": 16,
        "encoder_layers": 2,
        "dropout": 0.0,
        "word_dropout": 0.0,
        "target_dropout": 0.0,
    },
    "text-lstm-lm": {"vocabulary": 40, "embedding": 16, "units": 16, "weight_dropout": 0.3},
    "text-skip-gram": {"vocabulary": 40, "embedding": 8},
    "text-transformer": {
        "vocabulary": 40,
        "embedding": 16,
        "layers": 1,
        "heads": 2,
        "feed_forward": 16,
        "dropout": 0.0,
    },
    "text-cnn": {"vocabulary": 40, "embedding": 8, "filters": 8, "dropout": 0.0},
    "text-self-attention": {"vocabulary": 40, "embedding": 16, "heads": 2, "dropout": 0.0},
    "text-towers": {
        "vocabulary": 40,
        "embedding": 8,
        "units": 8,
        "filters": 8,
        "bag": 8,
        "buckets": 64,
        "dropout": 0.0,
    },
}


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_padded_layers_equal_packed_ones(cell: str) -> None:
    torch.manual_seed(0)
    layer = RecurrentLayer(5, 6, cell=cell, bidirectional=True)
    packed = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](5, 6, batch_first=True, bidirectional=True)
    assert layer.back is not None
    for name, weight in layer.ahead.named_parameters():
        packed.get_parameter(name).data = weight.data
        packed.get_parameter(f"{name}_reverse").data = layer.back.get_parameter(name).data
    x = torch.randn(3, 7, 5)
    order = nn.utils.rnn.pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
    expected, last = packed(order)
    expected, _ = nn.utils.rnn.pad_packed_sequence(expected, batch_first=True)
    hidden = last[0] if cell == "lstm" else last
    outputs, ours = layer(x, LENGTHS)
    assert torch.allclose(outputs, expected, atol=1e-6)
    assert torch.allclose(ours, torch.cat([hidden[0], hidden[1]], dim=1), atol=1e-6)


@pytest.mark.parametrize("picked", [slice(None), slice(-1, None)], ids=["all", "last"])
def test_simple_rnn_learns_as_torchs_own(picked: slice) -> None:
    torch.manual_seed(0)
    layer = ElmanRnn(5, 6, batch_first=True)
    own = nn.RNN(5, 6, batch_first=True)
    own.load_state_dict(layer.state_dict())
    x = torch.randn(3, 9, 5, requires_grad=True)
    wanted = torch.randn(3, 9, 6)[:, picked]
    expected = torch.autograd.grad((own(x)[0][:, picked] * wanted).sum(), [x, *own.parameters()])
    found = torch.autograd.grad((layer(x)[0][:, picked] * wanted).sum(), [x, *layer.parameters()])
    for mine, theirs in zip(found, expected, strict=True):
        assert torch.allclose(mine, theirs, atol=1e-5)


def test_the_input_of_a_simple_rnn_can_be_caught() -> None:
    layer = RecurrentLayer(5, 6, cell="rnn")
    with catch_input(layer.ahead) as caught:
        layer(torch.randn(3, 7, 5), LENGTHS)
    assert caught.take().shape == (3, 7, 5)


def test_simple_rnn_keeps_float32_and_the_threads_arithmetic() -> None:
    torch.manual_seed(0)
    layer = ElmanRnn(5, 64, batch_first=True)
    own = nn.RNN(5, 64, batch_first=True)
    own.load_state_dict(layer.state_dict())
    x = torch.randn(2, 400, 5, requires_grad=True)
    with torch.autocast("cpu", torch.bfloat16):
        outputs, last = layer(x)
        outputs[:, -1].sum().backward()
    assert outputs.dtype == torch.float32
    assert torch.allclose(outputs, own(x)[0], atol=1e-5)
    assert torch.equal(last[0], outputs[:, -1])
    assert x.grad is not None and x.grad.isfinite().all()
    assert torch.tensor(1e-30) * 1e-10 != 0


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_states_are_those_of_the_layer(cell: str) -> None:
    torch.manual_seed(0)
    layer = CELLS[cell](4, 5, batch_first=True)
    x = torch.randn(6, 4)
    values = recurrent_values(layer, x)
    assert torch.allclose(torch.from_numpy(values["hidden"]), layer(x[None])[0][0], atol=1e-6)
    if cell == "lstm":
        assert torch.allclose(torch.from_numpy(values["cell"][-1]), layer(x[None])[1][1][0, 0], atol=1e-6)
        assert values["forget"].min() >= 0 and values["forget"].max() <= 1


def test_pools_ignore_padding() -> None:
    x = torch.randn(3, 7, 2)
    spoilt = x.clone()
    spoilt[1, 1:] = 1e6
    spoilt[2, 4:] = 1e6
    for pool in (max_pool, mean_pool):
        assert torch.allclose(pool(x, LENGTHS)[1], x[1, 0], atol=1e-6)
        assert torch.equal(pool(x, LENGTHS), pool(spoilt, LENGTHS))


def every_path(field: ConditionalRandomField, emissions: Tensor) -> dict[tuple[int, ...], float]:
    size_T, size_K = emissions.shape
    scores = {}
    for tags in itertools.product(range(size_K), repeat=size_T):
        score = field.first[tags[0]] + field.last[tags[-1]]
        score = score + sum(emissions[place, tag] for place, tag in enumerate(tags))
        score = score + sum(field.transitions[a, b] for a, b in itertools.pairwise(tags))
        scores[tags] = float(score)
    return scores


def test_random_field_against_brute_force() -> None:
    torch.manual_seed(0)
    field = ConditionalRandomField(3).requires_grad_(False)
    for parameter in field.parameters():
        nn.init.normal_(parameter)
    emissions, lengths = torch.randn(3, 4, 3), torch.tensor([4, 1, 3])
    partition, best = field.log_partition(emissions, lengths), field.decode(emissions, lengths)
    marginals = field.marginals(emissions, lengths)
    for row, length in enumerate(lengths.tolist()):
        paths = every_path(field, emissions[row, :length])
        weights = torch.tensor(list(paths.values())).softmax(dim=0)
        assert float(partition[row]) == pytest.approx(float(torch.tensor(list(paths.values())).logsumexp(0)), abs=1e-4)
        assert best[row, :length].tolist() == list(max(paths, key=lambda path: paths[path]))
        expected = torch.zeros(4, 3)
        for path, weight in zip(paths, weights, strict=True):
            for place, tag in enumerate(path):
                expected[place, tag] += weight
        assert torch.allclose(marginals[row], expected, atol=1e-4)
        tags = torch.zeros(1, 4, dtype=torch.long)
        log_p = field.log_likelihood(emissions[row : row + 1], tags, lengths[row : row + 1])
        assert float(log_p) == pytest.approx(paths[(0,) * length] - float(partition[row]), abs=1e-4)


def loss_of(network: nn.Module) -> Tensor:
    """Return a loss on one fixed batch, whatever the network is for."""
    tokens = torch.randint(4, 40, (8, 6), generator=torch.Generator().manual_seed(0))
    lengths = torch.tensor([6, 6, 5, 4, 3, 2, 1, 6])
    if isinstance(network, BiLstmCrf):
        emissions = network(tokens, tokens[..., None].expand(8, 6, 5), lengths)
        return -network.crf.log_likelihood(emissions, tokens % 3, lengths).mean()
    if isinstance(network, Translator):
        return network.loss(tokens, lengths, tokens, tokens.flip(1))
    if isinstance(network, LanguageModel):
        logits = network.logits(network(tokens)[0])
        return nn.functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
    if isinstance(network, SkipGram):
        return network(tokens[:, 0], tokens[:, 1], tokens[:, 2])
    return nn.functional.cross_entropy(network(tokens, lengths), torch.arange(8) % 3)


@pytest.mark.parametrize("name", TEXT_NETWORKS)
@pytest.mark.filterwarnings("ignore:enable_nested_tensor")
def test_network_learns_a_batch_and_survives_its_file(name: str, tmp_path: Path) -> None:
    torch.manual_seed(1)
    config = SMALL.get(name, {"vocabulary": 40})
    network = build_network(name, config, num_classes=3)
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-2)
    first = float(loss_of(network.eval()).detach())
    network.train()
    for _ in range(25):
        loss = loss_of(network)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    last = float(loss_of(network.eval()).detach())
    assert last < 0.8 * first
    card = ModelCard(
        name="n", title="n", task="language-model", architecture=name, config=config, labels=("a", "b", "c")
    )
    save_model(tmp_path / "n.safetensors", card, network, half=False)
    loaded = load_model(tmp_path / "n.safetensors", torch.device("cpu")).network
    assert float(loss_of(loaded)) == last
    save_model(tmp_path / "n8.safetensors", card, network, eight_bits=True)
    small = load_model(tmp_path / "n8.safetensors", torch.device("cpu")).network
    assert float(loss_of(small)) == pytest.approx(last, abs=0.2 + 0.2 * last)


def test_padding_changes_no_answer() -> None:
    both = {name: {"vocabulary": 40, "bidirectional": True} for name in ("text-lstm", "text-gru", "text-simple-rnn")}
    others = {name: SMALL[name] for name in ("text-cnn", "text-self-attention", "text-transformer", "text-towers")}
    for name, config in (both | others).items():
        network = build_network(name, config, num_classes=3).eval().requires_grad_(False)
        for bias in (part for key, part in network.named_parameters() if key.endswith("bias")):
            bias.uniform_(-1, 1)  # what speaks at padding, too
        tokens = torch.randint(4, 40, (1, 5))
        longer = torch.cat([tokens, torch.zeros(1, 4, dtype=torch.long)], dim=1)
        assert torch.allclose(network(tokens, torch.tensor([5])), network(longer, torch.tensor([5])), atol=1e-5), name


@pytest.mark.parametrize("attention", ["luong", "bahdanau"])
@pytest.mark.parametrize("copy", [False, True])
def test_decoding_in_steps_equals_decoding_at_once(attention: str, copy: bool) -> None:
    torch.manual_seed(0)
    config = {**SMALL["text-seq2seq"], "attention": attention, "copy": copy}
    network = build_network("text-seq2seq", config, num_classes=0).eval().requires_grad_(False)
    assert isinstance(network, Translator)
    tokens, target = torch.randint(4, 40, (3, 7)), torch.randint(4, 40, (3, 5))
    log_p = network(tokens, LENGTHS, target)
    assert torch.allclose(log_p.exp().sum(dim=2), torch.ones(3, 5), atol=1e-4)
    source = network.encode(tokens, LENGTHS)
    state, steps = network.begin(source), []
    for place in range(5):
        features, weights, chance, state = network.decode(source, state, target[:, place : place + 1])
        assert torch.allclose(weights.sum(dim=2), torch.ones(3, 1)) and float(weights[1, 0, 1:].sum()) == 0.0
        steps.append(network.log_probabilities(features, weights, chance, tokens))
    assert torch.allclose(torch.cat(steps, dim=1), log_p, atol=1e-4)
    loss = network.loss(tokens, LENGTHS, target, target)
    assert float(loss) == pytest.approx(-float(log_p.gather(2, target[..., None]).mean()), abs=1e-4)


def test_beam_finds_the_best_of_all_short_texts() -> None:
    torch.manual_seed(3)
    network = (
        build_network("text-seq2seq", {**SMALL["text-seq2seq"], "vocabulary": 8}, num_classes=0)
        .eval()
        .requires_grad_(False)
    )
    assert isinstance(network, Translator)
    network.bias.data[END] = 1.0
    tokens = torch.tensor([[4, 5, 6, END]])
    found = beam_search(network, tokens, torch.tensor([4]), width=60, longest=3)[0]
    scores = {}
    for length in range(3):
        for words in itertools.product(range(4, 8), repeat=length):
            target = torch.tensor([[BEGIN, *words]])
            following = torch.tensor([[*words, END]])
            log_p = network(tokens, torch.tensor([4]), target).gather(2, following[..., None])
            scores[words] = float(log_p.sum()) / (length + 1)
    best = max(scores, key=lambda words: scores[words])
    assert tuple(found[0].tokens) == best and found[0].score == pytest.approx(scores[best], abs=1e-4)
    assert found[0].attention.shape == (len(best), 4)
    assert all(a.score >= b.score for a, b in itertools.pairwise(found))


def test_beam_repeats_nothing_when_told_so() -> None:
    torch.manual_seed(0)
    network = build_network("text-seq2seq", SMALL["text-seq2seq"], num_classes=0).eval().requires_grad_(False)
    assert isinstance(network, Translator)
    tokens = torch.randint(4, 40, (1, 5))
    (found,) = beam_search(network, tokens, torch.tensor([5]), width=3, longest=40, repeats=Repeats(anywhere=2))
    pairs = list(itertools.pairwise(found[0].tokens))
    assert len(pairs) == len(set(pairs))


def says_twice(tokens: list[int], repeats: Repeats) -> bool:
    """Return whether the last of `tokens` ends what was said before, anywhere or at once."""
    size, length = repeats.anywhere, len(tokens)
    seen = [tokens[first : first + size] for first in range(length - size)] if size else []
    if size and length > size and tokens[length - size :] in seen:
        return True
    return any(
        tokens[length - size :] == tokens[length - 2 * size : length - size]
        for size in range(repeats.at_once or length, length // 2 + 1)
    )


@pytest.mark.parametrize(("anywhere", "at_once"), [(0, 0), (1, 0), (3, 0), (0, 1), (0, 2), (0, 3), (4, 2)])
def test_tokens_that_would_repeat_are_refused_and_no_others(anywhere: int, at_once: int) -> None:
    repeats = Repeats(anywhere=anywhere, at_once=at_once)
    for length in range(8):
        for tokens in itertools.product(range(3), repeat=length):
            expected = {token for token in range(3) if says_twice([*tokens, token], repeats)}
            assert repeats.refused(list(tokens)) == expected


def test_bad_options_are_sentences() -> None:
    with pytest.raises(RecipeError, match="heads"):
        build_network("text-transformer", {"embedding": 10, "heads": 4}, num_classes=2)
    with pytest.raises(RecipeError, match="pooling"):
        build_network("text-lstm", {"pooling": "sum"}, num_classes=2)


def test_a_step_alone_gives_what_the_layer_gives() -> None:
    lstm = torch.nn.LSTM(6, 5, batch_first=True)
    x_BTE, state = torch.randn(3, 4, 6), (torch.randn(1, 3, 5), torch.randn(1, 3, 5))
    with torch.no_grad():
        whole_BTH, last = lstm(x_BTE, state)
        steps = []
        for x_BE in x_BTE.unbind(1):
            y_B1H, state = recur(lstm, x_BE[:, None], state)
            steps.append(y_B1H)
    torch.testing.assert_close(torch.cat(steps, dim=1), whole_BTH)
    torch.testing.assert_close(state, last)
