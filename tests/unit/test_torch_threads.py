"""A thread that begins to compute while another works alone."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from deepstudio.core.torch_threads import one_thread, stay_alone, use_usual_threads, usual_threads


@pytest.fixture
def _three_threads(monkeypatch: pytest.MonkeyPatch) -> object:
    before = torch.get_num_threads()
    usual_threads.cache_clear()
    torch.set_num_threads(3)
    yield
    usual_threads.cache_clear()
    torch.set_num_threads(before)


@pytest.mark.usefixtures("_three_threads")
def test_training_shares_its_work_though_it_began_while_a_text_was_read() -> None:
    reading, begun = threading.Event(), threading.Event()

    def read() -> int:
        with one_thread():
            reading.set()
            begun.wait()
            alone = torch.get_num_threads()
        return alone

    def begin() -> tuple[int, int]:
        reading.wait()
        torch.ones(64, 64) @ torch.ones(64, 64)
        caught = torch.get_num_threads()
        use_usual_threads()
        begun.set()
        return caught, torch.get_num_threads()

    with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as trainer:
        read_alone, trained = reader.submit(read), trainer.submit(begin)
        assert trained.result() == (1, 3)
        assert read_alone.result() == 1


@pytest.mark.usefixtures("_three_threads")
def test_one_thread_gives_back_what_it_found() -> None:
    with one_thread():
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 3


@pytest.mark.usefixtures("_three_threads")
def test_what_a_thread_asked_for_stays_whatever_others_ask_for_before_it_computes() -> None:
    with ThreadPoolExecutor(1) as listener, ThreadPoolExecutor(1) as trainer:
        trainer.submit(use_usual_threads).result()
        listener.submit(stay_alone).result()
        assert _after_work(trainer) == 3
        trainer.submit(use_usual_threads).result()
        assert _after_work(listener) == 1


def _after_work(lane: ThreadPoolExecutor) -> int:
    lane.submit(lambda: torch.ones(200_000).exp()).result()
    return lane.submit(torch.get_num_threads).result()
