from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deepstudio.app import cli
from deepstudio.store.runs import RunStore
from deepstudio.store.tensorboard.writer import EventWriter

EVENTS = Path(__file__).resolve().parents[1] / "data" / "events"


def record(name: str = "digits", **values: Any) -> str:
    with RunStore() as store:
        row = store.create_run(name, config={"rate": 0.1, "net": {"width": 8}}, tags=["t"], **values)
        writer = store.writer(row.id)
        writer.write("loss", [0, 1, 2], 1.7e9, [3.0, 2.0, float("nan")])
        writer.event("alert", step=2, text="{what} is NaN", data={"what": "loss"})
        writer.close("finished")
        return row.id


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(["runs", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def records(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    code, out, err = run(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_no_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == (0, "There are no runs yet.\n", "")
    assert records(capsys) == []


def test_list_and_filter(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = record("first"), record("second")
    assert [found["id"] for found in records(capsys, "list")] == [second, first]
    assert [found["id"] for found in records(capsys, "list", "first", "rate>=0.05")] == [first]
    code, out, _ = run(capsys, "list", "rate>1")
    assert (code, out) == (0, "No run matches.\n")
    _, out, _ = run(capsys)
    assert first[:8] in out and "finished" in out and "#t" in out


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    identity = record(notes="a note")
    (shown,) = records(capsys, "show", "digits")
    assert shown["id"] == identity
    assert shown["metrics"]["loss"] == {
        "count": 3, "first_step": 0, "last_step": 2, "last": None, "minimum": 2.0, "maximum": 3.0, "bad": 1
    }  # fmt: skip
    assert shown["events"][0]["text"] == "loss is NaN"
    _, out, _ = run(capsys, "show", identity[:6])
    for part in ("a note", "net.width", "NaN or infinite: 1", "step 2: loss is NaN"):
        assert part in out


def test_an_unknown_run_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    record()
    code, out, err = run(capsys, "show", "digts")
    assert (code, out) == (1, "")
    assert err == "There is no run named 'digts'. Did you mean: digits?\n"


def test_delete_and_restore(capsys: pytest.CaptureFixture[str]) -> None:
    identity = record()
    assert records(capsys, "delete", "digits") == [{"action": "deleted", "id": identity, "name": "digits"}]
    assert records(capsys, "list") == []
    assert [found["id"] for found in records(capsys, "list", "--deleted")] == [identity]
    assert run(capsys, "delete", "digits")[0] == 1
    assert records(capsys, "restore", identity[:8])[0]["action"] == "restored"
    assert [found["id"] for found in records(capsys, "list")] == [identity]


def test_a_name_of_two_runs_deletes_neither(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = record(), record()
    code, _, err = run(capsys, "delete", "digits")
    assert code == 1
    assert first[:12] in err and second[:12] in err and len(err.splitlines()) == 1
    assert len(records(capsys, "list")) == 2
    assert records(capsys, "show", "digits")[0]["id"] == second


@pytest.mark.parametrize("form", ["csv", "csv-long", "parquet", "json"])
def test_export_into_a_folder(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    identity = record()
    (written,) = records(capsys, "export", "digits", "--format", form, "--out", str(tmp_path))
    path = Path(written["path"])
    assert path.parent == tmp_path and path.name.startswith(f"digits-{identity[:8]}.") and path.stat().st_size


def test_export_of_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [record("a"), record("b")]
    assert len(records(capsys, "export", "a", "b", "--out", str(tmp_path))) == 2
    (written,) = records(capsys, "export", "a", "b", "--format", "json", "--out", str(tmp_path / "both.json"))
    assert written["runs"] == ids
    assert [found["name"] for found in json.loads((tmp_path / "both.json").read_text())] == ["a", "b"]
    written = records(capsys, "export", "a", "--format", "tensorboard", "--out", str(tmp_path))[0]
    assert "tfevents" in written["path"]


def test_import_of_event_files_and_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    identity = record()
    (archived,) = records(capsys, "archive", "digits", "--out", str(tmp_path))
    assert archived["path"].endswith(".dsrun")
    code, out, err = run(capsys, "import", str(EVENTS / "torch"), str(tmp_path / "nothing"), archived["path"], "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 1 and err == f"There is no file or folder {tmp_path / 'nothing'}.\n"
    assert [answer["action"] for answer in answers] == ["imported", "refused", "imported"]
    assert (len(answers[0]["runs"]), answers[0]["damages"]) == (2, 0)
    assert answers[2]["runs"] != [identity]
    assert {found["name"] for found in records(capsys, "list")} == {"digits", "torch", "torch/trial"}


def test_a_file_of_which_nothing_can_be_read_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noise.tfevents").write_bytes(bytes(range(256)) * 8)
    code, out, err = run(capsys, "import", str(tmp_path))
    assert code == 1 and "1 damaged place left out" in out
    assert err == f"Nothing in {tmp_path} could be read.\n"


@pytest.mark.parametrize(
    "words", [["export"], ["export", "x", "--format", "xls"], ["import", "a", "b", "--live"], ["show"]]
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1 and "--help" in err


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_following_a_folder_until_interrupted(home: Path, tmp_path: Path) -> None:
    import numpy as np

    path = tmp_path / "logs" / "events.out.tfevents.1"
    path.parent.mkdir()
    stream = open(path, "wb")  # noqa: SIM115 - closed below
    writer = EventWriter(stream, wall=1.7e9)
    writer.scalars("loss", np.arange(5), np.full(5, 1.7e9), np.ones(5))
    stream.flush()
    words = [sys.executable, "-m", "deepstudio", "runs", "import", str(path.parent), "--live", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        assert json.loads(process.stdout.readline())["points"] == 5
        writer.scalars("loss", np.arange(5, 8), np.full(3, 1.7e9), np.ones(3))
        stream.close()
        assert json.loads(process.stdout.readline())["points"] == 3
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == ""
        assert process.wait(30) == 0
    with RunStore() as store:
        (row,) = store.runs()
        assert store.read(row.id, "loss").steps.tolist() == list(range(8))
