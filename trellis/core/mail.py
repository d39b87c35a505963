"""E-mail through the server TRELLIS_SMTP_URL names. Nothing of a young person is written in one, and neither addresses
nor words reach a log: what goes wrong is told by the name of the fault alone."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from django.conf import settings

SECONDS = 20
PERMANENT = 500
PLAIN, STARTTLS, TLS = "smtp+plain", "smtp", "smtps"
PORTS = {PLAIN: 25, STARTTLS: 587, TLS: 465}


class NotSent(Exception):
    """The e-mail did not leave; the name of the fault, and nothing else. ``permanent``: the server refused this address
    or this e-mail for good (5xx on RCPT or DATA), so that trying again is of no use."""

    def __init__(self, fault: str, permanent: bool = False) -> None:
        super().__init__(fault)
        self.permanent = permanent


def can_leave() -> bool:
    return bool(settings.SMTP_URL)


def send(*, to: str, subject: str, body: str) -> None:
    """Hand one e-mail to the server. Raises NotSent; the fault itself would name the address."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.MAIL_FROM, to, subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=settings.MAIL_FROM.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    try:
        with _server() as server:
            server.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise NotSent(type(fault).__name__, permanent=_refused_for_good(fault)) from None


def _refused_for_good(fault: Exception) -> bool:
    """RFC 5321, section 4.2.1: 5xx is permanent. A sign-in or a sender that is refused is ours to put right, and the
    e-mail may leave then."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code >= PERMANENT


def _server() -> smtplib.SMTP:
    url = urlsplit(settings.SMTP_URL)
    if url.scheme not in PORTS or not url.hostname:
        raise ValueError("TRELLIS_SMTP_URL")
    port = url.port or PORTS[url.scheme]
    trusted = ssl.create_default_context()
    if url.scheme == TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(url.hostname, port, timeout=SECONDS, context=trusted)
    else:
        server = smtplib.SMTP(url.hostname, port, timeout=SECONDS)
    if url.scheme == STARTTLS:
        server.starttls(context=trusted)
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server
