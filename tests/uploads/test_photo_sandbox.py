"""What becomes of a photo in the decoder's process, and what its parent makes of anything that process may do."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PIL import Image

from tests.uploads.processes import is_gone
from tests.uploads.sample_photos import encoded, quarters, turned, vast_png
from uploads.limits import MEBIBYTE, Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.answers import Decoded
from uploads.sandbox.apart import decode_apart


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo"
    path.write_bytes(turned("JPEG", 6))
    return path


def test_a_photo_is_decoded_in_another_process(photo: Path, tmp_path: Path, limits: Limits) -> None:
    decoded = decode_apart(photo, tmp_path, limits)
    assert (decoded.format, decoded.portrait.width, decoded.portrait.height) == ("jpeg", 800, 600)
    for made in decoded.portrait.renditions:
        with Image.open(tmp_path / f"{made.name}.webp") as picture:
            assert picture.size == (made.width, made.height)
        assert (tmp_path / f"{made.name}.webp").stat().st_size == made.bytes


def test_a_refusal_comes_back_with_its_reason(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "photo").write_bytes(vast_png())
    with pytest.raises(PhotoRefused) as refused:
        decode_apart(tmp_path / "photo", tmp_path, limits)
    assert refused.value.reason == Reason.TOO_MANY_PIXELS


def test_a_photo_that_needs_more_memory_than_allowed(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "photo").write_bytes(encoded(quarters(6000, 5000), "PNG", compress_level=1))
    with pytest.raises(PhotoRefused) as refused:
        decode_apart(tmp_path / "photo", tmp_path, replace(limits, decoder_memory=150 * MEBIBYTE))
    assert refused.value.reason == Reason.OUT_OF_MEMORY


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("os.kill(os.getpid(), 11)", Reason.DECODER_FAILED),
        ("os.kill(os.getpid(), 9)", Reason.DECODER_FAILED),
        ("os.abort()", Reason.DECODER_FAILED),
        ("os._exit(3)", Reason.DECODER_FAILED),
        ("os._exit(0)", Reason.DECODER_FAILED),
        ("answer(b'\\xff\\x00 what?')", Reason.DECODER_FAILED),
        ("answer(b'[' * 9000)", Reason.DECODER_FAILED),
        ('answer(b\'{"ok": false, "reason": "because", "detail": ""}\')', Reason.DECODER_FAILED),
        ("while True: answer(b'x' * 65536)", Reason.DECODER_FAILED),
        ("os.write(1, b'printed by a library')", Reason.DECODER_FAILED),
        ("raise RuntimeError('a library gave up')", Reason.DECODER_FAILED),
        ("open('junk', 'wb').write(b'x' * 40_000_000)", Reason.DECODER_FAILED),
        ("b = bytearray(4_000_000_000)", Reason.OUT_OF_MEMORY),
        ("held = []\nwhile True: held.append(bytearray(10_000_000))", Reason.OUT_OF_MEMORY),
        ("import ctypes\nctypes.string_at(0)", Reason.DECODER_FAILED),
        ("while True: os.fork()", Reason.DECODER_FAILED),
        ("while True: os.open('/dev/null', os.O_RDONLY)", Reason.DECODER_FAILED),
    ],
)
def test_whatever_the_decoder_does_it_is_a_refusal(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, source: str, reason: Reason
) -> None:
    assert refusal_of(source, replace(limits, decoder_memory=256 * MEBIBYTE)).reason == reason


def test_writing_for_ever_ends_at_the_limit_of_a_file(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, tmp_path: Path
) -> None:
    source = "file = open('junk', 'wb', 0)\nwhile True: file.write(b'x' * 65536)"
    assert refusal_of(source, replace(limits, decoder_file_bytes=MEBIBYTE)).reason == Reason.DECODER_FAILED
    assert (tmp_path / "junk").stat().st_size == MEBIBYTE


def test_a_decoder_that_hangs_is_ended(refusal_of: Callable[..., PhotoRefused], limits: Limits, tmp_path: Path) -> None:
    began = time.monotonic()
    source = "leave_note('pid', os.getpid()); time.sleep(60)"
    assert refusal_of(source, replace(limits, decoder_wall=1.0)).reason == Reason.DECODER_TIMEOUT
    assert time.monotonic() - began < 10
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_a_decoder_that_closes_its_mouth_and_hangs_is_ended(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uploads.sandbox.apart._GRACE_SECONDS", 0.2)
    assert refusal_of("os.closerange(0, 99); time.sleep(60)", limits).reason == Reason.DECODER_TIMEOUT


def test_a_decoder_that_uses_up_its_processor_time(refusal_of: Callable[..., PhotoRefused], limits: Limits) -> None:
    assert refusal_of("while True: pass", replace(limits, decoder_cpu=1)).reason == Reason.DECODER_TIMEOUT


def test_the_beat_is_heard_while_the_decoder_works_and_may_give_up(
    hostile: Callable[..., Decoded], limits: Limits, tmp_path: Path
) -> None:
    class LeaseLost(Exception):
        pass

    def beat() -> None:
        if (tmp_path / "pid").exists():
            raise LeaseLost

    with pytest.raises(LeaseLost):
        hostile("leave_note('pid', os.getpid()); time.sleep(60)", limits, beat=beat)
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_a_full_disk_is_our_own_fault(hostile: Callable[..., object], limits: Limits) -> None:
    with pytest.raises(OSError, match="No space left"):
        hostile('answer(b\'{"ok": false, "errno": 28}\')', limits)


ANSWER = {
    "ok": True,
    "format": "jpeg",
    "width": 100,
    "height": 80,
    "thumbhash": "IAgGDYR31riBqFmgaHeZik9BYcoG",
    "dominant": "#2eae4e",
    "dhash": "0123456789abcdef",
    "facts": {"taken_at": None, "camera_make": None, "has_location": False, "provenance": []},
}
MADE = "open('320.webp', 'wb').write(b'RIFF\\0\\0\\0\\0WEBP')"


def test_an_answer_that_can_be_so_is_believed(hostile: Callable[..., Decoded], limits: Limits) -> None:
    decoded = hostile(f"{MADE}\nanswer({json.dumps(ANSWER).encode()!r})", limits)
    assert (decoded.format, decoded.portrait.width, decoded.portrait.renditions[0].bytes) == ("jpeg", 100, 12)


@pytest.mark.parametrize(
    "lie",
    [
        {"format": "../../etc/passwd"},
        {"width": 10**6, "height": 10**6},
        {"width": True},
        {"width": -5},
        {"width": "100"},
        {"height": None},
        {"thumbhash": "?"},
        {"thumbhash": "AA=="},
        {"dominant": "red; background: url(//elsewhere)"},
        {"dhash": "0"},
        {"facts": {}},
        {"width": 1000},
    ],
)
def test_an_answer_is_believed_only_as_far_as_it_can_be_checked(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, lie: dict[str, object]
) -> None:
    source = f"{MADE}\nanswer({json.dumps(ANSWER | lie).encode()!r})"
    assert refusal_of(source, limits).reason == Reason.DECODER_FAILED


@pytest.mark.parametrize(
    "making",
    ["os.symlink('/etc/hostname', '320.webp')", "open('320.webp', 'wb').write(b'<html>')", "os.mkdir('320.webp')"],
)
def test_a_rendition_that_is_none(refusal_of: Callable[..., PhotoRefused], limits: Limits, making: str) -> None:
    source = f"{making}\nanswer({json.dumps(ANSWER).encode()!r})"
    assert refusal_of(source, limits).reason == Reason.DECODER_FAILED


def test_several_photos_at_once(limits: Limits, tmp_path: Path) -> None:
    found = {}

    def work(name: str) -> None:
        directory = tmp_path / name
        directory.mkdir()
        (directory / "photo").write_bytes(turned("PNG", 6))
        found[name] = decode_apart(directory / "photo", directory, limits).portrait.width

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict.fromkeys("abcd", 800)


def test_limits_are_plain_figures(limits: Limits) -> None:
    assert Limits(**json.loads(json.dumps(asdict(limits)))) == limits


def vast(kind: str) -> bytes:
    """64 megapixels of one colour, transparent where the kind can be. Two take too long to encode: they lie here."""
    if kind in {"heic", "avif"}:
        return Path(__file__).with_name(f"sixty_four_megapixels.{kind}").read_bytes()
    picture = Image.new("RGB" if kind == "JPEG" else "RGBA", (8192, 8192), (70, 110, 160))
    return encoded(picture, kind, lossless=True, quality=0 if kind == "WEBP" else 80, method=0)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "heic", "avif"])
def test_sixty_four_megapixels_fit_into_the_limits_and_a_gigabyte(tmp_path: Path, limits: Limits, kind: str) -> None:
    (tmp_path / "photo").write_bytes(vast(kind))
    decoded = decode_apart(tmp_path / "photo", tmp_path, limits)
    portrait = decoded.portrait
    assert (portrait.width, portrait.height, len(portrait.renditions)) == (8192, 8192, 4)
    assert decoded.peak < 10**9
