"""The part `inspect` of t/bench/run: one signed convention looked into, beside what others need.

    process  paraphe-inspect, from its start to its end
    service  the running inspector, from the question to the report (warm.c)

Each beside a process of pdfsig and one of `mutool sign -v`, which have no service. Programs are
started in turn, by posix_spawn, so that what starts them costs none of them much.
"""
import os
import shutil
import statistics
import tempfile
import time

import papers

TURNS = 40


def lasts(command):
    """From the start of a program to its end, in milliseconds; what it says goes nowhere."""
    silence = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    program = shutil.which(command[0])
    start = time.perf_counter()
    process = os.posix_spawn(program, command, os.environ, file_actions=silence)
    os.waitpid(process, 0)
    return (time.perf_counter() - start) * 1000


def run(build, configuration, pdf, report):
    """pdf: a signed convention's bytes; configuration: of the site whose inspector is asked."""
    directory = tempfile.mkdtemp()
    path = os.path.join(directory, "signed.pdf")
    papers.write(path, pdf)
    papers.run("certutil", "-N", "-d", "sql:" + directory, "--empty-password")
    commands = {"process": [os.path.join(build, "paraphe-inspect"), "--json", path],
                "pdfsig": ["pdfsig", "-nssdir", "sql:" + directory, path],
                "mutool": ["mutool", "sign", "-v", path]}
    times = {name: [] for name in (*commands, "service")}
    for _ in range(TURNS):
        for name, command in commands.items():
            times[name].append(lasts(command))
        times["service"].append(float(papers.run(os.path.join(build, "t/bench/warm"), configuration,
                                                 path, "5").stdout))
    shutil.rmtree(directory)
    middle = {name: statistics.median(values) for name, values in times.items()}
    for ours, aim in (("process", "0.2"), ("service", "0.033")):
        for theirs in ("pdfsig", "mutool"):
            report("inspect", middle[ours], middle[theirs], "ms", middle[ours] / middle[theirs],
                   f"at most {aim}: {ours}, beside {theirs}, {len(pdf) // 1024} KB")
