"""The house style, as far as a machine can see it. Each message names the place and the remedy."""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import affray

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "affray"
CODE_FOLDERS = ("src", "tests", "bench", "docs", "examples")

FILE_LINES = 600
FUNCTION_LINES = 90
MODULE_DOCSTRING_CHARS = 20

# what may not be called or imported in src/: dotted name → what to use instead
BANNED = {
    "random": "affray's counter-based luck: hash(seed, tick, luck key, purpose)",
    "numpy.random": "affray's counter-based luck: hash(seed, tick, luck key, purpose)",
    "secrets": "affray's counter-based luck: hash(seed, tick, luck key, purpose)",
    "pickle": "typed arrays or Parquet: a file from outside must not run code",
    "marshal": "typed arrays or Parquet: a file from outside must not run code",
    "shelve": "typed arrays or Parquet: a file from outside must not run code",
    "eval": "a table or a parser: a string from outside must not run code",
    "exec": "a table or a parser: a string from outside must not run code",
    "yaml.load": "the scenario loader, or yaml.load(..., Loader=) of a safe loader",
    "yaml.load_all": "the scenario loader, or yaml.safe_load_all",
    "yaml.unsafe_load": "the scenario loader, or yaml.safe_load",
    "yaml.full_load": "the scenario loader, or yaml.safe_load",
    "time.time": "the tick: no result may depend on the clock (progress: time.monotonic)",
    "time.time_ns": "the tick: no result may depend on the clock",
    "datetime.datetime.now": "the tick: no result may depend on the clock",
    "datetime.datetime.utcnow": "the tick: no result may depend on the clock",
    "datetime.date.today": "the tick: no result may depend on the clock",
    "os.urandom": "affray's counter-based luck",
    "uuid.uuid4": "a name made from the scenario's digest and the seed",
}
# progress, an ETA and a run's date are shown to people and never enter a result
CLOCK_ALLOWED = ("cli", "run/progress.py")

# Digests of words that belong to one story. They may stand in its scenario file and nowhere in
# code, so not here either. To add one: hashlib.sha256(word.lower().encode()).hexdigest()[:12]
STORY_WORDS = frozenset(
    (
        "0d89db5aae3b",
        "44b312a913c1",
        "493cd729a261",
        "56edaf4597bd",
        "5bbad634a53d",
        "60d4ff26bafb",
        "846f6a76ffc1",
        "904537c28db7",
        "968347dded6a",
        "9951ea9cb0ec",
        "aa634dcfba9f",
        "ad26cfe65547",
        "d41dc6385e80",
        "de960cc978e6",
    )
)


def python_files(*folders: str) -> list[Path]:
    """Every Python file under the named folders of the project, in a steady order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def place(path: Path, line: int | None = None) -> str:
    """The file, relative to the project, and the line: what an editor jumps to."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@functools.cache
def tracked_texts() -> dict[Path, str]:
    """Every text file that git keeps, by path. Skips the test outside a checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    texts = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        try:
            texts[path] = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # a picture, or a file just being removed
    return texts


def expect_none(found: list[str], remedy: str) -> None:
    """Fail with every place found and what to do about it."""
    assert not found, "\n  ".join([remedy, *found])


def test_files_fit_one_sitting() -> None:
    """No Python file is longer than one sitting's reading."""
    found = [
        f"{place(path)}: {lines} lines"
        for path in python_files(*CODE_FOLDERS)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    ]
    expect_none(found, f"Over {FILE_LINES} lines; find the second idea and give it a file:")


