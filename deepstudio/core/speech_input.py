"""How a speech network wants its sound: travels on the card, so training and listening cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass

from deepstudio.core.config import option


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechInput:
    """Log-mel frames of mono sound, normalised by a running mean.

    `mean` and `std` hold one value a mel band: where the running mean starts and what the difference is divided by.
    `symbols` are the outputs after the blank (index 0) of each head, in order.
    """

    sample_rate: int = option(16_000, "Samples a second that the network was trained on.", low=4_000, high=192_000)
    num_mels: int = option(80, "Mel bands.", low=8, high=256)
    frame_samples: int = option(400, "Samples in one analysis window.", low=32)
    hop_samples: int = option(160, "Samples from one window to the next.", low=16)
    fft_size: int = option(512, "Length of the transform; a power of two.", low=32)
    low_hz: float = option(20.0, "Lower edge of the lowest band.", low=0.0)
    high_hz: float = option(7600.0, "Upper edge of the highest band.", low=100.0)
    floor: float = option(1e-6, "Added to each band's energy before the logarithm.", low=1e-12)
    subsampling: int = option(4, "Frames that become one output of the network.", low=1, high=16)
    lookahead: int = option(0, "Frames after an output's own that it waits for.", low=0)
    running_blocks: int = option(
        250, "Blocks of `subsampling` frames that the running mean remembers; 0 is none.", low=0
    )
    prior_blocks: float = option(10.0, "Blocks that the starting mean counts for.", low=0.0)
    mean: tuple[float, ...] = option((), "Mean of each band over the training data.")
    std: tuple[float, ...] = option((), "Deviation of each band over the training data.")
    symbols: tuple[str, ...] = option((), "Outputs after the blank.")
    spelling: tuple[str, ...] = option((), "Outputs of the second head after its blank, where there is one.")

    @property
    def frame_seconds(self) -> float:
        """Seconds from one output of the network to the next."""
        return self.hop_samples * self.subsampling / self.sample_rate
