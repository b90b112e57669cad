"""The rules that a machine can check: style, types, walls between layers, sizes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKED = ("deepstudio", "packaging", "tests")
MAX_LINES = 600
MAX_TREE_BYTES = 55_000_000
MAX_MODELS_BYTES = 45_000_000
MAX_MODEL_BYTES = 14_000_000

# Paths of one machine and addresses of package registries; in pieces, so that this file does not match itself.
FOREIGN = re.compile(
    "|".join(["/ro" + "ot/", "/ho" + "me/[a-z]", "/op" + "t/", "/wo" + "rk/", r"pypi\.o" + "rg", "pythonho" + "sted"])
)
TEXT_SUFFIXES = {".py", ".toml", ".sh", ".md", ".ts", ".svg", ".desktop", ".json", ".csv", ".txt", ".qss", ""}


def run(checkout: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def tracked(checkout: Path) -> list[Path]:
    if not (checkout / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=checkout, capture_output=True, text=True, check=True)
    return [path for name in done.stdout.split("\0") if name and (path := checkout / name).is_file()]


def texts(tracked: list[Path]) -> Iterator[tuple[Path, str]]:
    for path in tracked:
        if path.suffix in TEXT_SUFFIXES:
            yield path, path.read_text(encoding="utf-8")


def test_ruff_check(checkout: Path) -> None:
    run(checkout, sys.executable, "-m", "ruff", "check", *CHECKED)


def test_ruff_format(checkout: Path) -> None:
    run(checkout, sys.executable, "-m", "ruff", "format", "--check", *CHECKED)


@pytest.mark.timeout(600)
def test_mypy(checkout: Path) -> None:
    run(checkout, sys.executable, "-m", "mypy")


def test_layers(checkout: Path) -> None:
    run(checkout, sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def test_no_long_files(tracked: list[Path]) -> None:
    long = {}
    for path, text in texts(tracked):
        if path.suffix in (".py", ".sh", "") and (lines := text.count("\n")) > MAX_LINES:
            long[path.name] = lines
    assert long == {}


def test_sizes(checkout: Path, tracked: list[Path]) -> None:
    sizes = {path: path.stat().st_size for path in tracked}
    models = {path.name: size for path, size in sizes.items() if path.parent == checkout / "resources" / "models"}
    assert sum(sizes.values()) < MAX_TREE_BYTES
    assert sum(models.values()) <= MAX_MODELS_BYTES
    assert {name: size for name, size in models.items() if size > MAX_MODEL_BYTES} == {}


def test_nothing_of_one_machine(tracked: list[Path]) -> None:
    found = [f"{path.name}: {match[0]}" for path, text in texts(tracked) if (match := FOREIGN.search(text))]
    assert found == []


def test_nothing_generated(tracked: list[Path]) -> None:
    assert [path.name for path in tracked if path.suffix in (".qm", ".pyc") or "__pycache__" in path.parts] == []


@pytest.mark.parametrize(
    "script", ["packaging/run", "packaging/test", "packaging/setup.sh", "packaging/install-desktop"]
)
def test_shell_scripts_parse(checkout: Path, script: str) -> None:
    run(checkout, "sh", "-n", script)


def test_ci_script_parses(checkout: Path) -> None:
    run(checkout, "bash", "-n", ".ci/run")
