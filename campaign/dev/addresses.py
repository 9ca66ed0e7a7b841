"""Which addresses the servers listen on, and which ones a browser or a phone uses."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from campaign.dev.problem import LocalProblem

LOOPBACK = "127.0.0.1"
EVERYWHERE = {"0.0.0.0", "::", "*"}  # noqa: S104 - what a person asks for with HOST
A_PLACE_OUTSIDE = ("192.0.2.1", 9)  # RFC 5737: nobody's; asking for the way there sends nothing


@dataclass(frozen=True)
class Addresses:
    """`web` is what the app binds, `servers` what S3 and the provider bind, `public` what a browser is given."""

    web: str
    servers: tuple[str, ...]
    public: str

    @property
    def shared(self) -> bool:
        """True when others on the network can reach this stack."""
        return self.public not in {LOOPBACK, "localhost"}


def addresses_for(host: str) -> Addresses:
    """What HOST means. The app's own processes always reach the servers on the loopback address.

    `127.0.0.1` or `localhost` keeps everything on this machine. `0.0.0.0` opens app, S3 and provider to the network,
    under this machine's address there. Another address opens them under that one.
    """
    if host in {LOOPBACK, "localhost"}:
        return Addresses(host, (LOOPBACK,), host)
    if host in EVERYWHERE:
        anywhere = "0.0.0.0"  # noqa: S104 - asked for
        return Addresses(anywhere, (anywhere,), network_address())
    return Addresses(host, (LOOPBACK, host), host)


def network_address() -> str:
    """The IPv4 address that this machine would use to reach another network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(A_PLACE_OUTSIDE)
            return str(probe.getsockname()[0])
        except OSError:
            raise LocalProblem(
                "This machine has no address on a network that a phone could use. "
                "Connect it to one, or name its address: make run HOST=192.168.1.20"
            ) from None
