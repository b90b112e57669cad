from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from deepstudio.core.errors import InputError
from deepstudio.core.requests import ImageSource
from deepstudio.data.decode import DecodedImage, decode_image
from deepstudio.data.pixel_modes import FROM_CMYK, ON_WHITE, SIXTEEN_BITS, STRETCHED, TURNED

RAMP = np.linspace(0, 255, 64).astype(np.uint8)
GREY = np.tile(RAMP, (32, 1))
COLOUR = np.stack([GREY, GREY[:, ::-1], np.full_like(GREY, 90)], axis=2)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def decode(content: bytes, **options: int) -> DecodedImage:
    return decode_image(ImageSource(name="picture", content=content), **options)


@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "PPM", "TGA", "PCX", "SGI", "QOI", "ICO", "DDS"])
def test_lossless_colour_comes_out_as_it_went_in(format: str) -> None:
    decoded = decode(encoded(Image.fromarray(COLOUR), format, **({"sizes": [(64, 32)]} if format == "ICO" else {})))
    assert np.array_equal(decoded.pixels, COLOUR)
    assert (decoded.width, decoded.height, decoded.notes) == (64, 32, ())
    assert not decoded.pixels.flags.writeable


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF", "JPEG2000", "GIF"])
def test_lossy_colour_comes_out_nearly(format: str) -> None:
    options = {} if format == "JPEG2000" else {"quality": 95}
    decoded = decode(encoded(Image.fromarray(COLOUR), format, **options))
    assert decoded.format == format
    assert np.abs(decoded.pixels.astype(int) - COLOUR).mean() < 12


@pytest.mark.parametrize("format", ["PNG", "TIFF", "JPEG", "PPM"])
def test_grey_becomes_three_equal_channels(format: str) -> None:
    decoded = decode(encoded(Image.fromarray(GREY), format))
    assert np.abs(decoded.pixels.astype(int) - GREY[..., None]).max() <= 3


@pytest.mark.parametrize("format", ["PNG", "TIFF", "PPM"])
def test_sixteen_bit_grey_is_scaled_not_clipped(format: str) -> None:
    wide = GREY.astype(np.uint16) * 257
    decoded = decode(encoded(Image.fromarray(wide), format))
    assert np.array_equal(decoded.pixels[..., 0], GREY)
    assert decoded.notes == (SIXTEEN_BITS,)


def test_floats_in_0_to_1_are_full_scale_and_others_are_stretched() -> None:
    unit = decode(encoded(Image.fromarray(GREY.astype(np.float32) / 255), "TIFF"))
    assert np.array_equal(unit.pixels[..., 0], GREY)
    odd = GREY.astype(np.float32) * 40 - 1000
    odd[0, 0] = np.nan
    stretched = decode(encoded(Image.fromarray(odd), "TIFF"))
    assert np.array_equal(stretched.pixels[1:, :, 0], GREY[1:])
    assert stretched.notes == (STRETCHED,)


def test_32_bit_integers_are_stretched() -> None:
    decoded = decode(encoded(Image.fromarray(GREY.astype(np.int32) * 100_000), "TIFF"))
    assert np.array_equal(decoded.pixels[..., 0], GREY)


def test_one_bit() -> None:
    decoded = decode(encoded(Image.fromarray(GREY > 127), "PNG"))
    assert np.array_equal(decoded.pixels[..., 1], np.where(GREY > 127, 255, 0))


def test_palette_and_palette_with_one_transparent_colour() -> None:
    palette = Image.fromarray(COLOUR).quantize(32)
    plain = decode(encoded(palette, "PNG"))
    assert np.array_equal(plain.pixels, np.array(palette.convert("RGB")))
    clear = decode(encoded(palette, "PNG", transparency=palette.getpixel((0, 0))))
    assert tuple(clear.pixels[0, 0]) == (255, 255, 255)
    assert clear.notes == (ON_WHITE,)
    many = decode(encoded(palette, "PNG", transparency=bytes([0] * 32)))
    assert (many.pixels == 255).all()


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_goes_on_white(mode: str) -> None:
    image = Image.fromarray(COLOUR).convert(mode)
    image.putalpha(Image.fromarray(GREY))
    decoded = decode(encoded(image, "PNG"))
    assert tuple(decoded.pixels[0, 0]) == (255, 255, 255)
    opaque = Image.fromarray(COLOUR)
    expected = np.array(opaque.convert("L").convert("RGB") if mode == "LA" else opaque)
    assert np.abs(decoded.pixels[:, -1].astype(int) - expected[:, -1]).max() == 0
    half = decoded.pixels[0, 32].astype(float)
    weight = GREY[0, 32] / 255
    assert np.abs(half - (expected[0, 32] * weight + 255 * (1 - weight))).max() <= 1.5
    assert decoded.notes == (ON_WHITE,)


