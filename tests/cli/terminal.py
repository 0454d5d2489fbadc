"""The command line as a test uses it: in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from typer.testing import CliRunner

from affray.cli.commands import app

MAIN = "from affray.cli import main; main()"


class Said:
    """What a command said: its exit code, stdout and stderr."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def data(self) -> Any:
        """Its stdout as JSON."""
        return json.loads(self.out)


def affray(*words: object, expect: int = 0) -> Said:
    """Run a command here; it must end with the exit code ``expect``."""
    result = CliRunner().invoke(app, [str(word) for word in words], prog_name="affray")
    said = Said(result.exit_code, result.stdout, result.stderr)
    assert said.code == expect, f"{words}: {said.code}\n{said.out}\n{said.err}"
    assert "Traceback" not in said.out + said.err
    return said


def start(
    folder: Path, *words: object, into: int | IO[str] = subprocess.PIPE, **environment: str
) -> subprocess.Popen[str]:
    """Start a command as a process of its own, in ``folder``; it prints ``into`` a file or pipe."""
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        stdout=into,
        stderr=subprocess.PIPE,
        text=True,
    )


def process(folder: Path, *words: object, **environment: str) -> Said:
    """Run a command as a process of its own, in ``folder``."""
    running = start(folder, *words, **environment)
    out, err = running.communicate(timeout=120)
    return Said(running.returncode, out, err)
