"""A few values out of XMP without an XML parser: a stranger can make XML cost a lot, and we want little of it."""

from collections.abc import Iterator

MOST_BYTES = 512 * 1024
"""Of the packet that are looked at; what cameras and editors write stands at its beginning."""
_LONGEST = 1_000
_MOST_VALUES = 20
_ENDS = (b"=", b">", b" ", b"\t", b"\r", b"\n")
"""After a name; anything else makes it the beginning of a longer one."""


def xmp_values(packet: bytes, name: str) -> Iterator[str]:
    """What a property (with its usual prefix, "xmp:CreatorTool") is given as attribute, element or resource."""
    at, key = 0, name.encode()
    for _ in range(_MOST_VALUES):
        at = packet.find(key, at, MOST_BYTES)
        if at < 0:
            return
        at += len(key)
        if packet[at : at + 1] in _ENDS and (value := _value_at(packet[at : at + _LONGEST])):
            yield value.decode("utf-8", "replace")


def _value_at(after: bytes) -> bytes:
    """The value that follows a property's name: ="…", >…<, or rdf:resource="…" within its tag."""
    tag, closed, text = after.partition(b">")
    equals = tag.find(b"=")
    if equals >= 0 and (tag[:equals].strip() in {b"", b"rdf:resource"}):
        quoted = tag[equals + 1 :].lstrip()
        return quoted[1:].partition(quoted[:1])[0].strip() if quoted[:1] in {b'"', b"'"} else b""
    return text.partition(b"<")[0].strip() if closed else b""
