"""Figures of text tasks, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from deepstudio.data.text.spans import entity_spans
from deepstudio.train.text.measures import classification_report, entity_report, rouge_l
from deepstudio.train.text.translation import measure_written


def test_spans_follow_the_conll_evaluation() -> None:
    tags = ["B-PER", "I-PER", "O", "I-LOC", "I-LOC", "I-ORG", "B-ORG", "B-ORG"]
    assert entity_spans(tags) == [("PER", 0, 2), ("LOC", 3, 5), ("ORG", 5, 6), ("ORG", 6, 7), ("ORG", 7, 8)]
    assert entity_spans([]) == [] and entity_spans(["O"]) == []


def test_entity_f1_wants_type_and_both_ends() -> None:
    truth = [["B-PER", "I-PER", "O", "B-LOC"], ["B-ORG"]]
    guess = [["B-PER", "O", "O", "B-LOC"], ["B-LOC"]]
    report = entity_report(truth, guess)
    assert report["entity_precision"] == report["entity_recall"] == report["entity_f1"] == pytest.approx(1 / 3)
    assert report["entity_f1_by_type"] == {"LOC": pytest.approx(2 / 3), "ORG": 0.0, "PER": 0.0}
    assert entity_report([["O"]], [["O"]])["entity_f1"] == 0.0


def test_rouge_l_is_the_longest_common_subsequence() -> None:
    # Lin 2004, section 3.1: "police killed the gunman" and "police kill the gunman" share three of four words.
    assert rouge_l(["police", "killed", "the", "gunman"], ["police", "kill", "the", "gunman"]) == pytest.approx(0.75)
    assert rouge_l(["police", "killed", "the", "gunman"], ["the", "gunman", "kill", "police"]) == pytest.approx(0.5)
    assert rouge_l(["a"], []) == rouge_l([], ["a"]) == rouge_l([], []) == 0.0


def test_classification_report() -> None:
    probabilities = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.7, 0.3]])
    report = classification_report(probabilities, np.array([0, 0, 1, 1]))
    assert report["accuracy"] == 0.75 and report["confusion"] == [[2, 0], [1, 1]]
    assert report["f1_by_class"] == pytest.approx([0.8, 2 / 3]) and report["f1"] == pytest.approx(2 / 3)
    assert report["macro_f1"] == pytest.approx((0.8 + 2 / 3) / 2)
    # Each text has a bin of its own: gaps 0.1, 0.4, 0.2 and 0.7.
    assert report["ece"] == pytest.approx((0.1 + 0.4 + 0.2 + 0.7) / 4)
    absent = classification_report(np.array([[0.1, 0.9, 0.0]]), np.array([1]))
    assert absent["macro_f1"] == 1.0


def test_chinese_counts_characters() -> None:
    exact = measure_written("translation", ["我喜欢这本书。"], ["我喜欢这本书。"])
    assert exact["bleu"] == pytest.approx(100) and exact["chrf"] == pytest.approx(100)
    assert measure_written("translation", ["我喜欢那本书。"], ["我喜欢这本书。"])["bleu"] > 20
