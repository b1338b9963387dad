"""A private PostgreSQL 15 for the tests: Debian's binaries, its own folder, a loopback port, gone afterwards."""

import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
ROLE = "lake"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "on",
    "lc_messages": "C",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
}


def free_port() -> int:
    """Returns a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresServer:
    """Starts in the constructor, ends in stop(). Runs as `postgres` when we are root, which PostgreSQL refuses."""

    def __init__(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pluginlake-postgres-"))
        self.port = free_port()
        self._databases = 0
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]
        self._run("initdb", "-D", self._data, "-U", ROLE, "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync")
        self.start()

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> str:
        command = [*self._as_user, str(BINARIES / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stderr or done.stdout}")
        return done.stdout

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        options = [f"-c {name}={value}" for name, value in SETTINGS.items()]
        options += [f"-c port={self.port}", f"-c unix_socket_directories={self.folder}"]
        log = str(self.folder / "log")
        command = [*self._as_user, str(BINARIES / "pg_ctl"), "-D", self._data, "-w", "-l", log]
        subprocess.run(
            [*command, "-o", " ".join(options), "start"],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    def interrupt(self) -> None:
        """Ends the server at once, as a power cut would; start() recovers."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def stop(self) -> None:
        """Ends the server and removes its folder."""
        self.interrupt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        """Makes an empty database and returns its URL."""
        self._databases += 1
        name = f"lake_{self._databases}"
        self.sql("postgres", f"CREATE DATABASE {name}")
        return f"postgres://{ROLE}@127.0.0.1:{self.port}/{name}"

    def sql(self, database: str, statement: str) -> str:
        """Runs one statement as the owner of everything; returns psql's unaligned rows."""
        return self._run(
            "psql", "-h", str(self.folder), "-p", str(self.port), "-U", ROLE, "-d", database, "-qAtc", statement
        )
