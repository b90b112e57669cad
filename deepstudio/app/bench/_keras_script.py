"""Trains a network of the articles in Keras, a block for each line on stdin. Run by `_keras_process`, needs TensorFlow.

Imports nothing of this program, so that any Python with TensorFlow can run it.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

_BLOCKS = {  # filters, whether a pooling follows, units of the dense layer
    "article-two-blocks": ((32, 64), (True, True), 64),
    "article-32-64-64": ((32, 64, 64), (True, True, False), 64),
    "article-32-64-128": ((32, 64, 128), (True, True, True), 128),
    "article-224": ((32, 64, 128), (True, True, True), 128),
}


def build(architecture: str, shape: tuple[int, ...], classes: int) -> Any:
    """Return the network as the articles write it."""
    filters, pools, units = _BLOCKS[architecture]
    layers: list[Any] = [keras.layers.Input(shape)]
    for count, pooled in zip(filters, pools, strict=True):
        layers.append(keras.layers.Conv2D(count, (3, 3), activation="relu"))
        if pooled:
            layers.append(keras.layers.MaxPooling2D((2, 2)))
    layers += [keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(classes)]
    network = keras.Sequential(layers)
    network.compile(
        optimizer=keras.optimizers.Adam(1e-3), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    return network


def main() -> None:
    """Read the data, then train whole epochs by `fit` for as many seconds as each line says."""
    data = np.load(sys.argv[1])
    images, labels = data["images"].astype("float32") / 255, data["labels"]
    batch, classes = int(sys.argv[3]), int(sys.argv[4])
    network = build(sys.argv[2], images.shape[1:], classes)
    network.fit(images, labels, batch_size=batch, epochs=1, verbose=0)
    print("ANSWER ready", flush=True)
    epoch_seconds = 0.0
    for line in sys.stdin:
        # Many epochs in one call, as Keras is used, so that the start of `fit` weighs little.
        epochs = max(1, round(float(line) / epoch_seconds)) if epoch_seconds else 1
        began = time.perf_counter()
        network.fit(images, labels, batch_size=batch, epochs=epochs, verbose=0)
        seconds = time.perf_counter() - began
        epoch_seconds = seconds / epochs
        print(f"ANSWER {epochs * len(images) / seconds}", flush=True)


if __name__ == "__main__":
    main()
