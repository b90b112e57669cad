"""What every test gets: its own home folder, no network, no screen, and a look at what it leaves running."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent

# Set before torch and Qt are imported, and inherited by the programs that tests start. Two workers of pytest-xdist
# with two threads each would only wait for one another on the two cores that this suite is planned for.
os.environ["OMP_NUM_THREADS"] = "1" if "PYTEST_XDIST_WORKER" in os.environ else "2"
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin while they wait starve a busy machine
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["LANGUAGE"] = "en"
if "XDG_RUNTIME_DIR" not in os.environ:  # Qt warns without one
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="deepstudio-tests-")

from tests.helpers.leaks import LeakWatch  # noqa: E402 - needs the environment above


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Let sockets reach this machine only: a test that needs the network fails as it would offline."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in (None, "", "localhost", "::1") and not str(host).startswith("127."):
        raise OSError(errno.ENETUNREACH, f"Tests use no network, but {host} was asked for")


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that stands for the user's settings, models and runs in this test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DEEPSTUDIO_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_leaks(home: Path) -> Iterator[None]:
    watch = LeakWatch()
    with watch.watching():
        yield
    leaks = watch.leaks()
    if leaks:
        pytest.fail("Still running after the test: " + "; ".join(leaks), pytrace=False)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the root of the working tree."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets, `DEEPSTUDIO_TEST_DATA` or the one beside the checkout; skip without."""
    named = os.environ.get("DEEPSTUDIO_TEST_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no test data in {folder} (DEEPSTUDIO_TEST_DATA names another place)")
    return folder


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests marked `gpu` where torch finds none."""
    if item.get_closest_marker("gpu") is None:
        return
    import torch

    if not torch.cuda.is_available() and not torch.backends.mps.is_available():
        pytest.skip("no CUDA or Apple GPU here")
