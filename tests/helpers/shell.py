"""A real window over model files that are written by hand, so that no test of the shell needs torch."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from deepstudio.app.wiring import Services, build_services
from deepstudio.core.errors import InputError
from deepstudio.models.card import DataSource, Measured, ModelCard
from deepstudio.models.library import ModelLibrary
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.widgets import elided_label
from deepstudio.ui.widgets.parts import ElidedLabel


def write_model(folder: Path, name: str, **card: Any) -> Path:
    """Write a small model file whose header is in order, and return its path."""
    fields: dict[str, Any] = {
        "title": name.replace("-", " ").capitalize(),
        "task": "image-classification",
        "architecture": "speednet",
        "labels": ("cat", "dog"),
        "description": "Tells cats from dogs.",
        "metrics": (
            Measured(name="accuracy", value=0.9, data="Pets", split="validation", examples=50),
            Measured(name="accuracy", value=0.875, data="Pets", split="test", examples=40),
            Measured(name="ece", value=0.02, data="Pets", split="test", examples=40),
        ),
        "recipe": {"name": name, "training": {"epochs": 3}},
        "sources": (DataSource(name="Pets", source="A study", terms="Cite it"),),
        "parameters": 4,
    }
    made = ModelCard(name=name, **{**fields, **card})
    header = json.dumps(
        {
            "__metadata__": {"deepstudio": made.to_json()},
            "weight": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
        }
    ).encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(16))
    return path


class NoSound:
    """Stands where `LaneListener` does on a machine without a microphone, so that no test opens a real one."""

    def microphones(self, request: object, context: object) -> tuple[()]:
        return ()

    def listen(self, request: object, context: object) -> None:
        raise InputError("There is no microphone.")


def shell_services(home: Path) -> Services:
    """Return the program's services with a library of two shipped models, one of the user's and a damaged one."""
    shipped, user = home / "shipped", home / "data" / "models"
    if not shipped.exists():
        write_model(shipped, "objects")
        write_model(shipped, "chest-xray", warning="Not for diagnosis.")
        write_model(user, "mine")
        (user / "broken.safetensors").write_bytes(b"\xff" * 40)
    return dataclasses.replace(build_services(), library=ModelLibrary(shipped, user), listener=NoSound())


def open_window(qtbot: Any, services: Services, *, workspace: str = "models") -> MainWindow:
    """Show the window; it is closed, and its lanes stopped, when the test ends."""
    services.theme.apply(qapp())
    window = MainWindow(services)

    def close(_widget: object) -> None:
        window.state.save()
        services.jobs.shutdown(2000)

    qtbot.addWidget(window, before_close_func=close)
    window.show_workspace(workspace)
    with qtbot.waitExposed(window):
        window.show()
    return window


@contextmanager
def speaking_chinese(checkout: Path, folder: Path) -> Iterator[None]:
    """Install the committed Chinese translation, compiled into `folder`, until the block ends."""
    name = "deepstudio_translations"
    spec = importlib.util.spec_from_file_location(name, checkout / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    (built,) = module.build(module.TS_DIR, folder)
    translator = QTranslator()
    assert translator.load(str(built))
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)


def qapp() -> Any:
    """Return the application of the test."""
    return QApplication.instance()


def clipped_texts(root: QWidget) -> list[str]:
    """Return the visible labels and buttons below `root` that have less room than their text needs."""
    found = []
    for widget in [*root.findChildren(QLabel), *root.findChildren(QAbstractButton)]:
        if isinstance(widget, (ElidedLabel, elided_label.ElidedLabel)) or not widget.isVisible() or not widget.text():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            short = widget.height() < widget.heightForWidth(widget.width()) - 1
        else:
            hint = widget.minimumSizeHint() if isinstance(widget, QAbstractButton) else widget.sizeHint()
            short = widget.width() < hint.width() - 1 or widget.height() < hint.height() - 1
        if short:
            found.append(f"{type(widget).__name__} {widget.text()!r}: {widget.size()} needs {widget.sizeHint()}")
    return found


def cut_pages(root: QWidget) -> list[str]:
    """Return the scrolled pages below `root` that are wider than their view and cannot be scrolled sideways."""
    return [
        f"{type(area).__name__}: {area.widget().width()} in {area.viewport().width()}"
        for area in root.findChildren(QScrollArea)
        if area.isVisible()
        and area.widget() is not None
        and area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.widget().width() > area.viewport().width()
    ]


def unnamed_widgets(root: QWidget) -> list[str]:
    """Return the widgets below `root` that take focus without a name for screen readers."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.objectName().startswith("qt_"):
            continue
        if widget.focusProxy() is not None or widget.window() is not root.window():
            continue  # a list that a combo box opens belongs to the box
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()
        if not name:
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}")
    return found
