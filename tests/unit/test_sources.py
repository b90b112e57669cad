from __future__ import annotations

from pathlib import Path

import pytest

from deepstudio.core.errors import InputError
from deepstudio.data.sources import gather_sources


def names(*paths: Path) -> list[str]:
    return [source.name for source in gather_sources(paths)]


def test_a_folder_gives_its_pictures_in_natural_order(tmp_path: Path) -> None:
    for name in ("img10.png", "img2.PNG", "b/1.jpg", "a/x.webp", "notes.txt", ".hidden.png", ".cache/y.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "bare").write_bytes(b"\xff\xd8\xff\xe0" + bytes(20))
    (tmp_path / "README").write_text("no picture")
    assert names(tmp_path) == ["a/x.webp", "b/1.jpg", "bare", "img2.PNG", "img10.png"]


def test_files_count_as_they_are_named(tmp_path: Path) -> None:
    sources = gather_sources([tmp_path / "notes.txt", str(tmp_path / "gone.png")])
    assert [source.path for source in sources] == [tmp_path / "notes.txt", tmp_path / "gone.png"]


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no pictures"):
        gather_sources([tmp_path])


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling.png").symlink_to(tmp_path / "nothing")
    assert names(tmp_path) == ["1.png"]
