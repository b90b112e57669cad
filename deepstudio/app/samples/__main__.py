"""Draws the samples into the program's own folder: `python -m deepstudio.app.samples`."""

from deepstudio.app.samples.index import write_samples
from deepstudio.core.paths import resources_dir

write_samples(resources_dir() / "samples")
