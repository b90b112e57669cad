"""A home folder with a small random model for every sample of the program."""

from __future__ import annotations

from pathlib import Path

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.ui.workspaces.image.samples import shipped_samples
from tests.helpers.tiny_models import write_model


def fill_home(home: Path) -> tuple[str, ...]:
    """Write the models into `home` and return their names."""
    names = tuple(sorted({sample.model for sample in shipped_samples()}))
    for name in names:
        digits = Preprocessing(height=28, width=28, channels=1, fit="digit")
        write_model(home / "data" / "models", name, preprocessing=digits if name == "digits" else None)
    return names
