"""Recordings given to the network a second time are answered from memory."""

from __future__ import annotations

import numpy as np

from deepstudio.audio.recognizer import options_of
from deepstudio.models.speech_ctc import CtcStream
from deepstudio.train.speech.streams import RememberedStream


class _Counting(CtcStream):
    """Answers with the number of frames, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.letters_UL = np.zeros((0, 0), np.float32)

    def reset(self) -> None:
        """Nothing to forget."""

    def feed(self, frames_TM: np.ndarray, *, last: bool) -> np.ndarray:
        """Answer."""
        self.asked += 1
        self.letters_UL = np.full((1, 2), self.asked, np.float32)
        return np.full((1, 3), len(frames_TM), np.float32)


def test_the_network_hears_a_recording_once_and_its_answers_come_again_in_order() -> None:
    network = _Counting()
    stream = RememberedStream(network)

    def hear() -> list[tuple[float, float]]:
        stream.rewind()
        answers = []
        for frames in (4, 7, 5):
            stream.reset()
            logs = stream.feed(np.zeros((frames, 80), np.float32), last=True)
            answers.append((float(logs[0, 0]), float(stream.letters_UL[0, 0])))
        return answers

    first = hear()
    assert first == [(4, 1), (7, 2), (5, 3)]
    assert hear() == first
    assert network.asked == 3


def test_what_is_shown_at_once_may_be_searched_for_with_other_weights_than_what_stays() -> None:
    chosen = {"lm_weight": 1.2, "word_bonus": -0.5, "blank_penalty": 3.0}
    alone = options_of({"search": chosen})
    assert alone.first.lm_weight == alone.second.lm_weight == 1.2
    both = options_of({"search": {**chosen, "live": {"lm_weight": 0.8, "word_bonus": -1.0, "blank_penalty": 2.0}}})
    assert (both.first.lm_weight, both.first.word_bonus, both.first.blank_penalty) == (0.8, -1.0, 2.0)
    assert (both.second.lm_weight, both.second.word_bonus, both.second.blank_penalty) == (1.2, -0.5, 3.0)
