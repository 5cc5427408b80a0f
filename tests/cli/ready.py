"""A Python that has imported claims once, and forks for each command: as true, and much quicker.

Run as a program it listens at the socket that it is given. :data:`CLIENT` is the command ``claims``
that speaks to it: it hands over its words, its environment, its folder and its streams.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

CLIENT = """#!{python} -IS
import json, os, socket, sys
asked = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode()
with socket.socket(socket.AF_UNIX) as to:
    to.connect({address!r})
    socket.send_fds(to, [len(asked).to_bytes(4, "big")], [0, 1, 2])
    to.sendall(asked)
    code = to.recv(1)
sys.exit(code[0] if code else 70)
"""
_STREAMS = 3


@contextmanager
def ready(folder: Path) -> Iterator[Path]:
    """The command ``claims`` within ``folder``, as long as the block lasts."""
    address = str(folder / "s")
    with subprocess.Popen(
        [sys.executable, __file__, address], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as server:
        assert server.stdout
        assert server.stdout.readline() == b"ready\n"
        command = folder / "claims"
        command.write_text(CLIENT.format(python=sys.executable, address=address), "utf-8")
        command.chmod(0o755)
        try:
            yield command
        finally:
            server.terminate()


def _serve(address: str) -> NoReturn:
    import claims.actions  # noqa: PLC0415 -- only the server imports what it is to have ready
    import claims.cli.entering  # noqa: PLC0415
    import claims.cli.loading  # noqa: PLC0415
    import claims.cli.reporting  # noqa: PLC0415

    assert all(hasattr(claims.actions, name) for name in claims.actions.__all__)  # all imported
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            to, _ = listening.accept()
            with to:
                if os.fork() == 0:
                    listening.close()
                    _answer(to)
            _reap()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _answer(to: socket.socket) -> NoReturn:
    """Run one command in a process of its own, in the place of the one who asked."""
    from claims.cli import main  # noqa: PLC0415 -- see above

    size, streams, _, _ = socket.recv_fds(to, 4, _STREAMS)
    asked = b""
    while len(asked) < int.from_bytes(size, "big"):
        asked += to.recv(1 << 16)
    words, environment, folder = json.loads(asked)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- numbers, not paths
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    code = 70
    try:
        main(words)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        to.sendall(bytes([code]))
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
