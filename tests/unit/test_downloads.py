from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torchvision

from deepstudio.core.errors import DownloadError, JobCancelled, StorageError, UnknownNameError
from deepstudio.core.requests import DownloadModel
from deepstudio.infer.downloads import download, fetch
from tests.helpers.contexts import RecordingContext
from tests.helpers.file_server import FileServer, serving

CONTENT = os.urandom(700_000)


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving(CONTENT) as offer:
        yield offer


def asking(server: FileServer) -> DownloadModel:
    return DownloadModel(
        name="squeezenet1-1-imagenet1k-v1",
        url=server.url,
        size=len(server.content),
        sha256=hashlib.sha256(server.content).hexdigest()[:8],
    )


def test_a_file_arrives_whole_with_progress(server: FileServer, tmp_path: Path) -> None:
    context = RecordingContext()
    path = fetch(asking(server), tmp_path, context)
    assert path == tmp_path / "weights.pth" and path.read_bytes() == CONTENT
    assert context.steps[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in context.steps] == sorted(done for done, _ in context.steps)
    assert list(tmp_path.iterdir()) == [path]


def test_a_cancelled_download_goes_on_where_it_stopped(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(JobCancelled):
        fetch(asking(server), tmp_path, RecordingContext(cancel_at=3))
    (part,) = tmp_path.iterdir()
    have = part.stat().st_size
    assert part.suffix == ".part" and 0 < have < len(CONTENT)
    assert fetch(asking(server), tmp_path, RecordingContext()).read_bytes() == CONTENT
    assert server.ranges == [None, f"bytes={have}-"]


def test_a_server_that_breaks_off_and_comes_back(server: FileServer, tmp_path: Path) -> None:
    server.stop_after = 300_000
    with pytest.raises(DownloadError, match="broke off"):
        fetch(asking(server), tmp_path, RecordingContext())
    server.stop_after = None
    assert fetch(asking(server), tmp_path, RecordingContext()).read_bytes() == CONTENT
    assert server.ranges[-1] == "bytes=300000-"


def test_a_server_without_ranges_starts_again(server: FileServer, tmp_path: Path) -> None:
    (tmp_path / "weights.pth.part").write_bytes(CONTENT[:1000])
    server.knows_ranges = False
    assert fetch(asking(server), tmp_path, RecordingContext()).read_bytes() == CONTENT


def test_a_part_that_is_complete_needs_no_more(server: FileServer, tmp_path: Path) -> None:
    (tmp_path / "weights.pth.part").write_bytes(CONTENT)
    assert fetch(asking(server), tmp_path, RecordingContext()).read_bytes() == CONTENT


def test_a_wrong_checksum_is_refused_and_deleted(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="checksum differs"):
        fetch(replace(asking(server), sha256="00000000"), tmp_path, RecordingContext())
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_size_is_not_even_begun(server: FileServer, tmp_path: Path) -> None:
    server.content = CONTENT * 6
    with pytest.raises(DownloadError, match="another file"):
        fetch(replace(asking(server), size=len(CONTENT)), tmp_path, RecordingContext())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_server_that_refuses(server: FileServer, tmp_path: Path, status: int) -> None:
    server.status = status
    with pytest.raises(DownloadError, match=f"HTTP {status}"):
        fetch(asking(server), tmp_path, RecordingContext())


def test_a_server_that_is_gone(tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        request = asking(server)
    with pytest.raises(DownloadError, match="seems to be offline"):
        fetch(request, tmp_path, RecordingContext())


def test_offline_is_a_plain_sentence(tmp_path: Path) -> None:
    request = DownloadModel(name="x", url="http://weights.invalid/x.pth", size=1, sha256="00")
    with pytest.raises(DownloadError, match=r"weights\.invalid cannot be reached"):
        fetch(request, tmp_path, RecordingContext())


def test_other_addresses_are_refused(tmp_path: Path) -> None:
    request = DownloadModel(name="x", url=(tmp_path / "x").as_uri(), size=1, sha256="00")
    with pytest.raises(DownloadError, match="no web address"):
        fetch(request, tmp_path, RecordingContext())


def test_a_full_disk_is_noticed_before(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="too little room"):
        fetch(asking(server), tmp_path, RecordingContext(), free=lambda folder: 1000)
    assert server.ranges == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_disk_that_fills_up_leaves_nothing(server: FileServer, tmp_path: Path) -> None:
    (tmp_path / "weights.pth.part").symlink_to("/dev/full")
    with pytest.raises(StorageError, match="cannot be written"):
        fetch(asking(server), tmp_path, RecordingContext())
    assert list(tmp_path.iterdir()) == []


def test_published_weights_become_a_model(home: Path) -> None:
    from deepstudio.models.library import default_library
    from deepstudio.models.modelfile import load_model

    torch.manual_seed(0)
    network = torchvision.models.squeezenet1_1(weights=None).eval()
    stream = io.BytesIO()
    torch.save(network.state_dict(), stream)
    with serving(stream.getvalue(), "squeezenet1_1-00000000.pth") as server:
        path = download(asking(server), RecordingContext())
    assert path == home / "data" / "models" / "squeezenet1-1-imagenet1k-v1.safetensors"
    assert not list((home / "cache" / "downloads").iterdir())
    loaded = load_model(default_library().find(path.stem).path, torch.device("cpu"))
    assert len(loaded.card.labels) == 1000 and loaded.card.preprocessing.height == 224
    x = torch.rand(1, 3, 224, 224)
    torch.testing.assert_close(loaded.network(x), network(x))


def test_only_published_names_are_downloaded(server: FileServer) -> None:
    with pytest.raises(UnknownNameError):
        download(replace(asking(server), name="malware"), RecordingContext())
    assert server.ranges == []
