"""The wheel, installed into a fresh environment and used from an empty folder: everything it needs is inside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("wheel")]

PARTS = ("deepstudio", "packaging", "resources", "pyproject.toml", "README.md", "LICENSE", ".gitignore")


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing compiled before gets in and nothing here changes."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (checkout / part).is_dir():
            shutil.copytree(checkout / part, source / part, ignore=shutil.ignore_patterns("__pycache__", "*.qm"))
        else:
            shutil.copy(checkout / part, source)
    target = tmp_path_factory.mktemp("wheel")
    call([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(source)], cwd=source)
    [built] = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new environment with the wheel in it.

    The libraries are those of the environment that runs the tests, through a .pth file: nothing is downloaded.
    """
    venv = tmp_path_factory.mktemp("venv")
    call([sys.executable, "-m", "venv", "--without-pip", str(venv)], cwd=venv)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    call([*pip, "install", "--no-deps", "--no-index", str(wheel)], cwd=venv)
    site = call([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], cwd=venv).stdout.strip()
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def call(command: list[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done


def records(scripts: Path, empty: Path, *arguments: str) -> list[dict[str, Any]]:
    done = call([str(scripts / "deepstudio"), *arguments, "--json"], cwd=empty)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_resources_and_translations_are_inside(checkout: Path, wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for file in (checkout / "resources").rglob("*"):
        if file.is_file() and file.suffix != ".qm":
            assert f"deepstudio/{file.relative_to(checkout).as_posix()}" in inside
    sources = list((checkout / "resources" / "i18n").glob("*.ts"))
    assert sources
    assert {f"deepstudio/resources/i18n/{source.stem}.qm" for source in sources} <= inside
    assert [name for name in inside if name.startswith(("tests/", "packaging/"))] == []


def test_models_come_from_the_package(checkout: Path, scripts: Path, empty: Path) -> None:
    listed = records(scripts, empty, "models", "list")
    assert {entry["name"] for entry in listed} == {
        file.stem for file in (checkout / "resources/models").glob("*.safe*")
    }
    for entry in listed:
        path = Path(entry["path"])
        assert path.parts[-3:-1] == ("resources", "models")
        assert path.is_relative_to(scripts.parent)
        assert entry["failure"] is None


def test_doctor_finds_nothing_to_mend(scripts: Path, empty: Path) -> None:
    assert [finding for finding in records(scripts, empty, "doctor") if finding["state"] == "problem"] == []


def test_a_digit_is_read(scripts: Path, empty: Path) -> None:
    picture = Image.new("L", (90, 90), 255)
    ImageDraw.Draw(picture).line([(47, 15), (43, 75)], fill=0, width=9)
    picture.save(empty / "one.png")
    [answer] = records(scripts, empty, "predict", "digits", "one.png")
    assert answer["top"][0]["label"] == "1"


def test_the_window_opens(scripts: Path, empty: Path) -> None:
    call([str(scripts / "deepstudio"), "--self-check"], cwd=empty)
