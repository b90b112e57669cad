"""The streaming network."""

import pytest
import torch

from deepstudio.models.eight_bits import from_eight_bits, pays, to_eight_bits
from deepstudio.models.registry import build_network

SMALL = {"num_mels": 16, "front_channels": 4, "width": 24, "num_letters": 5}


@pytest.mark.parametrize("layers", ["c", "l", "cclcl"])
@pytest.mark.parametrize("lookahead", [0, 1, 3])
@pytest.mark.parametrize("frozen", [False, True])
def test_blocks_give_what_the_whole_gives(layers, lookahead, frozen):
    torch.manual_seed(0)
    network = build_network("speech-ctc", {**SMALL, "layers": layers, "lookahead": lookahead}, num_classes=7).eval()
    if frozen:
        network.freeze()
    x_BTM = torch.randn(1, 160, 16)
    with torch.inference_mode():
        whole, letters = network(x_BTM)
        state, parts = network.initial_state(), []
        for first, size in ((0, 4), (4, 8), (12, 4), (16, 100), (116, 44)):
            (part, _), state = network.forward_stream(x_BTM[:, first : first + size], state, last=first == 116)
            parts.append(part)
    assert letters.shape == (1, 40, 5)
    torch.testing.assert_close(torch.cat(parts, 1), whole, atol=1e-5, rtol=1e-5)


def test_weights_stored_in_eight_bits_hear_nearly_the_same_when_they_stay_so():
    torch.manual_seed(0)
    network = build_network("speech-ctc", {**SMALL, "width": 64}, num_classes=7).eval()
    stored = {}
    for name, tensor in network.state_dict().items():
        stored |= to_eight_bits(name, tensor) if pays(tensor) else {name: tensor}
    network.load_state_dict(from_eight_bits(stored))
    x_BTM = torch.randn(1, 80, 16)
    with torch.inference_mode():
        whole = network(x_BTM)[0].softmax(-1)
        state, parts = network.freeze().initial_state(), []
        for first in range(0, 80, 4):
            (part, _), state = network.forward_stream(x_BTM[:, first : first + 4], state, last=first == 76)
            parts.append(part.softmax(-1))
    torch.testing.assert_close(torch.cat(parts, 1), whole, atol=0.01, rtol=0)


def test_what_waits_is_let_go_by_an_empty_last_block():
    torch.manual_seed(0)
    network = build_network("speech-ctc", SMALL, num_classes=7).eval()
    x_BTM = torch.randn(1, 40, 16)
    with torch.inference_mode():
        (first, _), state = network.forward_stream(x_BTM, network.initial_state())
        (rest, _), _ = network.forward_stream(x_BTM[:, :0], state, last=True)
        whole, _ = network(x_BTM)
    assert first.shape[1] == 10 - network.lookahead
    torch.testing.assert_close(torch.cat([first, rest], 1), whole, atol=1e-5, rtol=1e-5)


def test_outputs_do_not_know_more_of_the_future_than_they_say():
    torch.manual_seed(0)
    network = build_network("speech-ctc", SMALL, num_classes=7).eval()
    x_BTM = torch.randn(1, 80, 16)
    changed = x_BTM.clone()
    changed[:, 40:] += 1
    with torch.inference_mode():
        same = (network(x_BTM)[0] - network(changed)[0]).abs().amax(dim=(0, 2)) < 1e-6
    assert same[: 10 - network.lookahead].all()
    assert not same[10 - network.lookahead :].any()


def test_a_step_lowers_the_loss():
    torch.manual_seed(0)
    network = build_network("speech-ctc", SMALL, num_classes=7)
    optimizer = torch.optim.AdamW(network.parameters(), 3e-3)
    x_BTM, target = torch.randn(2, 80, 16), torch.randint(1, 7, (2, 6))
    losses = []
    for _ in range(15):
        logs = network(x_BTM)[0].log_softmax(-1).transpose(0, 1)
        loss = torch.nn.functional.ctc_loss(logs, target, torch.tensor([20, 20]), torch.tensor([6, 6]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.8 * losses[0]


def test_keyword_network_sees_neither_loudness_nor_colour():
    torch.manual_seed(0)
    network = build_network("speech-words", {"width": 16, "blocks": 2}, num_classes=4).eval()
    x_BTM = torch.randn(3, 100, 40)
    with torch.inference_mode():
        plain, louder = network(x_BTM), network(x_BTM + torch.linspace(0, 2, 40))
    assert plain.shape == (3, 4)
    torch.testing.assert_close(plain, louder, atol=1e-4, rtol=1e-4)


def test_towers_learn_by_themselves_and_vote():
    torch.manual_seed(0)
    config = {"front_channels": 4, "width": 16, "blocks": 1, "dropout": 0.0, "towers": 3, "words": 7}
    network = build_network("speech-words", config, num_classes=4)
    x_BTM = torch.randn(5, 100, 40)
    outputs = network.train()(x_BTM)
    assert outputs.shape == (3 * 5, 4 + 7)
    network.zero_grad()
    outputs[5:10].sum().backward()  # what the second tower says
    assert network.gather.weight.grad.abs().max() == 0
    assert network.more[0].gather.weight.grad.abs().max() > 0
    assert network.more[1].gather.weight.grad.abs().max() == 0
    network.eval()
    network.training = True  # the towers' own answers, from the same statistics
    with torch.inference_mode():
        apart = network(x_BTM)[:, :4].view(3, 5, 4)
        network.training = False
        torch.testing.assert_close(network(x_BTM), apart.mean(dim=0))
    assert apart.std(dim=0).min() > 0


def test_a_network_of_one_tower_keeps_its_names():
    config = {"front_channels": 4, "width": 16, "blocks": 1}
    names = set(build_network("speech-words", config, num_classes=4).state_dict())
    assert {"first.weight", "gather_norm.running_mean", "blocks.0.conv.weight", "norm.weight", "out.bias"} <= names
    assert not any(name.startswith("more") for name in names)
