"""A network in the middle of its training, as an ordinary model file. Between two steps, in the lane.

Weights are copied, nothing is drawn from a generator and no mode is changed, so the run goes on as if nothing was.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import save_model
from deepstudio.train.state import TrainState, final_weights

UNFINISHED = QT_TRANSLATE_NOOP("cards", "Unfinished: a snapshot of a network that is still being trained.")


def write_snapshot(state: TrainState, card: ModelCard, target: Path, *, total_steps: int, epochs: int) -> Path:
    """Write the network as it would be kept (averaged, where the recipe averages) and return `target`.

    The card says that it is unfinished; `extra["snapshot"]` holds step, epoch and the validation figures so far. Raises
    OSError as the disk does.
    """
    progress = {
        "step": state.step,
        "total_steps": total_steps,
        "epoch": state.validated,
        "epochs": epochs,
        "validation": dict(state.figures),
    }
    unfinished = replace(
        card,
        name=f"{card.name}-snapshot",
        warning=f"{UNFINISHED} {card.warning}".strip(),
        extra={**card.extra, "snapshot": progress},
    )
    with final_weights(state):
        save_model(target, unfinished, state.network)
    return target
