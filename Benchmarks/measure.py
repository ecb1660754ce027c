"""Measures commands as whole processes: wall time, processor time and peak memory, as the kernel accounts for them.

    with Runner() as runner:
        result = runner.compare(Command(["sailplan", …]), Command(["ytt", …]), pairs=10)
        print(result.wall_ratio)

Two commands are run in turn, A B A B …, after a warm-up of each, and ratios are taken pair by pair: a machine that
others use too changes its speed from minute to minute, but hardly between two neighbours.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass
class Command:
    """What is run, and where; the first argument is the path of a program. `prepare` is called before each run."""

    arguments: list
    directory: Path = REPOSITORY
    prepare: Callable = lambda: None


@dataclass
class Run:
    """What one finished process took: seconds, and MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass
class Series:
    """The runs of one command."""

    runs: list = field(default_factory=list)

    @property
    def wall(self):
        return statistics.median(run.wall for run in self.runs)

    @property
    def fastest(self):
        return min(run.wall for run in self.runs)

    @property
    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self):
        return max(run.peak for run in self.runs)


@dataclass
class Comparison:
    """The runs of two commands, in pairs."""

    ours: Series
    theirs: Series
    same_output: bool

    def ratio(self, figure):
        """How many times less ours took: the median of all pairs."""
        return statistics.median(
            getattr(b, figure) / getattr(a, figure) for a, b in zip(self.ours.runs, self.theirs.runs)
        )

    @property
    def fastest_ratio(self):
        return self.theirs.fastest / self.ours.fastest

    @property
    def peak_ratio(self):
        return self.ours.peak / self.theirs.peak


class Runner:
    """Runs commands through the launcher. Their output goes to a temporary folder, `self.folder`, which is free to use."""

    def __enter__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="sailplan-benchmark-")
        self.folder = Path(self.temporary.name)
        launcher = Path(__file__).with_name("launcher.py")
        self.launcher = subprocess.Popen(
            [sys.executable, "-I", "-S", str(launcher)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.floor = min(self.run(Command([shutil.which("true")])).peak for _ in range(3))
        return self

    def __exit__(self, *_):
        self.launcher.stdin.close()
        self.launcher.wait()
        self.temporary.cleanup()

    def run(self, command, output="output"):
        """One run; standard output goes to that file of `folder`. A command that fails ends the benchmark."""
        command.prepare()
        errors = self.folder / "errors"
        request = [command.directory, self.folder / output, errors, *command.arguments]
        self.launcher.stdin.write("\0".join(map(str, request)) + "\n")
        self.launcher.stdin.flush()
        wall, cpu, peak, status = self.launcher.stdout.readline().split()
        if status != "0":
            shown = " ".join(map(str, command.arguments))
            sys.exit(f"{shown}\nended with status {status}:\n{errors.read_text()}")
        return Run(float(wall), float(cpu), float(peak) / 1024)

    def series(self, command, runs):
        """Several runs after a warm-up."""
        self.run(command)
        return Series([self.run(command) for _ in range(runs)])

    def compare(self, ours, theirs, pairs, seconds=60):
        """Pairs of runs in turn after a warm-up of both; fewer than `pairs`, but three, once `seconds` are over."""
        spent = self.run(ours, "ours").wall + self.run(theirs, "theirs").wall
        same = (self.folder / "ours").read_bytes() == (self.folder / "theirs").read_bytes()
        pairs = max(min(pairs, int(seconds / spent)), 3)
        comparison = Comparison(Series(), Series(), same)
        for _ in range(pairs):
            comparison.ours.runs.append(self.run(ours))
            comparison.theirs.runs.append(self.run(theirs))
        return comparison


class Table:
    """Prints a Markdown table row by row."""

    def __init__(self, *columns):
        print()
        self.row(*columns)
        self.row(*["---"] + ["---:"] * (len(columns) - 1))

    def row(self, *cells):
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)


class ComparisonTable(Table):
    """Prints comparisons with another program."""

    def __init__(self, other):
        super().__init__(
            "case",
            "sailplan, ms",
            f"{other}, ms",
            "times faster",
            "fastest run",
            "processor time",
            "sailplan, MiB",
            f"{other}, MiB",
            "memory",
            "output",
        )

    def add(self, name, comparison):
        ours, theirs = comparison.ours, comparison.theirs
        self.row(
            name,
            f"{ours.wall * 1e3:.1f}",
            f"{theirs.wall * 1e3:.1f}",
            f"{comparison.ratio('wall'):.1f}",
            f"{comparison.fastest_ratio:.1f}",
            f"{comparison.ratio('cpu'):.1f}",
            f"{ours.peak:.1f}",
            f"{theirs.peak:.1f}",
            f"{comparison.peak_ratio:.2f}",
            "same" if comparison.same_output else "DIFFERENT",
        )


def arguments(description):
    """A parser with the arguments that every benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--sailplan",
        type=program,
        default=REPOSITORY / ".build/release/sailplan",
        metavar="PATH",
        help="the binary to measure (default: the release build of this repository)",
    )
    parser.add_argument("--pairs", type=int, default=10, help="counted runs of each program (default: 10)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the cases whose name contains TEXT")
    return parser


def program(text):
    """The absolute path of a program that is given by path or name."""
    found = shutil.which(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"there is no program {text}")
    return Path(found).resolve()


def processors():
    """How many processors these figures had."""
    count = len(os.sched_getaffinity(0))
    return f"{count} cores" if count > 1 else "1 core"
