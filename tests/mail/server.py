# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A mail server on the loopback interface that can be told to misbehave, for tests/it/mail.rs.

    python server.py PORT FOLDER

Port 0 picks a free one; the first line on standard output is `listening PORT`. Every message that is accepted becomes a
file in FOLDER; every command that matters becomes a line of FOLDER/log. What happens depends on the recipient's name:

    busy      the recipient is put off (450)
    nobody    the recipient is refused (550)
    full      the text is put off once it is there (452)
    spam      the text is refused once it is there (554)
    halfway   the connection breaks in the middle of the text; nothing is accepted
    silent    the text is accepted, and the connection breaks before the answer
"""

import asyncio
import logging
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder = folder

    def note(self, line):
        with open(self.folder / "log", "a", encoding="utf-8") as log:
            print(line, file=log)

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.note(f"RCPT {address}")
        name = address.split("@")[0]
        if name == "busy":
            return "450 4.2.0 come back later"
        if name == "nobody":
            return f"550 5.1.1 <{address}> is not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "full":
            return "452 4.3.1 no room now"
        if name == "spam":
            return "554 5.7.1 not wanted"
        number = len(list(self.folder.glob("*.eml")))
        envelope_head = f"X-Sender: {envelope.mail_from}\r\nX-Recipients: {','.join(envelope.rcpt_tos)}\r\n"
        (self.folder / f"{number:03}.eml").write_bytes(envelope_head.encode() + envelope.content)
        if name == "silent":
            server.transport.abort()
        return "250 OK"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        recipients = self.envelope.rcpt_tos if self.envelope else []
        self.event_handler.note(f"DATA {','.join(recipients)}")
        if recipients and recipients[0].startswith("halfway@"):
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


def refuse(server, session, envelope, mechanism, data):
    return AuthResult(success=False, handled=False)


async def main(port, folder):
    def factory():
        return Server(
            Handler(folder),
            hostname="localhost",
            enable_SMTPUTF8=False,
            auth_require_tls=False,
            authenticator=refuse,
        )

    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", port)
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


# After a connection broke in the middle of a text, the rest of it looks like unknown commands.
logging.getLogger("mail.log").setLevel(logging.ERROR)
asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