def test_functions_fit_a_screen() -> None:
    """No function is longer than a tall screen."""
    found = [
        f"{place(path, node.lineno)}: {node.name}, {lines} lines"
        for path in python_files(*CODE_FOLDERS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]
    expect_none(found, f"Over {FUNCTION_LINES} lines; name the steps and make them functions:")


def test_every_module_says_what_it_is() -> None:
    """Every module opens with a docstring that says what it is and why."""
    found = [
        place(path)
        for path in python_files(*CODE_FOLDERS)
        if len(ast.get_docstring(tree_of(path)) or "") < MODULE_DOCSTRING_CHARS
    ]
    expect_none(found, "No module docstring; say what it is and why it exists:")


def imported_names(tree: ast.Module) -> dict[str, str]:
    """What each local name stands for, as a dotted name: ``np`` → ``numpy``."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                head = alias.name.split(".")[0]
                names[alias.asname or head] = alias.name if alias.asname else head
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """The full dotted name that an expression refers to, or None if it is no plain name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        head = dotted(node.value, names)
        return None if head is None else f"{head}.{node.attr}"
    return None


def is_safe_yaml_load(call: ast.Call, tree: ast.Module) -> bool:
    """Whether a ``yaml.load`` names a loader that builds plain data, itself or by a variable."""
    loaders = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "Loader")]
    if not loaders:
        return False
    meant = [ast.unparse(loaders[0])]
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if meant[0] in map(ast.unparse, targets):
                meant.append(ast.unparse(node.value))
    return any(re.search(r"(Safe|Base)Loader\b", text) for text in meant)


