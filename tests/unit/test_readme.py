from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from deepstudio.app.cli import command_names
from deepstudio.models.card import Measured, ModelCard


@pytest.fixture(scope="module")
def tool(checkout: Path) -> dict[str, Any]:
    return runpy.run_path(str(checkout / "packaging" / "readme_table.py"))


@pytest.fixture(scope="module")
def readme(checkout: Path) -> str:
    return (checkout / "README.md").read_text(encoding="utf-8")


def test_table_says_what_the_cards_say(checkout: Path, tool: dict[str, Any], readme: str) -> None:
    table = tool["model_table"](checkout / "resources" / "models")
    assert tool["with_table"](readme, table) == readme, "run: python packaging/readme_table.py"


def test_links_lead_somewhere(checkout: Path, readme: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)", readme)
    assert [target for target in targets if "://" not in target and not (checkout / target).exists()] == []


def test_named_files_exist(checkout: Path, readme: str) -> None:
    named = re.findall(r"(?:deepstudio|packaging|resources)/[\w/.-]+\w", readme)
    assert [name for name in named if not (checkout / name).exists()] == []


def test_named_commands_exist(readme: str) -> None:
    assert set(re.findall(r"(?:packaging/run|`deepstudio) (\w+)", readme)) <= set(command_names())


def test_a_row(tool: dict[str, Any]) -> None:
    card = ModelCard(
        name="objects",
        title="Objects",
        task="image-classification",
        architecture="speednet",
        labels=("cat", "dog"),
        warning="Not for vets.",
        parameters=1_980_000,
        metrics=(
            Measured(name="accuracy", value=0.95678, data="CIFAR-10", split="test", examples=5000),
            Measured(name="ece", value=0.0123, data="CIFAR-10", split="test", examples=5000),
            Measured(name="macro_f1", value=0.95, data="CIFAR-10", split="test", examples=5000),
            Measured(name="accuracy", value=0.5, data="photos", split="test", examples=12),
            Measured(name="accuracy", value=0.9, data="CIFAR-10", split="validation", examples=2500),
            Measured(name="rejected", value=0.75, data="gtsrb/train", split="other things", examples=9),
        ),
    )
    assert tool["_row"](card) == (
        "| `objects`: Objects<br>**Not for vets.** | 2 classes | speednet, 1.98 M "
        "| CIFAR-10 test, 5,000: accuracy 95.68 %, calibration error 1.23 %<br>photos test, 12: accuracy 50.00 %"
        '<br>gtsrb/train other things, 9: "none of these" 75.00 % '
        "| `deepstudio train resources/recipes/objects.toml --data DIR` |"
    )
