"""The recurrent networks of the articles, exactly as written there in Keras; see `app/bench/text.py`.

Each reads the last state of its last layer; the articles' one sigmoid is two logits here, which is the same function.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from deepstudio.core.config import option
from deepstudio.models.registry import register_network
from deepstudio.models.text_classifiers import RecurrentClassifier, RecurrentConfig

_SOURCE = "The articles on text in Keras"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vocabulary10k:
    vocabulary: int = option(10_000, "Words that the network knows.", low=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vocabulary20k:
    vocabulary: int = option(20_000, "Words that the network knows.", low=2)


def _make(config: _Vocabulary10k | _Vocabulary20k, classes: int, cell: str, embedding: int, *units: int) -> nn.Module:
    whole = RecurrentConfig(vocabulary=config.vocabulary, embedding=embedding, units=units)
    return RecurrentClassifier(whole, classes, cell)


@register_network(
    "text-article-lstm-64", title="Articles: LSTM 64", source=_SOURCE, config_class=_Vocabulary10k, input="text"
)
def _lstm_64(config: _Vocabulary10k, num_classes: int) -> nn.Module:
    return _make(config, num_classes, "lstm", 128, 64)


@register_network(
    "text-article-lstm-100-100",
    title="Articles: LSTM 100, LSTM 100",
    source=_SOURCE,
    config_class=_Vocabulary20k,
    input="text",
)
def _lstm_100_100(config: _Vocabulary20k, num_classes: int) -> nn.Module:
    return _make(config, num_classes, "lstm", 100, 100, 100)


@register_network(
    "text-article-lstm-128-64",
    title="Articles: LSTM 128, LSTM 64",
    source=_SOURCE,
    config_class=_Vocabulary10k,
    input="text",
)
def _lstm_128_64(config: _Vocabulary10k, num_classes: int) -> nn.Module:
    return _make(config, num_classes, "lstm", 128, 128, 64)


@register_network(
    "text-article-rnn-32", title="Articles: SimpleRNN 32", source=_SOURCE, config_class=_Vocabulary10k, input="text"
)
def _rnn_32(config: _Vocabulary10k, num_classes: int) -> nn.Module:
    return _make(config, num_classes, "rnn", 32, 32)
