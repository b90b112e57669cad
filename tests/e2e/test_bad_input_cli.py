"""What goes wrong ends in one clear sentence, the right exit code, and nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from deepstudio.app.cli import main
from tests.helpers.models import rewrite_card, rewrite_header, write_tiny_model

RECIPE = """
name = "tiny"
[preprocessing]
height = 24
width = 24
channels = 1
[network]
architecture = "article-two-blocks"
[network.config]
in_channels = 1
height = 24
width = 24
[training]
epochs = 1
batch_size = 4
"""


class Ended:
    """What a command left: exit code and the lines of its stderr and stdout."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def says(self, *words: str, code: int = 1, notes: bool = False) -> None:
        """Check for the exit code and one line of whole sentences that has `words`; `notes` may come before it."""
        assert self.code == code, self.err
        [*before, line] = self.err.splitlines()
        assert notes or not before
        assert "Traceback" not in self.err
        assert line.endswith((".", "?", ":")), line
        for word in words:
            assert word in line


Call = Callable[..., Ended]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: object) -> Ended:
        code = main([str(argument) for argument in arguments])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.safetensors"
    write_tiny_model(path)
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Two classes of two grey pictures each."""
    folder = tmp_path / "pictures"
    for name, shade in (("cat", 40), ("dog", 200)):
        (folder / name).mkdir(parents=True)
        for number in range(2):
            Image.new("L", (24, 24), shade + number).save(folder / name / f"{number}.png")
    return folder


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(RECIPE)
    return path


def left_behind(home: Path) -> list[str]:
    """Return what lies in the user's folders, logs aside."""
    files = (path.relative_to(home) for path in home.rglob("*") if path.is_file())
    return [str(path) for path in files if path.parts[0] != "log"]


# Wrong usage


@pytest.mark.parametrize(
    "words",
    [
        ("predcit", "objects"),
        ("models", "shwo"),
        ("predict", "objects", "a.png", "--top", "3"),
        ("evaluate", "objects"),
        ("train",),
        ("tour",),
        ("--jsn",),
    ],
)
def test_wrong_usage(call: Call, words: tuple[str, ...]) -> None:
    call(*words).says(code=2)


# Names


def test_unknown_model(call: Call, home: Path, pictures: Path) -> None:
    for words in (("show", "objecst"), ("remove", "objecst"), ("export", "objecst", home)):
        call("models", *words).says("objecst")
    call("evaluate", "objecst", "--data", pictures).says("objecst")
    call("predict", "objecst", pictures).says("objecst")
    assert left_behind(home) == []


def test_unknown_recipe(call: Call, home: Path, pictures: Path) -> None:
    call("train", "objecst", "--data", pictures).says("objecst")
    assert left_behind(home) == []


def test_unknown_device(call: Call, model: Path, pictures: Path) -> None:
    call("evaluate", model, "--data", pictures, "--device", "quantum").says("quantum", code=2)


# Recipes


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("training.epohcs=3", "epohcs"),
        ("training.epochs=0", "epochs"),
        ("training.epochs=many", "epochs"),
        ("training.epochs", "training.epochs"),
        ("optimizer.name=sdg", "sdg"),
        ("network.architecture=resent", "resent"),
        ("network.config.dorpout=0.5", "dorpout"),
    ],
)
def test_unknown_key_or_value(call: Call, home: Path, recipe: Path, pictures: Path, change: str, word: str) -> None:
    # That there is no test split is said before the network is built.
    call("train", recipe, "--data", pictures, "--set", change).says(word, notes=True)
    assert [name for name in left_behind(home) if not name.startswith("data/runs.db")] == []


