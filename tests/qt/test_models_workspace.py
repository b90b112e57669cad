"""The Models workspace: what it lists, says, installs, removes and gives back."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from deepstudio.core.errors import DownloadError
from deepstudio.core.job import JobContext, SilentContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.requests import DownloadModel
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.text_input import TextInput
from deepstudio.models.card import Measured
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.models.model_list import ROW_ROLE
from deepstudio.ui.workspaces.models.page import INSTALLED, PUBLISHED, ModelsPage
from deepstudio.ui.workspaces.models.zoo_detail import ZooDetail
from deepstudio.ui.workspaces.models.zoo_presenter import download_published
from tests.helpers.shell import open_window, shell_services, write_model


@pytest.fixture
def window(qtbot: Any, home: Path) -> MainWindow:
    return open_window(qtbot, shell_services(home))


@pytest.fixture
def page(window: MainWindow) -> ModelsPage:
    found = window.host.currentWidget()
    assert isinstance(found, ModelsPage)
    return found


def _rows(page: ModelsPage) -> list[Any]:
    model = page.list.model()
    return [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]


def _words(page: ModelsPage) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel))


def _button(page: ModelsPage, text: str) -> QPushButton:
    return next(button for button in page.detail.findChildren(QPushButton) if button.text() == text)


def test_lists_shipped_yours_and_damaged(page: ModelsPage) -> None:
    rows = {row.name: row for row in _rows(page) if row.selectable}
    assert {"objects", "chest-xray", "mine", "broken"} <= set(rows)
    assert rows["broken"].kind == "damaged"
    assert "87.50 %" in rows["objects"].facts


def test_details_say_all_that_the_card_says(page: ModelsPage) -> None:
    page.select("objects")
    words = _words(page)
    for part in ("Tells cats from dogs.", "cat", "dog", "87.50 %", "Pets", "test", "Cite it", "speednet"):
        assert part in words
    assert "deepstudio train objects --data DIR" in words and "deepstudio evaluate objects --data DIR" in words


def test_models_stand_with_their_kind_and_say_what_fits_it(window: MainWindow, page: ModelsPage) -> None:
    shipped = window.services.library.shipped
    speech = (Measured(name="wer", value=0.2168, data="Books", split="validation", examples=79),)
    write_model(shipped, "english", task="speech-recognition", labels=("", "AA"), metrics=speech, speech=SpeechInput())
    writing = (Measured(name="perplexity", value=330.5, data="Books", split="test", examples=9),)
    write_model(shipped, "writer", task="language-model", labels=(), metrics=writing, text=TextInput(), parameters=0)
    page.refresh()
    rows = _rows(page)
    sections = [row.title for row in rows if not row.selectable]
    assert sections == ["Yours", "Pictures", "Texts", "Speech"]
    found = {row.name: row for row in rows if row.selectable}
    assert found["english"].icon == "speech"
    assert "21.68 % of words wrong" in found["english"].facts
    assert found["writer"].icon == "text"
    assert "perplexity 330.5" in found["writer"].facts
    page.select("english")
    assert "Writes down speech" in _words(page)
    assert "Sounds (1)" in _words(page)
    assert "16 kHz, 80 bands" in _words(page)
    page.select("writer")
    for name in ("english", "writer"):
        page.select(name)
        assert "×" not in _words(page)
        assert "Use for dropped pictures" not in [button.text() for button in page.detail.findChildren(QPushButton)]
    assert "Labels" not in _words(page)


def test_a_model_is_tried_where_it_answers(window: MainWindow, page: ModelsPage) -> None:
    page.select("chest-xray")
    _button(page, "Try it on a picture").click()
    assert window.host.current() == "image"
    view = window.workspace("image").view  # type: ignore[attr-defined]
    assert view.models.selected()[0].name == "chest-xray"


def test_a_warning_is_shown_plainly(page: ModelsPage) -> None:
    page.select("chest-xray")
    assert "Not for diagnosis." in _words(page)


def test_a_damaged_file_shows_its_sentence(page: ModelsPage) -> None:
    page.select("broken")
    assert "This file cannot be used." in _words(page)
    assert "broken.safetensors" in _words(page)


def test_search_narrows_the_list(page: ModelsPage) -> None:
    page.search.setText("chest")
    assert [row.name for row in _rows(page) if row.selectable] == ["chest-xray"]


def test_remove_and_undo(window: MainWindow, page: ModelsPage) -> None:
    page.select("mine")
    _button(page, "Remove").click()
    assert "mine" not in [row.name for row in _rows(page)]
    toast = window.toasts.shown()[-1]
    next(button for button in toast.findChildren(QPushButton) if button.text() == "Undo").click()
    assert "mine" in [row.name for row in _rows(page)]


def test_shipped_models_cannot_be_removed(window: MainWindow, page: ModelsPage) -> None:
    page.select("objects")
    page.remove_selected()
    assert "objects" in [row.name for row in _rows(page)]
    assert len(window.toasts.shown()) == 1


def test_installing_over_a_model_can_be_undone(
    window: MainWindow, page: ModelsPage, qtbot: Any, tmp_path: Path
) -> None:
    newer = write_model(tmp_path, "mine", title="Newer")
    page.install([newer])
    qtbot.waitUntil(lambda: "Newer" in [row.title for row in _rows(page)])
    assert page.selected() == "mine"
    toast = window.toasts.shown()[-1]
    next(button for button in toast.findChildren(QPushButton) if button.text() == "Undo").click()
    assert "Mine" in [row.title for row in _rows(page)]
    assert "Newer" not in [row.title for row in _rows(page)]


def test_one_bad_file_does_not_keep_the_others_out(
    window: MainWindow, page: ModelsPage, qtbot: Any, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"nothing")
    page.install([bad, write_model(tmp_path, "good")])
    qtbot.waitUntil(lambda: "good" in [row.name for row in _rows(page)])
    assert len(window.toasts.shown()) == 2


def test_export_copies_the_file(
    window: MainWindow, page: ModelsPage, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.safetensors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(target), ""))
    page.select("objects")
    page.ask_export()
    qtbot.waitUntil(target.is_file)
    qtbot.waitUntil(lambda: len(window.toasts.shown()) == 1)


def test_a_model_becomes_the_first_for_pictures(window: MainWindow, page: ModelsPage) -> None:
    page.select("mine")
    _button(page, "Use for dropped pictures").click()
    assert window.services.settings.current.answers.image_model == "mine"


@dataclass(frozen=True)
class Published:
    """What the list of published models tells of one."""

    name: str
    architecture: str = "torchvision/tinynet"
    weights: str = "IMAGENET1K_V1"
    url: str = "http://127.0.0.1/tinynet-0123abcd.pth"
    size: int = 40_000_000
    sha256: str = "0123abcd"
    parameters: int = 10_000_000
    accuracy: float = 0.761
    recipe: str = ""
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    labels: tuple[str, ...] = ("cat", "dog")


class Downloads:
    """Stands for the download: reports, then waits until the test lets it go on or it is cancelled."""

    def __init__(self, folder: Path) -> None:
        self.go_on = threading.Event()
        self.folder = folder

    def run(self, request: DownloadModel, context: JobContext) -> Path:
        context.status("Downloading")
        context.progress(10, 40)
        while not self.go_on.wait(0.005):
            context.check()
        return write_model(self.folder, request.name)


@pytest.fixture
def published(page: ModelsPage, qtbot: Any, home: Path) -> Downloads:
    downloads = Downloads(home / "data" / "models")
    page.zoo.listing = lambda request, context: (Published("tinynet-v1"), Published("tinynet-v2"))
    page.zoo.downloading = downloads.run
    page.places.button(PUBLISHED).click()
    qtbot.waitUntil(lambda: page.selected() == "tinynet-v1")
    return downloads


def test_published_models_say_size_source_and_checksum(page: ModelsPage, published: Downloads) -> None:
    words = _words(page)
    assert "0123abcd" in words
    assert "tinynet-0123abcd.pth" in "".join(label.toolTip() for label in page.detail.findChildren(QLabel))
    assert _button(page, "Download (40.0 MB)").isVisible()


def test_download_shows_progress_and_installs(page: ModelsPage, published: Downloads, qtbot: Any) -> None:
    _button(page, "Download (40.0 MB)").click()
    detail = page.detail.findChild(ZooDetail)
    qtbot.waitUntil(lambda: detail.bar.value() == 250)
    assert "10.0 MB of 40.0 MB" in _words(page)
    published.go_on.set()
    qtbot.waitUntil(lambda: "This model is installed." in _words(page))
    page.places.button(INSTALLED).click()
    assert "tinynet-v1" in [row.name for row in _rows(page)]


def test_download_can_be_cancelled(page: ModelsPage, published: Downloads, qtbot: Any) -> None:
    start = _button(page, "Download (40.0 MB)")
    start.click()
    detail = page.detail.findChild(ZooDetail)
    qtbot.waitUntil(lambda: detail.bar.value() == 250)
    detail.stop.click()
    qtbot.waitUntil(lambda: page.zoo.state("tinynet-v1") is None)
    assert start.isVisible()


def test_failed_download_is_told(window: MainWindow, page: ModelsPage, published: Downloads, qtbot: Any) -> None:
    def offline(request: DownloadModel, context: JobContext) -> Path:
        raise DownloadError("{host} cannot be reached. This machine seems to be offline.", host="example.org")

    page.zoo.downloading = offline
    _button(page, "Download (40.0 MB)").click()
    qtbot.waitUntil(lambda: len(window.toasts.shown()) == 1)
    assert _button(page, "Download (40.0 MB)").isVisible()


def test_many_labels_are_shown_on_demand(window: MainWindow, page: ModelsPage, home: Path) -> None:
    write_model(home / "data" / "models", "many", labels=tuple(f"thing-{number}" for number in range(200)))
    page.refresh()
    page.select("many")
    assert "thing-199" not in _words(page)
    _button(page, "Show 140 more").click()
    assert "thing-199" in _words(page)


def test_progress_of_huge_files_fits_into_qt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    class Context(SilentContext):
        def progress(self, done: int, total: int) -> None:
            told.append((done, total))

    def download(request: DownloadModel, context: JobContext) -> Path:
        context.check()
        context.progress(2_500_000_000, 3_000_000_000)
        return tmp_path / str(context.cancelled)

    monkeypatch.setattr("deepstudio.infer.downloads.download", download)
    request = DownloadModel(name="huge", url="http://127.0.0.1/huge.pth", size=3_000_000_000, sha256="00")
    assert download_published(request, Context()).name == "False"
    assert told == [(2_500_000, 3_000_000)]
