"""Speaks to a Streamlit server as a browser does, and reads what that costs the server's process."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

MAIN = 0  # the container that is not the rail
SETTLED_S = 0.02  # what a finished run leaves for other threads to do


@dataclass
class Visitor:
    """One session on one page; ``lists``: the choices of the page beside the rail, by their widget's id."""

    connection: ClientConnection
    pid: int
    query: str = ""
    page: str = ""
    lists: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    failed: bool = False

    async def rerun(self) -> float:
        """One run of the page's script; returns the server's CPU seconds."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_name = self.page
        states = [WidgetState(id=name, string_value=value) for name, value in self.chosen.items()]
        asked.rerun_script.widget_states.widgets.extend(states)
        began = cpu(self.pid)
        await self.connection.send(asked.SerializeToString())
        await self._until_finished()
        return cpu(self.pid) - began

    def choose(self, place: int) -> None:
        """Take another option of the page's last list, where it has one."""
        if self.lists:
            name, options = list(self.lists.items())[-1]
            self.chosen = {name: options[place % min(2, len(options))]}

    async def _until_finished(self) -> None:
        while True:
            message = ForwardMsg.FromString(bytes(await self.connection.recv(decode=False)))
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._look(message)
            if kind == "script_finished":
                time.sleep(SETTLED_S)
                return

    def _look(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        self.failed |= element.WhichOneof("type") == "exception"
        if element.WhichOneof("type") == "selectbox" and message.metadata.delta_path[0] == MAIN:
            self.lists[element.selectbox.id] = list(element.selectbox.options)


async def visit(port: int, pid: int, page: str = "", **query: str) -> Visitor:
    """A new session whose address names a page."""
    connection = await connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)
    return Visitor(connection, pid, urlencode(query), page)


def cpu(pid: int) -> float:
    """The CPU seconds that a process has used by now, its ended threads included (Linux's clock of a process)."""
    return time.clock_gettime((~pid << 3) | 2)
