"""From fitted pixels to a network's input. Imports torch, so in a lane.

Shapes: B batch, C channels, H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from deepstudio.core.preprocessing import Preprocessing


def to_input(pictures: Sequence[np.ndarray], preprocessing: Preprocessing, device: torch.device) -> Tensor:
    """Return x_BCHW float32 on `device`: pictures (uint8 HWC, of the network's size) in 0..1, minus mean, over std."""
    x_BCHW = torch.from_numpy(np.stack(pictures)).to(device).permute(0, 3, 1, 2).float() / 255
    mean = torch.tensor(preprocessing.mean, device=device).view(1, -1, 1, 1)
    std = torch.tensor(preprocessing.std, device=device).view(1, -1, 1, 1)
    return ((x_BCHW - mean) / std).contiguous()
