"""A real mail server on the loopback that keeps what it is given; it can refuse the first so many mails."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class _Session(socketserver.StreamRequestHandler):
    server: "Sink"

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"DATA" and self.server.refusals:
                self.server.refusals -= 1
                self._say("451 try again later")
            elif verb == b"DATA":
                self._say("354 go on")
                self._keep()
                self._say("250 kept")
            elif verb == b"QUIT":
                return self._say("221 bye")
            else:
                self._say("250 sink")

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    """The server: what it received, and how many mails it will still refuse."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[EmailMessage] = []
        self.refusals = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """Run the server while the block runs."""
    with Sink() as sink:
        Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield sink
        sink.shutdown()
