"""packaging/run, packaging/test and packaging/install-desktop, without installing anything: a fake Python stands in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts' checks of the system are for Linux")

TOOLS = ("cat", "cksum", "cp", "cut", "dirname", "find", "id", "mkdir", "mv", "rm", "sed", "sh", "tr", "uname")
ECHO = '#!/bin/sh\nprintf \'<%s>\' "$@"; echo " $QT_QPA_PLATFORM"\n'


@pytest.fixture
def place(checkout: Path, tmp_path: Path) -> Path:
    """Return a copy of the scripts in a folder with a space, beside a PATH of few tools and no Python."""
    root = tmp_path / "a place"
    shutil.copytree(checkout / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(checkout / "pyproject.toml", root)
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tools / tool).symlink_to(found)
    return root


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def call(place: Path, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    tools = place.parent / "bin"
    return subprocess.run(
        [str(place / "packaging" / script), *arguments],
        cwd=place.parent,
        env={"PATH": str(tools), "HOME": str(place.parent), "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def make_ready(place: Path, *kinds: str) -> None:
    """Lay out a virtual environment that looks finished and whose Python prints what it was called with."""
    venv = place / ".venv"
    program(venv / "bin" / "python", ECHO)
    with open(place / "pyproject.toml", "rb") as pyproject:
        checksum = subprocess.run(["cksum"], stdin=pyproject, capture_output=True, text=True, check=True).stdout.strip()
    for kind in kinds:
        (venv / f".installed-{kind}").write_text(f"{checksum} {place}\n")
    (venv / ".system-ready").touch()


def test_no_python(place: Path) -> None:
    done = call(place, "run")
    assert done.returncode == 1
    assert "Python 3.11 to 3.14 is needed" in done.stderr
    assert done.stdout == ""


def test_python_without_venv(place: Path) -> None:
    answers = "case $2 in *ensurepip*) exit 1 ;; *print*) echo python3.12-venv ;; esac"
    program(place.parent / "bin" / "python3.12", f"#!/bin/sh\n{answers}\n")
    done = call(place, "test")
    assert done.returncode == 1
    assert "Type: sudo apt-get install -y python3.12-venv" in done.stderr
    assert not (place / ".venv").exists()


def test_old_python_is_passed_over(place: Path) -> None:
    program(place.parent / "bin" / "python3", "#!/bin/sh\nexit 1\n")
    assert "Python 3.11 to 3.14 is needed" in call(place, "run").stderr


def test_arguments_reach_the_program(place: Path) -> None:
    make_ready(place, "program")
    done = call(place, "run", "predict", "objects", "two words.png")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "<-m><deepstudio><predict><objects><two words.png> \n"


def test_window_opens_on_a_display(place: Path) -> None:
    make_ready(place, "program")
    assert call(place, "run", DISPLAY=":0").stdout == "<-m><deepstudio> \n"
    assert call(place, "run", WAYLAND_DISPLAY="wayland-0").stdout == "<-m><deepstudio> \n"


def test_tour_without_a_display(place: Path) -> None:
    make_ready(place, "program")
    done = call(place, "run")
    assert "There is no display here" in done.stderr
    assert done.stdout == f"<-m><deepstudio><tour><--out><{place / 'tour'}> offscreen\n"


def test_tests_run_on_two_cores_unless_told_otherwise(place: Path) -> None:
    make_ready(place, "program", "tests")
    assert "<-m><pytest><--numprocesses=2>" in call(place, "test").stdout
    assert call(place, "test", "-k", "a b").stdout == "<-m><pytest><-k><a b> \n"


def test_changed_project_is_installed_again(place: Path) -> None:
    make_ready(place, "program")
    (place / "pyproject.toml").write_text("[project]\n")
    done = call(place, "run", "doctor")
    assert done.returncode == 0
    assert "Installing DeepStudio" in done.stderr
    assert f"<--editable><{place}>" in done.stderr
    assert call(place, "run", "doctor").stderr == ""


def test_moved_project_is_installed_again(place: Path) -> None:
    make_ready(place, "program")
    moved = place.rename(place.parent / "another place")
    assert "Installing DeepStudio" in call(moved, "run", "doctor").stderr


def test_failed_installation_is_begun_anew(place: Path) -> None:
    make_ready(place)
    program(place / ".venv" / "bin" / "python", "#!/bin/sh\n[ \"$1\" = -c ] || { echo 'disk full' >&2; exit 1; }\n")
    done = call(place, "run", "doctor")
    assert done.returncode == 1
    assert "disk full\ndeepstudio: The installation failed; the lines above say why." in done.stderr
    make_python = f'case $* in *-m*venv*) mkdir -p "$3/bin"; cp \'{place.parent}/echo\' "$3/bin/python" ;; esac'
    program(place.parent / "echo", ECHO)
    program(place.parent / "bin" / "python3.13", f"#!/bin/sh\n{make_python}\n")
    done = call(place, "run", "doctor", QT_QPA_PLATFORM="offscreen")
    assert "Making the virtual environment" in done.stderr
    assert done.returncode == 0
    assert done.stdout == "<-m><deepstudio><doctor> offscreen\n"


def test_menu_entry_comes_and_goes(place: Path) -> None:
    program(place / "resources" / "icons" / "app.svg", "<svg/>")
    assert call(place, "install-desktop").returncode == 0
    entry = place.parent / ".local/share/applications/deepstudio.desktop"
    icon = place.parent / ".local/share/icons/hicolor/scalable/apps/deepstudio.svg"
    assert f'Exec="{place}/packaging/run" %F\n' in entry.read_text()
    assert icon.is_file()
    assert call(place, "install-desktop", "--uninstall").returncode == 0
    assert not entry.exists()
    assert not icon.exists()
    assert call(place, "install-desktop", "--what").returncode == 2


def test_libraries_of_this_system_are_named(checkout: Path) -> None:
    """Every line of the check has a weight and a package; which ones depends on the machine."""
    done = subprocess.run(
        [sys.executable, str(checkout / "packaging" / "libraries.py")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    for line in done.stdout.splitlines():
        weight, package = line.split()
        assert weight in ("needed", "useful")
        assert package == package.lower()