def banned_uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything in a module that the ban list names."""
    names = imported_names(tree)
    for node in ast.walk(tree):
        uses: list[str] = []
        if isinstance(node, ast.Import):
            uses = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            uses = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call):
            name = dotted(node.func, names)
            if name and not (name.startswith("yaml.load") and is_safe_yaml_load(node, tree)):
                uses = [name]
        elif isinstance(node, ast.Attribute):
            name = dotted(node, names)
            uses = [name] if name == "numpy.random" else []
        for use in uses:
            if use in BANNED:
                yield node.lineno, use


def test_nothing_on_the_ban_list() -> None:
    """No global luck, no clock, no unsafe YAML, no pickle and no eval in the package."""
    found = []
    for path in python_files("src"):
        inside = path.relative_to(SOURCE).as_posix()
        for line, use in banned_uses(tree_of(path)):
            clock = use.startswith(("time.", "datetime."))
            if not (clock and inside.startswith(CLOCK_ALLOWED)):
                found.append(f"{place(path, line)}: {use}; use {BANNED[use]}")
    expect_none(found, "Banned, since it breaks one of the two laws or runs code from outside:")


@pytest.mark.parametrize(
    "code",
    [
        "import random",
        "from random import randint",
        "import numpy as np\nnp.random.default_rng(1)",
        "from numpy.random import default_rng",
        "import pickle as p",
        "import yaml\nyaml.load(text)",
        "import yaml\nyaml.load(text, Loader=yaml.Loader)",
        "from time import time as now\nnow()",
        "import datetime\ndatetime.datetime.now()",
        "eval(text)",
    ],
)
def test_the_ban_list_bites(code: str) -> None:
    """The check above sees each banned thing, whatever it was renamed to."""
    assert list(banned_uses(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "import yaml\nyaml.load(text, Loader=SafeLoader)",
        "import yaml\nplain = yaml.CBaseLoader\nyaml.load(text, Loader=plain)",
        "import yaml\nyaml.load(text, yaml.CSafeLoader)",
        "import numpy as np\nnp.zeros(3)",
        "import time\ntime.monotonic()",
        "self.random(3)",
        "model.eval()",
    ],
)
def test_the_ban_list_lets_go(code: str) -> None:
    """The check above is silent about what only looks like a banned thing."""
    assert not list(banned_uses(ast.parse(code)))


def test_no_fast_math() -> None:
    """No kernel may be compiled with fast-math: it would break sameness to the bit."""
    found = [
        place(path, node.value.lineno)
        for path in python_files("src")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.keyword)
        and node.arg == "fastmath"
        and not (isinstance(node.value, ast.Constant) and node.value.value is False)
    ]
    expect_none(found, "fastmath changes results between machines; take it out:")


def test_stories_stay_in_scenarios() -> None:
    """No fighter, place or weapon of the reference story is named in code."""
    found = []
    for path in sorted([*python_files("src"), *SOURCE.rglob("*.js")]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for word in re.findall(r"[a-z]+", line.lower()):
                if hashlib.sha256(word.encode()).hexdigest()[:12] in STORY_WORDS:
                    found.append(f"{place(path, number)}: {word}")
    expect_none(found, "A story's name in code; it belongs in the scenario's YAML:")


def test_no_paths_of_a_machine() -> None:
    """No tracked file names a folder of the machine that it was written on."""
    pattern = re.compile(r"(?<![\w.$}~/])/(?:work|tmp|root|home|Users)/\w")
    found = [
        f"{place(path, number)}: {line.strip()[:80]}"
        for path, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    expect_none(found, "A path that exists on one machine only; make it relative:")


# an address is welcome where a reader looks a source up, and where it is a name, not a place
PROSE = frozenset((".md", ".yaml", ".txt"))
NAMES_NOT_PLACES = re.compile(
    r"https?://(?:127\.0\.0\.1|localhost|json-schema\.org/|www\.w3\.org/)"
)


def test_addresses_only_in_prose() -> None:
    """Code fetches nothing: addresses stand in documents and as sources in data, nowhere else."""
    found = [
        f"{place(path, number)}: {line.strip()[:80]}"
        for path, text in tracked_texts().items()
        if path.suffix not in PROSE and path != Path(__file__).resolve()
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(r"https?://", NAMES_NOT_PLACES.sub("", line))
    ]
    expect_none(found, "An address in code; name the work and its year, or move it to docs/:")


def test_the_environment_is_pinned_without_addresses() -> None:
    """Lock files pin versions and hashes, and say nothing about where packages come from."""
    found = []
    for lock in sorted(ROOT.glob("requirements*.lock")):
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1):
            pinned = re.match(r"[a-z0-9-]+==[\w.]+( ;.*)? \\$", line)
            if not (pinned or re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?$|#", line)):
                found.append(f"{place(lock, number)}: {line[:80]}")
    expect_none(found, "Neither a version nor a hash; write the file with `make lock`:")


def test_sources_are_utf8_with_plain_line_ends() -> None:
    """Every tracked text file ends with one newline and has no tab-or-space tails."""
    found = [
        place(path)
        for path, text in tracked_texts().items()
        if text and path.suffix in {".py", ".toml", ".yaml", ".md", ".js", ".css", ".html"}
        if not text.endswith("\n") or text.endswith("\n\n") or "\r" in text
    ]
    expect_none(found, "Ends wrongly; one newline at the end, no carriage returns:")


def test_every_folder_is_a_package() -> None:
    """Every folder with code has an ``__init__.py``: without one, no contract sees into it."""
    folders = {path.parent for path in python_files("src") if path.is_relative_to(SOURCE)}
    found = [place(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()]
    expect_none(found, "No __init__.py; add one whose docstring says what the folder is for:")


def test_who_imports_whom(capsys: pytest.CaptureFixture[str]) -> None:
    """Every folder imports only from those above it in the tree; readers never reach the engine."""
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_the_public_face_is_what_it_says() -> None:
    """``import affray`` offers what ``__all__`` lists, sorted, each with a docstring, no more."""
    if not hasattr(affray, "__all__"):
        pytest.skip("affray has no public face yet")
    listed = list(affray.__all__)
    assert listed == sorted(listed, key=str.casefold), "sort affray.__all__"
    bare = [n for n in listed if not n.startswith("_") and not getattr(affray, n).__doc__]
    assert not bare, f"give these a docstring with meaning, units and errors: {bare}"
    offered = {
        name
        for name, thing in vars(affray).items()
        if not name.startswith("_") and not inspect.ismodule(thing) and name != "annotations"
    }
    assert offered <= set(listed), f"list in affray.__all__ or hide: {offered - set(listed)}"
