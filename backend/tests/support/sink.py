"""A mail server that keeps every letter it takes in a file of its own.

Its recipients say how it treats them, by the first word of their address, and
how often, by the number after it: `later-2@example.org` is told "not now" twice
and then served as everybody else is.

  later   451 to the recipient
  full    452 to the letter, once all of it is there
  no      550 to the recipient
  hang    silence after the letter, until the other side goes away
  cut     the line goes dead in the middle of the letter
  mute    takes the letter, and the line goes dead before it can say so

Arguments: the folder of the files. It prints its port.
"""

import asyncio
import json
import pathlib
import re
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP

FOLDER = pathlib.Path(sys.argv[1])
met = {}
taken = 0


def treatment(recipients):
    """What happens to the letter now, if anything but the usual."""
    match = re.match(r"([a-z]+)-(\d+)[@.]", recipients[0]) if recipients else None
    if not match or met.get(recipients[0], 0) >= int(match[2]):
        return None
    return match[1]


def meet(recipients):
    met[recipients[0]] = met.get(recipients[0], 0) + 1


def keep(envelope):
    global taken
    letter = message_from_bytes(envelope.content, policy=policy.default)
    parts = {part.get_content_type(): part.get_content() for part in letter.walk() if not part.is_multipart()}
    taken += 1
    kept = {
        "to": envelope.rcpt_tos,
        "header_to": str(letter["To"]),
        "from": str(letter["From"]),
        "subject": str(letter["Subject"]),
        "id": str(letter["Message-ID"]),
        "date": str(letter["Date"]),
        "kind": letter.get_content_type(),
        "defects": [str(defect) for part in letter.walk() for defect in part.defects],
        "parts": parts,
    }
    text = json.dumps(kept, ensure_ascii=False)
    (FOLDER / f"{taken:04}.part").write_text(text, encoding="utf-8")
    (FOLDER / f"{taken:04}.part").rename(FOLDER / f"{taken:04}.json")


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        how = treatment([address])
        if how in ("later", "no"):
            meet([address])
            return "451 <%s> not now" % address if how == "later" else "550 <%s> never" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        how = treatment(envelope.rcpt_tos)
        if how is not None:
            meet(envelope.rcpt_tos)
        if how == "full":
            return "452 no room"
        if how == "hang":
            (FOLDER / "hanging").touch()
            await asyncio.Event().wait()
        keep(envelope)
        if how == "mute":
            server.transport.abort()
        return "250 taken"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if treatment(self.envelope.rcpt_tos) == "cut":
            meet(self.envelope.rcpt_tos)
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Server(Handler(), hostname="sink.example", enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # Whoever started it holds the other end of its input, and goes when it is done.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
