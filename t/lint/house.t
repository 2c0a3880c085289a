#!/usr/bin/python3
"""Keeps the house: see t/lint/rules.py."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "lib")]
import rules  # noqa: E402
from tap import Tap  # noqa: E402

SOURCE = os.path.dirname(os.path.dirname(HERE))
FOLDERS = ("src", "views", "conf", "sql", "t")
TOP_LEVEL = {"configure.ac", "Makefile.am", "src", "views", "conf", "sql", "t", "README", "COPYING",
             ".ci", ".clang-format", ".gitignore"}
TOP = ("Makefile.am", "configure.ac", "README", "COPYING", ".ci/run")


def read_files():
    """The project's text files by their path."""
    paths = [path for path in TOP if os.path.exists(os.path.join(SOURCE, path))]
    for folder in FOLDERS:
        for where, below, names in os.walk(os.path.join(SOURCE, folder)):
            below[:] = [name for name in below if name not in ("__pycache__", "seeds")]
            paths += [os.path.relpath(os.path.join(where, name), SOURCE) for name in names]
    files = {}
    for path in sorted(paths):
        try:
            with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
                files[path] = file.read()
        except UnicodeDecodeError:
            continue  # a picture or a PDF
    return files


tap = Tap()
project = read_files()
for rule, title, breach in rules.RULES:
    tap.ok(any(True for _ in rule(breach)), f"{rule.__name__} sees a breach")
    found = list(rule(project))
    tap.ok(not found, title, *found)
title = "the top level holds the parts of the house and nothing else"
if os.path.exists(os.path.join(SOURCE, ".git")):
    listing = subprocess.run(["git", "-c", "safe.directory=*", "-C", SOURCE, "ls-files"],
                             capture_output=True, text=True, check=True).stdout
    tap.same(sorted({path.split("/")[0] for path in listing.splitlines()} - TOP_LEVEL), [], title)
else:
    tap.skip(title, "not a git clone")
tap.end()