def test_opaque_alpha_is_not_worth_a_note() -> None:
    assert decode(encoded(Image.fromarray(COLOUR).convert("RGBA"), "PNG")).notes == ()


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_cmyk_is_not_inverted(format: str) -> None:
    decoded = decode(encoded(Image.fromarray(COLOUR).convert("CMYK"), format))
    assert np.abs(decoded.pixels.astype(int) - COLOUR).mean() < 6
    assert decoded.notes == (FROM_CMYK,)


def test_cmyk_with_a_profile_that_does_not_fit_uses_the_plain_formula() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    decoded = decode(encoded(Image.fromarray(COLOUR).convert("CMYK"), "TIFF", icc_profile=profile))
    assert np.abs(decoded.pixels.astype(int) - COLOUR).mean() < 6


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_orientation_turns_the_picture_upright(format: str, orientation: int) -> None:
    upright = np.zeros((40, 64, 3), np.uint8)
    upright[:20, :32] = (250, 20, 20)  # red top left, blue bottom right
    upright[20:, 32:] = (20, 20, 250)
    undo = {2: 0, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5, 8: 6}
    turns = [
        lambda a: a[:, ::-1],
        lambda a: a[::-1, ::-1],
        lambda a: a[::-1],
        lambda a: a.transpose(1, 0, 2),
        lambda a: np.rot90(a, 1),
        lambda a: a[::-1, ::-1].transpose(1, 0, 2),
        lambda a: np.rot90(a, -1),
    ]
    stored = turns[undo[orientation]](upright) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(np.ascontiguousarray(stored))
    decoded = decode(encoded(image, format, exif=exif))
    assert (decoded.width, decoded.height) == (64, 40)
    assert decoded.pixels.shape == upright.shape
    assert np.abs(decoded.pixels.astype(int) - upright).mean() < 8
    if format != "TIFF":  # Pillow turns TIFF files itself
        assert decoded.notes == ((TURNED,) if orientation > 1 else ())


def test_broken_exif_costs_nothing() -> None:
    decoded = decode(encoded(Image.fromarray(COLOUR), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01"))
    assert decoded.pixels.shape == COLOUR.shape


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_the_first_frame_of_several_is_taken(format: str) -> None:
    frames = [Image.new("RGB", (32, 24), colour) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    decoded = decode(encoded(frames[0], format, save_all=True, append_images=frames[1:]))
    assert decoded.pixels[..., 0].min() > 200 and decoded.pixels[..., 1].max() < 40
    assert decoded.notes == ("Only the first frame of several was used.",)


def test_a_large_photo_is_reduced_while_it_is_decoded() -> None:
    content = encoded(Image.fromarray(COLOUR).resize((2048, 1024)), "JPEG")
    decoded = decode(content, target_side=100)
    assert (decoded.width, decoded.height) == (2048, 1024)
    assert 100 <= min(decoded.pixels.shape[:2]) < 200
    whole = decode(content)
    assert whole.pixels.shape == (1024, 2048, 3)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_other_formats_are_reduced_after_decoding(format: str) -> None:
    decoded = decode(encoded(Image.fromarray(COLOUR).resize((640, 320)), format), target_side=64)
    assert (decoded.width, decoded.height) == (640, 320)
    assert decoded.pixels.shape == (64, 128, 3)


def test_turned_and_reduced_at_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    decoded = decode(encoded(Image.fromarray(COLOUR).resize((1600, 800)), "JPEG", exif=exif), target_side=100)
    assert (decoded.width, decoded.height) == (800, 1600)
    assert decoded.pixels.shape == (200, 100, 3)


@pytest.mark.parametrize("shape", [(8, 9), (8, 9, 1), (8, 9, 3), (8, 9, 4)])
def test_pixels_pass_through(shape: tuple[int, ...]) -> None:
    decoded = decode_image(ImageSource(name="pad", pixels=np.full(shape, 255, np.uint8)))
    assert decoded.pixels.shape == (8, 9, 3)
    assert (decoded.pixels == 255).all()
    assert (decoded.width, decoded.height) == (9, 8)


@pytest.mark.parametrize("pixels", [np.zeros((4, 4, 2), np.uint8), np.zeros((4, 4)), np.zeros((0, 4, 3), np.uint8)])
def test_pixels_of_a_wrong_kind_are_refused(pixels: np.ndarray) -> None:
    with pytest.raises(InputError):
        decode_image(ImageSource(name="pad", pixels=pixels))
