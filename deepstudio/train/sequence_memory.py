"""How much memory a step on texts or recordings takes. Imports torch: in a lane.

A network of the recipe's size, without storage, reads two made-up examples and then four; autograd tells which tensors
it keeps for the way back. What two more add is what all others add.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from deepstudio.models.registry import build_network
from deepstudio.models.text_language import LanguageModel
from deepstudio.train.network_memory import StepMemory, kept_bytes, memory_of
from deepstudio.train.precision import pick_precision
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.text.recipe import TextRecipe

_SYMBOLS = 40
"""Sounds of English and the blank, about."""
_LETTERS = 16
_SHORT = 16
_GATES = 2
"""Kernels of recurrent layers keep as much again for the way back, of which autograd does not know."""
_USUAL_SECONDS = 10.0


def sequence_step_memory(recipe: TextRecipe | SpeechRecipe, *, words: int, classes: int) -> StepMemory:
    """Return the memory of a step; texts have about `words` words each. Raises as building the network does."""
    with torch.device("meta"):  # without storage, and no random number of a run that goes on is used up
        if isinstance(recipe, SpeechRecipe):
            network, examples, batch, length = _speech(recipe, classes)
        else:
            network, examples, batch, length = _text(recipe, max(words, 2), classes)
        network.train()
        recurrent = any(isinstance(part, nn.RNNBase) for part in network.modules())
        # Recurrent layers take their time step by step and memory in proportion to the steps: a few are enough.
        short = min(length, _SHORT) if recurrent else length
        few, more = (kept_bytes(network, *examples(count, short)) for count in (2, 4))
    scale = length / short * (_GATES if recurrent else 1)
    if pick_precision(recipe.training.precision, torch.device("cpu")) is torch.bfloat16:
        scale /= 2
    kept = max(0.0, sum(few) + max(0, sum(more) - sum(few)) / 2 * (batch - 2))
    largest = sum(sorted(more)[-2:]) / 4 * batch
    return memory_of(network, recipe, activations=round(kept * scale), working=round(largest * scale))


class _WithLogits(nn.Module):
    """A language model up to the chances of each next token, which take more memory than all before them."""

    def __init__(self, network: LanguageModel) -> None:
        super().__init__()
        self.network = network

    def forward(self, tokens_BT: Tensor) -> Tensor:
        features_BTE, _ = self.network(tokens_BT)
        return self.network.logits(features_BTE.flatten(0, 1)).log_softmax(dim=-1)


_Examples = Callable[[int, int], tuple[Tensor, ...]]
"""(number, length) -> what the network is given."""


def _speech(recipe: SpeechRecipe, classes: int) -> tuple[nn.Module, _Examples, float, int]:
    spotter = recipe.task == "keyword-spotting"
    config = dict(recipe.network.config)
    if not spotter:
        config |= {"num_mels": recipe.speech.num_mels, "num_letters": 30 if recipe.spelling else 0}
    network = build_network(recipe.network.architecture, config, num_classes=classes + 2 if spotter else _SYMBOLS)
    seconds = recipe.window_seconds if spotter else _USUAL_SECONDS
    frames = round(seconds * recipe.speech.sample_rate / recipe.speech.hop_samples)
    batch = float(recipe.training.batch_size) if spotter else recipe.batch_seconds / seconds
    mels = recipe.speech.num_mels
    return network, lambda count, length: (torch.zeros(count, length, mels),), max(1.0, batch), frames


def _text(recipe: TextRecipe, words: int, classes: int) -> tuple[nn.Module, _Examples, float, int]:
    config = {**recipe.network.config, "vocabulary": recipe.text.vocabulary}
    network = build_network(recipe.network.architecture, config, num_classes=max(classes, 2))
    length = min(words, recipe.text.max_tokens)
    batch = float(recipe.training.batch_size)
    if recipe.batches.max_tokens:
        batch = min(batch, recipe.batches.max_tokens / length)

    target_share = min(1.0, recipe.text.max_target_tokens / length)

    def tokens(count: int, length: int) -> Tensor:
        return torch.full((count, length), 9)

    def lengths(count: int, length: int) -> Tensor:
        return torch.full((count,), length)

    def tagged(count: int, length: int) -> tuple[Tensor, ...]:
        letters_BTC = torch.ones(count, length, _LETTERS, dtype=torch.long)
        return tokens(count, length), letters_BTC, lengths(count, length)

    def paired(count: int, length: int) -> tuple[Tensor, ...]:
        target = max(1, round(length * target_share))
        return tokens(count, length), lengths(count, length), tokens(count, target)

    examples: dict[str, _Examples] = {
        "text-classification": lambda count, length: (tokens(count, length), lengths(count, length)),
        "tagging": tagged,
        "language-model": lambda count, length: (tokens(count, length),),
        "word-vectors": lambda count, length: (tokens(1, count)[0], tokens(1, count)[0], tokens(1, 64)[0]),
    }
    if recipe.task == "language-model":
        length = recipe.batches.sentence_length
    whole = _WithLogits(network) if isinstance(network, LanguageModel) else network
    return whole, examples.get(recipe.task, paired), max(1.0, batch), length
