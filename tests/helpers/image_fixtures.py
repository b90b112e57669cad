"""Fixtures for the tests of the image workspace; a test module names this file in `pytest_plugins`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from deepstudio.ui.workspaces.image.view import ImageView
from tests.helpers.image_services import ImageServices, image_services


@pytest.fixture
def services(qapp: QApplication) -> Iterator[ImageServices]:
    made = image_services()
    yield made
    made.predictor.gate.set()
    made.explainer.gate.set()
    assert made.jobs.shutdown()


@pytest.fixture
def view(qtbot, services: ImageServices) -> ImageView:
    made = ImageView(services)
    qtbot.addWidget(made)
    made.resize(1340, 820)
    made.show()
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a picture whose mean is 123: the fake answers "cat", the label number 3."""
    path = tmp_path / "photo.png"
    Image.fromarray(np.full((48, 64, 3), 123, np.uint8)).save(path)
    return path


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Return a folder with 12 pictures of growing brightness, one broken file and one that is none."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(12):
        pixels = np.full((20 + number, 30, 3), 100 + number, np.uint8)
        Image.fromarray(pixels).save(folder / f"picture {number}.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "letter.jpg").write_text("Dear all,")
    return folder
