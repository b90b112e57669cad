from __future__ import annotations

import json

import pytest

from deepstudio.app import cli


def test_log_measures_calls_and_the_way_into_the_store(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "log", "--calls", "400", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert 0 < result["p50_microseconds"] <= result["p99_microseconds"]
    assert 0 < result["microseconds_per_call"] < 1000
    assert result["visible_ms_p95"] > 0
    assert (result["calls"], result["dropped"]) == (400, 0)


@pytest.mark.filterwarnings("ignore")
def test_events_measures_reading_beside_tensorboard(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tensorboard")
    assert cli.main(["bench", "events", "--runs", "3", "--steps", "50", "--peer-runs", "1", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["runs"], result["points"]) == (3, 750)
    assert result["megabytes_per_second"] > 0 and result["ratio_tensorboard"] > 0
