"""A browser page whose every word with the outside is written down, and nothing of it but this machine's allowed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlparse

import numpy as np
from playwright.sync_api import Browser, Page, Route, WebSocket

HERE = {"127.0.0.1", "localhost"}
_TYPED = re.compile(rb'"dtype":"(\w\d+)","bdata":"([^"]+)"')
_LISTED = re.compile(rb"\[(?:-?\d[\d.e+-]*,)+-?\d[\d.e+-]*\]")


@dataclass
class Traffic:
    """What a page asked for and what its websockets brought."""

    asked: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    came: list[bytes] = field(default_factory=list)

    @property
    def bytes(self) -> bytes:
        """Everything that came over a websocket, in order."""
        return b"".join(self.came)

    def arrays(self) -> list[np.ndarray]:
        """Every row of numbers in it, however it was written down."""
        typed = [np.frombuffer(base64.b64decode(text), kind.decode()) for kind, text in _TYPED.findall(self.bytes)]
        listed = [np.array(found[1:-1].split(b","), float) for found in _LISTED.findall(self.bytes)]
        return [*typed, *listed]


@contextmanager
def watched(browser: Browser, width: int = 1280, height: int = 1600) -> Iterator[tuple[Page, Traffic]]:
    """A page of its own with its traffic; whatever would leave the machine is stopped and written down."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="en-GB",
        timezone_id="UTC",
        color_scheme="light",
        reduced_motion="reduce",
    )
    traffic = Traffic()

    def pass_on(route: Route) -> None:
        address = route.request.url
        traffic.asked.append(address)
        if _is_here(address):
            route.continue_()
        else:
            traffic.outside.append(address)
            route.abort()

    def listen(socket: WebSocket) -> None:
        traffic.asked.append(socket.url)
        if not _is_here(socket.url):
            traffic.outside.append(socket.url)
        socket.on(
            "framereceived", lambda frame: traffic.came.append(frame.encode() if isinstance(frame, str) else frame)
        )

    context.route("**/*", pass_on)
    page = context.new_page()
    page.on("websocket", listen)
    try:
        yield page, traffic
    finally:
        context.close()


def _is_here(address: str) -> bool:
    asked = urlparse(address)
    return asked.scheme in {"data", "blob", "about"} or asked.hostname in HERE
