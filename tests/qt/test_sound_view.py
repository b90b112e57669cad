"""The wave that scrolls: sound comes in pieces, and into sight evenly."""

import numpy as np
import pytest

from deepstudio.core.listen_messages import HeardSound
from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.speech.sound_view import SoundView, Strip


@pytest.fixture
def theme(qapp):
    made = Theme()
    made.apply(qapp)
    return made


def columns(first, count):
    return np.arange(first, first + count, dtype=np.float32)[:, None] + 1


def test_pieces_come_into_sight_evenly_sixty_times_a_second():
    kept = np.zeros((1000, 1), np.float32)
    strip, shown = Strip(kept), []
    for frame in range(180):
        if frame % 3 == 0:  # 20 pieces a second
            strip.add(columns(5 * (frame // 3), 5))
        shown.append(strip.reveal(1 / 60))
    assert sum(shown) >= 300 - 8  # no more than a few hundredths late
    assert max(shown[6:]) <= 3 and min(shown[6:]) >= 1  # every frame shows something new
    assert kept[-sum(shown) :, 0].tolist() == list(range(1, sum(shown) + 1))


def test_who_is_far_behind_hurries():
    kept = np.zeros((1000, 1), np.float32)
    strip = Strip(kept)
    strip.add(columns(0, 400))
    frames = 0
    while kept[-1, 0] < 392:
        strip.reveal(1 / 60)
        frames += 1
    assert frames < 60
    strip.add(columns(400, 3000))  # more than there is room for
    while strip.reveal(1 / 60):
        pass
    assert kept[:, 0].tolist() == list(range(2401, 3401))


def test_the_view_draws_until_all_is_shown_and_rests(qtbot, theme):
    view = SoundView(theme)
    qtbot.addWidget(view)
    view.resize(600, 160)
    view.show()
    sound = HeardSound(
        seconds=0.5,
        envelope=np.stack([-columns(0, 50), columns(0, 50)], axis=1)[..., 0] / 100,
        bands=np.full((50, 64), 200, np.uint8),
        peak=0.5,
        rms=0.1,
        speaking=True,
        backlog=0.0,
        latency=None,
        lost=0,
    )
    before = view.grab().toImage()
    view.add(sound)
    qtbot.waitUntil(lambda: view._envelope[-1, 1] == np.float32(0.5) and bool(view._bands[0, -50:].all()))
    qtbot.waitUntil(lambda: not view._timer.isActive())
    assert view.grab().toImage() != before
    view.clear()
    assert not view._envelope.any() and not view._bands.any()
