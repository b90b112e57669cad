"""Trains and asks a text network of the articles in Keras, a block for each line on stdin; run by `text`.

A line is `fit SECONDS` or `predict SECONDS`; the answer is texts per second. Needs TensorFlow, imports nothing of
this program.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

_NETWORKS: dict[str, tuple[int, int, tuple[Any, ...]]] = {  # words, numbers for a word, layers
    "text-article-lstm-64": (10_000, 128, (keras.layers.LSTM, 64)),
    "text-article-lstm-100-100": (20_000, 100, (keras.layers.LSTM, 100, 100)),
    "text-article-lstm-128-64": (10_000, 128, (keras.layers.LSTM, 128, 64)),
    "text-article-rnn-32": (10_000, 32, (keras.layers.SimpleRNN, 32)),
}


def build(architecture: str, length: int) -> Any:
    """Return the network as the articles write it."""
    words, size, (layer, *units) = _NETWORKS[architecture]
    layers: list[Any] = [keras.layers.Input((length,)), keras.layers.Embedding(words, size)]
    layers += [layer(count, return_sequences=place < len(units) - 1) for place, count in enumerate(units)]
    network = keras.Sequential([*layers, keras.layers.Dense(1, activation="sigmoid")])
    network.compile(optimizer="adam", loss="binary_crossentropy")
    return network


def main() -> None:
    """Read the data, then run whole passes for as many seconds as each line says."""
    data = np.load(sys.argv[1])
    tokens, labels = data["images"], data["labels"]
    batch = int(sys.argv[3])
    network = build(sys.argv[2], tokens.shape[1])

    def fit(epochs: int) -> None:
        network.fit(tokens, labels, batch_size=batch, epochs=epochs, verbose=0)

    def predict(epochs: int) -> None:
        for _ in range(epochs):
            network.predict(tokens, batch_size=batch, verbose=0)

    fit(1)
    predict(1)
    print("ANSWER ready", flush=True)
    actions, pass_seconds = {"fit": fit, "predict": predict}, {"fit": 0.0, "predict": 0.0}
    for line in sys.stdin:
        name, seconds = line.split()
        # Many passes in one call, as Keras is used, so that the start of `fit` weighs little.
        epochs = max(1, round(float(seconds) / pass_seconds[name])) if pass_seconds[name] else 1
        began = time.perf_counter()
        actions[name](epochs)
        taken = time.perf_counter() - began
        pass_seconds[name] = taken / epochs
        print(f"ANSWER {epochs * len(tokens) / taken}", flush=True)


if __name__ == "__main__":
    main()
