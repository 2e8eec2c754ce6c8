"""A real PostgreSQL server for tests, in a folder of its own, reached through a socket in it."""

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

USER = "claimtrack"
PATIENCE = "600"
"""Seconds in which it must start or stop: a busy machine takes its time."""


def find_programs() -> Path | None:
    """Returns the folder of ``initdb`` and ``pg_ctl``; Debian keeps them off the search path."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


class Server:
    """A server that runs until ``stop``; ``new_database`` makes empty databases in it."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._numbers = count(1)
        self._as_user: list[str] = []
        if os.getuid() == 0:  # the server refuses to run as root
            shutil.chown(folder, "postgres")
            self._as_user = ["runuser", "-u", "postgres", "--"]
        words = ["-U", USER, "--no-sync", "-A", "trust", "-E", "UTF8"]
        if sys.platform == "linux":  # what LANG names need not be installed
            words.append("--locale=C.UTF-8")
        self._run("initdb", "-D", str(folder / "data"), *words)
        self.start()

    def start(self) -> None:
        """Starts it and waits until it answers."""
        options = f"-c listen_addresses= -c fsync=off -k {self._folder}"
        log = str(self._folder / "log")
        self._run(
            "pg_ctl",
            "start",
            "-w",
            "-t",
            PATIENCE,
            "-D",
            str(self._folder / "data"),
            "-l",
            log,
            "-o",
            options,
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stops it."""
        self._run("pg_ctl", "stop", "-w", "-t", PATIENCE, "-m", mode, "-D", str(self._folder / "data"))

    def new_database(self) -> str:
        """Makes an empty database and returns its address."""
        name = f"claims{next(self._numbers)}"
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.address(name)

    def address(self, name: str) -> str:
        """Returns the address of a database."""
        return f"postgresql://{USER}@/{name}?host={self._folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._programs / program), *arguments]
        with (self._folder.parent / f"{self._folder.name}.out").open("ab") as told:
            subprocess.run(command, stdout=told, stderr=told, cwd="/", check=True)
