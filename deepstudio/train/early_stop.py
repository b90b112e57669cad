"""Ending a run that no longer gets better. In the lane."""

from __future__ import annotations

from deepstudio.train.objective import Validation
from deepstudio.train.recipe_base import TrainingConfig
from deepstudio.train.state import TrainState


def has_run_out(config: TrainingConfig, state: TrainState, validation: Validation) -> bool:
    """Note a validation in `state` and return whether patience with the run is over."""
    by_score = config.patience_metric == "score"
    watched = validation.score if by_score else -validation.metrics[config.patience_metric]
    if watched > state.best_watched + config.min_improvement:
        state.best_watched = watched
        state.stale_epochs = 0
    else:
        state.stale_epochs += 1
    return config.patience > 0 and state.stale_epochs >= config.patience
