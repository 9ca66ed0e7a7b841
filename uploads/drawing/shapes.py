"""The shapes in which pictures are made: a fan's photo as it is, a person's picture cut square, a campaign's cover."""

from enum import StrEnum


class Shape(StrEnum):
    """What a picture is for, which decides its sides and whether it is cut."""

    PHOTO = "photo"
    SQUARE = "square"
    COVER = "cover"

    @property
    def sides(self) -> tuple[int, ...]:
        """Pixels on the long side; a rendition is named for its side, which the largest keeps to a twentieth."""
        return _SIDES[self]


_SIDES = {
    Shape.PHOTO: (320, 640, 1280, 2016),
    Shape.SQUARE: (96, 256),
    Shape.COVER: (640, 1280, 2016),
}

Box = tuple[int, int, int, int]


def cut_for(shape: Shape, width: int, height: int) -> Box:
    """The part of a picture that is kept (left, top, right, bottom): its middle square, or all of it."""
    if shape is not Shape.SQUARE:
        return 0, 0, width, height
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return left, top, left + side, top + side