def test_recipe_that_is_no_toml(call: Call, home: Path, tmp_path: Path, pictures: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("name = \n")
    call("train", broken, "--data", pictures).says("broken.toml")
    broken.write_bytes(b"\xff\xfe\x00")
    call("train", broken, "--data", pictures).says("broken.toml")
    assert left_behind(home) == []


# Data


def test_empty_folder(call: Call, home: Path, recipe: Path, model: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for command in (("train", recipe), ("evaluate", model)):
        call(*command, "--data", empty).says("empty")
        call(*command, "--data", tmp_path / "missing").says("missing")
    assert [name for name in left_behind(home) if not name.startswith("data/runs.db")] == []


def test_pictures_of_other_classes(call: Call, model: Path, pictures: Path) -> None:
    (pictures / "dog").rename(pictures / "zebra")
    call("evaluate", model, "--data", pictures).says("zebra")


def test_unreadable_picture_is_named_and_the_rest_goes_on(call: Call, model: Path, pictures: Path) -> None:
    (pictures / "cat" / "0.png").write_bytes(b"\x89PNG\r\n\x1a\nno more")
    ended = call("evaluate", model, "--data", pictures, "--json")
    ended.says("0.png")
    assert json.loads(ended.out)["examples"] == 3


def test_unreadable_input_is_named_and_the_rest_goes_on(call: Call, model: Path, pictures: Path) -> None:
    assert call("models", "install", model).code == 0
    (pictures / "cat" / "0.png").write_bytes(b"")
    ended = call("predict", "tiny", pictures, "--json")
    ended.says("0.png")
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert sum("top" in answer for answer in answers) == 3


# Model files


def cut(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])


def halve(path: Path) -> None:
    cut(path, path.stat().st_size // 2)


def reshape(path: Path) -> None:
    def change(header: dict[str, dict[str, list[int]]]) -> None:
        name = next(key for key in header if key.endswith("weight"))
        header[name]["shape"][0] *= 2

    rewrite_header(path, change)


HEADER_DAMAGE: dict[str, Callable[[Path], None]] = {
    "empty": lambda path: cut(path, 0),
    "header cut": lambda path: cut(path, 100),
    "truncated": halve,
    "one byte short": lambda path: cut(path, path.stat().st_size - 1),
    "not a model": lambda path: path.write_text("Dear diary, " * 100) and None,
    "endless header": lambda path: path.write_bytes(b"\xff" * 4096) and None,
    "shape": reshape,
    "no card": lambda path: rewrite_header(path, lambda header: header.pop("__metadata__") and None),
    "card without labels": lambda path: rewrite_card(path, labels=[]),
    "card with too many parameters": lambda path: rewrite_card(path, parameters=10**9),
    "card that leaves its folder": lambda path: rewrite_card(path, name="../../escaped"),
    "card of the future": lambda path: rewrite_card(path, card_version=99),
}


def flip_last_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


WEIGHT_DAMAGE: dict[str, Callable[[Path], None]] = {
    "a flipped bit": flip_last_byte,
    "card with another label": lambda path: rewrite_card(path, labels=["cat", "dog", "cow"]),
    "card with another network": lambda path: rewrite_card(path, architecture="article-32-64-64"),
    "card with an unknown network": lambda path: rewrite_card(path, architecture="mystery"),
    "card with another size": lambda path: rewrite_card(path, config={"in_channels": 1, "height": 32, "width": 32}),
}


@pytest.mark.parametrize("damage", HEADER_DAMAGE.values(), ids=HEADER_DAMAGE)
def test_damaged_file_is_not_installed(call: Call, home: Path, model: Path, damage: Callable[[Path], None]) -> None:
    damage(model)
    call("models", "install", model).says("tiny.safetensors")
    assert left_behind(home) == []


@pytest.mark.parametrize("damage", WEIGHT_DAMAGE.values(), ids=WEIGHT_DAMAGE)
def test_damaged_file_is_not_used(
    call: Call, model: Path, pictures: Path, damage: Callable[[Path], None], request: pytest.FixtureRequest
) -> None:
    damage(model)
    word = "mystery" if "unknown" in request.node.callspec.id else "tiny.safetensors"
    call("evaluate", model, "--data", pictures).says(word)


def test_damaged_file_in_the_library_is_listed_with_its_fault(call: Call, home: Path, model: Path) -> None:
    assert call("models", "install", model).code == 0
    halve(home / "data" / "models" / "tiny.safetensors")
    ended = call("models", "list", "--json")
    ended.says("tiny")
    [entry] = [entry for line in ended.out.splitlines() if (entry := json.loads(line))["name"] == "tiny"]
    assert "tiny.safetensors" in entry["failure"]


# Disks


def limited(arguments: list[object], most_bytes: int, home: Path) -> Ended:
    """Run the command line in a process that cannot write files longer than `most_bytes`."""
    program = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_bytes}, {most_bytes}))\n"
        "from deepstudio.app.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "DEEPSTUDIO_HOME": str(home)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="uses a limit of POSIX")
def test_disk_that_takes_no_more(home: Path, model: Path) -> None:
    limited(["models", "install", model], 4096, home).says("cannot be written")
    assert left_behind(home) == []


@pytest.mark.skipif(os.name != "posix", reason="uses a limit of POSIX")
def test_disk_that_takes_no_more_keeps_what_was_there(call: Call, home: Path, model: Path) -> None:
    assert call("models", "install", model).code == 0
    installed = home / "data" / "models" / "tiny.safetensors"
    before = installed.read_bytes()
    write_tiny_model(model, description="A newer one.")
    limited(["models", "install", model], 4096, home).says("cannot be written")
    assert installed.read_bytes() == before
    assert len(left_behind(home)) == 1


SMALL_DISK = """
mount -t tmpfs -o size=96k none "$1" || exit 77
disk=$1; shift
"$@"; code=$?
cd "$disk"; find . -type f -path "*data*" | sed "s/^/left: /"
exit $code
"""


def on_small_disk(arguments: list[object], disk: Path) -> tuple[Ended, list[str]]:
    """Run the command line with its home on a disk of 96 KB; return how it ended and the files it left there."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    command = [*unshare, "sh", "-c", SMALL_DISK, "sh", str(disk), sys.executable, "-m", "deepstudio"]
    done = subprocess.run(
        [*command, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DEEPSTUDIO_HOME": str(disk)},
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system lets nobody mount a small disk here")
    lines = done.stdout.splitlines()
    return Ended(done.returncode, done.stdout, done.stderr), [line for line in lines if line.startswith("left: ")]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs Linux namespaces for a small disk")
def test_full_disk(model: Path, recipe: Path, pictures: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    big = tmp_path / "big.safetensors"
    write_tiny_model(big, name="big", description="long " * 20_000)
    ended, left = on_small_disk(["models", "install", big], disk)
    ended.says("cannot be written")
    assert left == []
    ended, left = on_small_disk(["train", recipe, "--data", pictures, "--json"], disk)
    ended.says("disk is full", notes=True)
    assert [line for line in left if not line.endswith((".json", ".jsonl")) and "runs.db" not in line] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_output(call: Call, model: Path) -> None:
    assert call("models", "install", model).code == 0
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "deepstudio", "models", "list", "--json"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    Ended(done.returncode, "", done.stderr).says("full")


def test_home_that_is_a_file(call: Call, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("mine")
    monkeypatch.setenv("DEEPSTUDIO_HOME", str(occupied))
    call("models", "install", model).says("occupied")
    assert occupied.read_text() == "mine"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(call: Call, model: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert call("models", "install", model).code == 0
    call("models", "export", "tiny", locked).says("locked")
    assert list(locked.iterdir()) == []
