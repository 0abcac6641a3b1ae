"""A Dovecot of our own on a free port of the loopback, gone at the end."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services import dovecot

_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
default_login_user = {login}
default_internal_user = {internal}
default_internal_group = {group}
first_valid_uid = 1
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Server:
    """Where it listens."""

    port: int

    @property
    def url(self) -> str:
        return f"imap://desk%40bank.example:secret@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def box(self) -> Iterator[imaplib.IMAP4]:
        """The mailbox, for the test's own eyes."""
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        box.login("desk@bank.example", "secret")
        try:
            yield box
        finally:
            box.logout()

    def deliver(self, *mails: bytes, received: str = '"02-Mar-2026 23:30:00 +0000"') -> None:
        """Put mails into the inbox as the mail server does."""
        with self.box() as box:
            for one in mails:
                status, _answer = box.append("INBOX", "", received, one)
                assert status == "OK"

    def count(self, folder: str, criteria: str = "ALL") -> int:
        """How many mails of a folder answer to ``criteria``."""
        with self.box() as box:
            assert box.select(folder, readonly=True)[0] == "OK"
            return len(box.search(None, criteria)[1][0].split())


@contextmanager
def running() -> Iterator[Server]:
    """A server that takes any password, with an empty inbox and a folder ``Done``."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="recourse-imap-"))
    me = pwd.getpwuid(os.getuid())
    owner = pwd.getpwnam("nobody") if me.pw_uid == 0 else me
    names = {name: _known(name) or me.pw_name for name in ("dovenull", "dovecot")}
    for name in ("run", "mail", "home"):
        (folder / name).mkdir()
        os.chown(folder / name, *((-1, -1) if name == "run" else (owner.pw_uid, owner.pw_gid)))
    folder.chmod(0o755)
    internal = pwd.getpwnam(names["dovecot"])
    config = folder / "dovecot.conf"
    config.write_text(
        _CONFIG.format(
            folder=folder, port=port, uid=owner.pw_uid, gid=owner.pw_gid,
            login=names["dovenull"], internal=names["dovecot"],
            group=grp.getgrgid(internal.pw_gid).gr_name,
        )
    )  # fmt: skip
    server = subprocess.Popen(
        [dovecot(), "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _wait(server, port, folder)
        with Server(port).box() as box:
            box.create("Done")
        yield Server(port)
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)


def _known(name: str) -> str:
    with suppress(KeyError):
        return pwd.getpwnam(name).pw_name if os.getuid() == 0 else ""
    return ""


def _wait(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if server.poll() is not None:
            said = server.stderr.read().decode() if server.stderr else ""
            raise AssertionError(f"Dovecot ended: {said} {_log(folder)}")
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 2)) as line:
            if line.recv(4) == b"* OK":
                return
        time.sleep(0.1)
    raise AssertionError(f"Dovecot does not answer: {_log(folder)}")


def _log(folder: Path) -> str:
    path = folder / "log"
    return path.read_text() if path.exists() else ""
