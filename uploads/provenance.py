"""What a file states about where it comes from: notes for moderators, never a verdict.

Whoever makes a file can write these marks, leave them out or copy them from another. A photo without any may well be
made by a machine, and a photo with some may be nothing but a photo that passed through an honest editor.
"""

from enum import StrEnum


class Provenance(StrEnum):
    """The codes that are kept; their words are chosen elsewhere."""

    C2PA = "c2pa"
    """Content Credentials (C2PA) are in the file. They are not verified: only that they are there."""
    AI_GENERATED = "ai_generated"
    """IPTC digital source type `trainedAlgorithmicMedia`: made by a trained model."""
    AI_EDITED = "ai_edited"
    """IPTC `compositeWithTrainedAlgorithmicMedia`: parts were made by a trained model."""
    ALGORITHMIC = "algorithmic"
    """IPTC `algorithmicMedia`, `algorithmicallyEnhanced` or `dataDrivenMedia`: made or changed by a computation."""
    COMPOSITE = "composite"
    """IPTC `composite…` of captures or synthetic parts: put together of several."""
    DIGITAL_ART = "digital_art"
    """IPTC `digitalArt`, `digitalCreation`, `virtualRecording`, `screenCapture`: never before a lens."""
    CAMERA = "camera"
    """IPTC `digitalCapture` or `computationalCapture`: says that a camera took it."""
    GENERATOR = "generator"
    """A tag names a known image generator, or holds the prompt that one leaves behind."""
