"""The decoder's process, and what its parent makes of anything it may do."""

import json
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest
from PIL import Image

from tests.uploads.sample_photos import encoded, quarters, turned, vast_png
from uploads.limits import MEBIBYTE, Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox import decode_apart


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo"
    path.write_bytes(turned("JPEG", 6))
    return path


@pytest.fixture
def refusal_of(photo: Path, tmp_path: Path) -> Callable[..., PhotoRefused]:
    """The refusal that follows when a decoder of these tests' own does as `source` says."""

    def run(source: str, limits: Limits) -> PhotoRefused:
        with pytest.raises(PhotoRefused) as refused:
            decode_apart(photo, tmp_path, limits, command=hostile(source))
        return refused.value

    return run


def hostile(source: str) -> list[str]:
    """A decoder that confines itself as ours does, and then does as `source` says."""
    opening = """
        import json, os, sys, time
        from uploads.decoder import confine
        from uploads.limits import Limits
        request = json.loads(sys.argv[1])
        confine(Limits(**request["limits"]), parent=request["parent"])
    """
    return [sys.executable, "-P", "-c", textwrap.dedent(opening) + textwrap.dedent(source)]


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
        ("os._exit(3)", Reason.DECODER_FAILED),
        ("os._exit(0)", Reason.DECODER_FAILED),
        ("os.write(1, b'\\xff\\x00 what?')", Reason.DECODER_FAILED),
        ("os.write(1, b'[' * 9000)", Reason.DECODER_FAILED),
        ('os.write(1, b\'{"ok": false, "reason": "because", "detail": ""}\')', Reason.DECODER_FAILED),
        ("while True: os.write(1, b'x' * 65536)", Reason.DECODER_FAILED),
        ("raise RuntimeError('a library gave up')", Reason.DECODER_FAILED),
        ("open('junk', 'wb').write(b'x' * 40_000_000)", Reason.DECODER_FAILED),
        ("b = bytearray(4_000_000_000)", Reason.OUT_OF_MEMORY),
        ("import ctypes\nctypes.string_at(0)", Reason.DECODER_FAILED),
    ],
)
def test_whatever_the_decoder_does_it_is_a_refusal(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, source: str, reason: Reason
) -> None:
    assert refusal_of(source, limits).reason == reason


def test_a_decoder_that_hangs_is_ended_with_its_children(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, tmp_path: Path
) -> None:
    source = """
        child = os.fork()
        if child: open('child', 'w').write(str(child))
        time.sleep(60)
    """
    began = time.monotonic()
    assert refusal_of(source, replace(limits, decoder_wall=2.0)).reason == Reason.DECODER_TIMEOUT
    assert time.monotonic() - began < 10
    assert eventually(lambda: is_gone(int((tmp_path / "child").read_text())))


def test_a_decoder_that_uses_up_its_processor_time(refusal_of: Callable[..., PhotoRefused], limits: Limits) -> None:
    assert refusal_of("while True: pass", replace(limits, decoder_cpu=1)).reason == Reason.DECODER_TIMEOUT


def test_the_decoder_inherits_no_secret(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("S3_SECRET_ACCESS_KEY", "a secret of ours")
    with (tmp_path / "open").open("wb"):
        refusal_of("json.dump([dict(os.environ), sorted(os.listdir('/proc/self/fd'))], open('seen', 'w'))", limits)
    environment, descriptors = json.loads((tmp_path / "seen").read_text())
    ours_to_give = {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    assert set(environment) <= ours_to_give
    assert len(descriptors) <= 5


def test_the_decoder_dies_with_its_parent(photo: Path, tmp_path: Path, limits: Limits) -> None:
    source = "open('pid', 'w').write(str(os.getpid())); os.rename('pid', 'ready'); time.sleep(60)"
    worker = f"""
        from pathlib import Path
        from uploads.limits import Limits
        from uploads.sandbox import decode_apart
        here = Path({str(tmp_path)!r})
        decode_apart(here / 'photo', here, Limits(), command={hostile(source)!r})
    """
    process = psutil.Popen([sys.executable, "-c", textwrap.dedent(worker)])
    assert eventually((tmp_path / "ready").exists)
    process.kill()
    process.wait(timeout=5)
    assert eventually(lambda: is_gone(int((tmp_path / "ready").read_text())))


def test_the_beat_is_heard_while_the_decoder_works_and_may_give_up(photo: Path, tmp_path: Path, limits: Limits) -> None:
    class LeaseLost(Exception):
        pass

    def beat() -> None:
        if (tmp_path / "ready").exists():
            raise LeaseLost

    command = hostile("open('pid', 'w').write(str(os.getpid())); os.rename('pid', 'ready'); time.sleep(60)")
    with pytest.raises(LeaseLost):
        decode_apart(photo, tmp_path, limits, beat=beat, command=command)
    assert is_gone(int((tmp_path / "ready").read_text()))


def test_a_full_disk_is_our_own_fault(photo: Path, tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(OSError, match="No space left"):
        decode_apart(photo, tmp_path, limits, command=hostile('os.write(1, b\'{"ok": false, "errno": 28}\')'))


ANSWER = {
    "ok": True,
    "format": "jpeg",
    "width": 100,
    "height": 80,
    "thumbhash": "IAgGDYR31riBqFmgaHeZik9BYcoG",
    "dominant": "#2eae4e",
}


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
        {"width": 1000},
    ],
)
def test_an_answer_is_believed_only_as_far_as_it_can_be_checked(
    refusal_of: Callable[..., PhotoRefused], limits: Limits, lie: dict[str, object]
) -> None:
    source = f"""
        open('320.webp', 'wb').write(b'RIFF\\0\\0\\0\\0WEBP')
        os.write(1, {json.dumps(ANSWER | lie).encode()!r})
    """
    assert refusal_of(source, limits).reason == Reason.DECODER_FAILED


@pytest.mark.parametrize(
    "making",
    ["os.symlink('/etc/hostname', '320.webp')", "open('320.webp', 'wb').write(b'<html>')", "os.mkdir('320.webp')"],
)
def test_a_rendition_that_is_none(refusal_of: Callable[..., PhotoRefused], limits: Limits, making: str) -> None:
    source = f"{making}\nos.write(1, {json.dumps(ANSWER).encode()!r})"
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


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def vast(kind: str) -> bytes:
    """64 megapixels of one colour. Encoding that as HEIC takes half a minute, so that one lies beside this file."""
    if kind == "HEIF":
        return Path(__file__).with_name("sixty_four_megapixels.heic").read_bytes()
    return encoded(Image.new("RGB", (8192, 8192), (70, 110, 160)), kind)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_sixty_four_megapixels_fit_into_the_limits(tmp_path: Path, limits: Limits, kind: str) -> None:
    (tmp_path / "photo").write_bytes(vast(kind))
    portrait = decode_apart(tmp_path / "photo", tmp_path, limits).portrait
    assert (portrait.width, portrait.height, len(portrait.renditions)) == (8192, 8192, 4)
