"""A mail server on this machine that keeps what it is sent."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller


class Mailbox:
    """Takes every e-mail, or refuses all with ``answer``, or every address with ``address_answer``."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.answer = self.address_answer = "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:
        if self.address_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.address_answer

    async def handle_DATA(self, _server, _session, envelope) -> str:
        if self.answer.startswith("250"):
            message = message_from_bytes(envelope.content)
            message["X-To"] = ",".join(envelope.rcpt_tos)
            self.messages.append(message)
        return self.answer

    @property
    def whole(self) -> str:
        """Everything that was sent, headers and all."""
        return "\n".join(message.as_string() for message in self.messages)


@contextmanager
def mail_server() -> Iterator[tuple[str, Mailbox]]:
    """Its address as TRELLIS_SMTP_URL says it, and what came."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp+plain://127.0.0.1:{port}", mailbox
    finally:
        controller.stop()
