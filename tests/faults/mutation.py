"""Mutators: each spoils a sound photo in one way that parsers have died of. The same seed spoils it the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.faults.seeds import seeds

Mutator = Callable[[bytes, Random], bytes]
HEAD = 400
"""Bytes at the front in which most formats keep their structure."""
EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutant(number: int) -> tuple[str, bytes]:
    """The `number`-th mutant: what it was made of and how, and its bytes."""
    chance = Random(number)
    kind, data = chance.choice(list(seeds().items()))
    chosen = [chance.choice(MUTATORS) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    for mutate in chosen:
        data = mutate(data, chance) or b"\0"
    return f"{kind}: {', '.join(mutate.__name__ for mutate in chosen)}", data


def flip_bits(data: bytes, chance: Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def flip_bits_of_the_head(data: bytes, chance: Random) -> bytes:
    return flip_bits(data[:HEAD], chance) + data[HEAD:]


def cut_short(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_out(data: bytes, chance: Random) -> bytes:
    first, last = _span(data, chance)
    return data[:first] + data[last:]


def repeat_a_piece(data: bytes, chance: Random) -> bytes:
    first, last = _span(data, chance)
    return data[:last] + data[first:last] * chance.choice((1, 2, 50)) + data[last:]


def splice(data: bytes, chance: Random) -> bytes:
    other = chance.choice(list(seeds().values()))
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def lie_about_a_number(data: bytes, chance: Random) -> bytes:
    """A length, a count, an offset or a size: whatever stands in 2 or 4 bytes of the head."""
    width = chance.choice((2, 4))
    at = chance.randrange(max(1, min(HEAD, len(data)) - width))
    lie = (chance.choice(EXTREMES) & ((1 << 8 * width) - 1)).to_bytes(width, chance.choice(("big", "little")))
    return data[:at] + lie + data[at + width :]


def claim_to_be_vast(data: bytes, chance: Random) -> bytes:
    """Wherever the head holds the picture's width or height, it holds a far larger one."""
    vast = chance.choice((20_000, 65_535, 0x7FFF_FFFF))
    for side in (160, 120):
        for width in (2, 4):
            for order in ("big", "little"):
                told = side.to_bytes(width, order)  # type: ignore[arg-type]  # it is one of the two
                lie = (vast & ((1 << 8 * width) - 1)).to_bytes(width, order)  # type: ignore[arg-type]  # as above
                if chance.random() < 0.6:
                    data = data.replace(told, lie, 1)
    return data


def wear_anothers_head(data: bytes, chance: Random) -> bytes:
    other = chance.choice(list(seeds().values()))
    length = chance.choice((2, 4, 12, 32, 100))
    return other[:length] + data[length:]


def append(data: bytes, chance: Random) -> bytes:
    tail = (
        chance.randbytes(chance.randrange(1, 5_000)),
        b"\0" * 5_000,
        b"<svg onload=x>",
        b"%PDF-1.7\n",
        b"PK\3\4" * 50,
    )
    return data + chance.choice((*tail, *seeds().values()))


def fill_a_piece(data: bytes, chance: Random) -> bytes:
    first, last = _span(data, chance)
    return data[:first] + chance.choice((b"\0", b"\xff", b"\x80", b"A")) * (last - first) + data[last:]


def swap_pieces(data: bytes, chance: Random) -> bytes:
    at = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    a, b, c, d = at
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def noise(data: bytes, chance: Random) -> bytes:
    first, last = _span(data, chance)
    return data[:first] + chance.randbytes(last - first) + data[last:]


def nest(data: bytes, chance: Random) -> bytes:
    """The same start of a piece, again and again: what reads it by calling itself goes deep."""
    first = chance.randrange(len(data))
    piece = data[first : first + chance.choice((8, 12, 20))]
    return data[:first] + piece * 2_000 + data[first:]


def _span(data: bytes, chance: Random) -> Sequence[int]:
    return sorted((chance.randrange(len(data) + 1), min(len(data), chance.randrange(len(data) + 1))))


MUTATORS: tuple[Mutator, ...] = (
    flip_bits, flip_bits_of_the_head, cut_short, cut_out, repeat_a_piece, splice, lie_about_a_number,
    lie_about_a_number, claim_to_be_vast, wear_anothers_head, append, fill_a_piece, swap_pieces, noise, nest,
)  # fmt: skip
