#!/usr/bin/env python3
"""Runs clang-tidy over src/, and remembers by hash which files were clean, so that a second run takes seconds."""

import argparse
import concurrent.futures
import hashlib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIDY = pathlib.Path(sys.executable).parent / "clang-tidy"
CLEAN = ROOT / ".cache" / "tidy"
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def headers_of(path: pathlib.Path, include_folders: list[pathlib.Path], seen: dict[pathlib.Path, bytes]) -> None:
    """Collects the bytes of a file and of our own headers below it into `seen`."""
    if path in seen:
        return
    seen[path] = path.read_bytes()
    for name in INCLUDE.findall(seen[path]):
        for folder in include_folders:
            header = folder / name.decode()
            if header.exists():
                headers_of(header, include_folders, seen)
                break


def hash_of(entry: dict[str, str], build: pathlib.Path) -> str:
    """Returns a hash over all that decides what clang-tidy says about a file."""
    seen: dict[pathlib.Path, bytes] = {}
    folders = [ROOT / "src", build / "generated", build / "src" / "pluginlake" / "embedded", ROOT]
    headers_of(pathlib.Path(entry["file"]), folders, seen)
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    digest.update((ROOT / "requirements-dev.txt").read_bytes())
    for path in sorted(seen):
        digest.update(hashlib.sha256(seen[path]).digest())
    return digest.hexdigest()


def tidy(entry: dict[str, str], build: pathlib.Path) -> str:
    """Returns clang-tidy's complaints about one file, empty if it is clean."""
    stamp = CLEAN / hash_of(entry, build)
    if stamp.exists():
        return ""
    command = [str(TIDY), "--quiet", "-p", str(build), "--extra-arg=-Wno-unknown-warning-option", entry["file"]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0 and "warning:" not in done.stdout:
        stamp.touch()
        return ""
    return done.stdout or done.stderr


def main() -> int:
    """Checks every translation unit of src/ in the compile database of the build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("only", nargs="*", help="check only files whose path holds one of these")
    arguments = parser.parse_args()
    CLEAN.mkdir(parents=True, exist_ok=True)
    database = json.loads((arguments.build / "compile_commands.json").read_text())
    ours = [e for e in database if pathlib.Path(e["file"]).is_relative_to(ROOT / "src")]
    if arguments.only:
        ours = [e for e in ours if any(part in e["file"] for part in arguments.only)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for said in pool.map(lambda entry: tidy(entry, arguments.build.resolve()), ours):
            if said:
                failed += 1
                print(said)
    print(f"clang-tidy: {len(ours)} files, {failed} with complaints")
    return 1 if failed or not ours else 0


if __name__ == "__main__":
    sys.exit(main())
