from __future__ import annotations

import importlib.util
import io
import os
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.core.errors import InputError
from deepstudio.core.requests import ImageSource
from deepstudio.data.decode import decode_image

NOISE = np.random.default_rng(0).integers(0, 255, (96, 128, 3), np.uint8)


def encoded(format: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(NOISE).save(stream, format, **options)
    return stream.getvalue()


def refusal(content: bytes | Path) -> str:
    source = (
        ImageSource(name=content.name, path=content)
        if isinstance(content, Path)
        else ImageSource(name="picture.jpg", content=content)
    )
    with pytest.raises(InputError) as caught:
        decode_image(source)
    return str(caught.value)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "JPEG2000"])
def test_a_truncated_file_is_called_truncated(format: str, share: float) -> None:
    content = encoded(format)
    assert refusal(content[: int(len(content) * share)]) == (
        "picture.jpg is truncated: the file ends before the picture does."
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "JPEG2000", "PPM", "QOI"])
def test_rubbish_inside_never_escapes_as_another_error(format: str) -> None:
    content = bytearray(encoded(format))
    random = np.random.default_rng(1)
    for _ in range(40):
        damaged = bytearray(content)
        for place in random.integers(0, len(content), 30):
            damaged[place] = random.integers(0, 256)
        try:
            decode_image(ImageSource(name="x", content=bytes(damaged)))
        except InputError as error:
            assert str(error).startswith("x ")


def test_a_damaged_png_is_called_damaged() -> None:
    content = bytearray(encoded("PNG"))
    middle = content.index(b"IDAT") + 40
    content[middle : middle + 20] = b"\xff" * 20
    assert "picture.jpg is damaged and cannot be decoded" in refusal(bytes(content))


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [14_000, 60_000])
def test_a_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    text = refusal(png_header(side, side))
    assert text.startswith("picture.jpg claims to hold ") and text.endswith("and was not decoded.")


def test_the_limit_can_be_lower_and_large_pictures_below_it_are_fine() -> None:
    content = encoded("PNG")
    with pytest.raises(InputError, match=r"128 x 96 pixels"):
        decode_image(ImageSource(name="x", content=content), max_pixels=1000)
    decode_image(ImageSource(name="x", content=content), max_pixels=128 * 96)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear Sir,\nthis is no picture.\n", "holds text"),
        ("Grüße, 你好 ".encode() * 700, "holds text"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "vector drawing"),
        (b"%PDF-1.7\n%\xe2\xe3", "document"),
        (b"PK\3\4" + bytes(40), "document or an archive"),
        (b"RIFF\x24\0\0\0WAVEfmt " + bytes(30), "video or a sound"),
        (b"\0\0\0\x18ftypisom" + bytes(30), "video or a sound"),
        (b"\0\1\2\3\4\5\6\7" * 50, "not a picture in any format known here"),
        (b"\xff\xd8\xff", "truncated"),
        (b"\x89PNG\r\n\x1a\n", "truncated"),
    ],
)
def test_what_is_no_picture_is_named(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_heic_without_its_package_says_what_is_missing() -> None:
    if importlib.util.find_spec("pillow_heif") is None:
        assert "is a HEIC picture" in refusal(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} is a folder; a picture is needed."
    assert refusal(tmp_path / "gone.png") == f"There is no file {tmp_path / 'gone.png'}."
    empty = tmp_path / "empty.jpg"
    empty.touch()
    assert refusal(empty) == "empty.jpg is empty (0 bytes)."
    text = tmp_path / "notes.jpg"
    text.write_text("not a picture")
    assert refusal(text) == "notes.jpg holds text, not a picture."
    assert "cannot be read" in refusal(tmp_path / ("x" * 4000))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "not an ordinary file" in refusal(tmp_path / "pipe.png")


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_file_without_permission(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(encoded("PNG"))
    secret.chmod(0)
    if os.geteuid() != 0:
        assert "no permission" in refusal(secret)
        return
    code = (  # root may read everything, so ask as somebody else; modules are imported while still root
        "import os, sys; from pathlib import Path\n"
        "from deepstudio.core.requests import ImageSource\n"
        "from deepstudio.data.decode import decode_image\n"
        "os.setuid(65534)\n"
        "try: decode_image(ImageSource(name='s', path=Path(sys.argv[1])))\n"
        "except Exception as error: sys.stdout.write(type(error).__name__ + ': ' + str(error))"
    )
    result = subprocess.run([sys.executable, "-c", code, str(secret)], capture_output=True, text=True, check=True)
    assert result.stdout == f"InputError: There is no permission to read {secret}."
