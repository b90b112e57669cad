"""What the recipes of all tasks share. Torch-free, any thread."""

from __future__ import annotations

from dataclasses import dataclass, field

from deepstudio.core.config import option
from deepstudio.models.card import DataSource


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimizerConfig:
    """How weights follow gradients. Rates are for gradients of the mean loss."""

    name: str = option("sgd", "Optimiser.", choices=("sgd", "adam", "adamw", "rmsprop", "muon"))
    lr: float = option(0.01, "Highest learning rate.", low=0.0, high=100.0)
    momentum: float = option(0.9, "Momentum (SGD, RMSprop, Muon).", low=0.0, high=0.9999)
    nesterov: bool = option(True, "Look ahead along the momentum (SGD).")
    betas: tuple[float, ...] = option(
        (0.9, 0.999), "Averages of gradient and squared gradient (Adam).", low=0.0, high=0.99999
    )
    l2: float = option(0.0, "Weight decay (L2 penalty; decoupled in AdamW).", low=0.0, high=1.0)
    l1: float = option(0.0, "L1 penalty on weights.", low=0.0, high=1.0)
    norm_bias_lr: float = option(
        1.0, "Multiplies the rate, and divides the decay, of the biases of norms.", low=0.0, high=1000.0
    )
    clip_norm: float = option(0.0, "Longest gradient, as a norm; 0 leaves it as it is.", low=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleConfig:
    """How the learning rate moves over the run, as a share of the highest."""

    name: str = option("constant", "Schedule.", choices=("constant", "step", "cosine", "one-cycle"))
    start: float = option(0.2, "Share at the first step (cosine, one-cycle).", low=0.0, high=1.0)
    end: float = option(0.0, "Share at the last step (cosine, one-cycle).", low=0.0, high=1.0)
    warmup: float = option(0.2, "Part of the run until the highest rate (cosine, one-cycle).", low=0.0, high=0.99)
    restart_at: float = option(
        1.0, "Part of the run after which the rate jumps up and falls again; 1 is never.", low=0.1, high=1.0
    )
    restart_share: float = option(0.3, "Share that it jumps to.", low=0.0, high=1.0)
    restart_again_at: tuple[float, ...] = option(
        (), "Later parts of the run after which it jumps again, each time half as high.", low=0.1, high=1.0
    )
    epochs: int = option(
        0, "Epochs that the schedule is laid out for, if training is to end before it does; 0 is all.", low=0
    )
    step_epochs: int = option(10, "Epochs between drops (step).", low=1)
    step_factor: float = option(0.1, "What a drop multiplies by (step).", low=0.0, high=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """The loop."""

    epochs: int = option(10, "Passes over the training split.", low=1, high=100_000)
    batch_size: int = option(128, "Examples a step.", low=1, high=1_000_000)
    precision: str = option(
        "auto", "Arithmetic; auto takes bf16 where the processor is fast at it.", choices=("auto", "float32", "bf16")
    )
    channels_last: bool = option(True, "Memory order of images that convolutions like best.")
    compile: bool = option(False, "Compile the network with torch.compile.")
    ema: float = option(0.0, "Average of the weights: share kept a step; 0 is off.", low=0.0, high=0.99999)
    checkpoint_every: int = option(1, "Epochs between checkpoints.", low=1)
    keep: str = option(
        "last", "Which weights become the model: the last, or the best on validation data.", choices=("last", "best")
    )
    patience: int = option(0, "Epochs without improvement after which training ends early; 0 is never.", low=0)
    patience_metric: str = option(
        "score",
        "What must improve: the score on validation data (higher is better) or the loss on them (lower is better).",
        choices=("score", "validation_loss"),
    )
    min_improvement: float = option(0.0, "Smallest change that counts as an improvement.", low=0.0)
    on_nan: str = option(
        "stop",
        "When the loss is not a number: stop (the last checkpoint is from before), or train on all the same.",
        choices=("stop", "go-on"),
    )
    probe_every: int = option(
        0, "Steps between histograms of weights and gradients; 0 chooses, so that they cost under a hundredth.", low=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRecipe:
    """A whole run, as written in TOML; each task adds its data, its network and what else it needs."""

    name: str
    title: str = ""
    task: str = ""
    description: str = ""
    warning: str = ""
    seed: int = option(0, "Seed of weights, order and augmentation.", low=0)
    version: str = "1"
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    schedule: ScheduleConfig = field(default_factory=ScheduleConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    sources: tuple[DataSource, ...] = ()
