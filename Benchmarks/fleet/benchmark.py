#!/usr/bin/env python3
"""Measures sailplan on fleets of 1 to 10,000 environments, and what others take for the same job. See ../README.md."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import fleet  # noqa: E402
import peers  # noqa: E402
from measure import REPOSITORY, Command, Runner, Series, Table, arguments, processors, program  # noqa: E402

BUNDLE = REPOSITORY / "overlays/velero/config"
RUNS = {1: 10, 100: 5, 1_000: 3, 10_000: 1}


def put_aside(folder):
    """Takes a folder out of the way until all is measured: for seconds after files were deleted, some file systems take
    several times as long to create others."""
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}-{len(list(folder.parent.iterdir()))}"))


class Fleet:
    """A workspace in a git repository."""

    def __init__(self, runner, options, count):
        self.runner, self.options, self.count = runner, options, count
        self.folder = runner.folder / f"fleet-{count}"
        self.turn = 0
        fleet.make(self.folder, count)

    def git(self, *given):
        return subprocess.run(["git", *given], cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def start_anew(self):
        """Nothing rendered, nothing committed."""
        put_aside(self.folder)
        fleet.make(self.folder, self.count)
        self.git("init", "-q", "-b", "main")

    def change_one(self):
        """Another value for one environment."""
        self.turn += 1
        path = self.folder / "environments" / fleet.name(self.count // 2) / "values.yaml"
        lines = [line for line in path.read_text().splitlines() if "prefix:" not in line]
        path.write_text("\n".join([*lines, f"  prefix: moved-{self.turn}"]) + "\n")

    def measure(self, *given, runs=None, prepare=lambda: None, warm_up=True):
        command = Command([self.options.sailplan, *given], self.folder, prepare)
        if warm_up:
            self.runner.run(command)
        return Series([self.runner.run(command) for _ in range(runs or RUNS.get(self.count, 1))])

    def hash_everything(self):
        """git's own time to name the bytes of all that is rendered."""
        paths = self.folder / ".git/paths"
        paths.write_text(self.git("ls-files", "environments/*/*/rendered/*"))
        command = ["/bin/sh", "-c", "git hash-object --stdin-paths < .git/paths > /dev/null"]
        return Series([self.runner.run(Command(command, self.folder)) for _ in range(RUNS.get(self.count, 1))])


def ours(runner, options):
    """Our own figures, and the fleets."""
    table = Table(
        "environments",
        "render + commit, ms",
        "verify, ms",
        "verify --no-check, ms",
        "render, unchanged, ms",
        "commit, unchanged, ms",
        "one changed: commit, ms",
        "git hash-object, ms",
        "largest, MiB",
    )
    found = {}
    for count in options.sizes:
        place = Fleet(runner, options, count)
        fresh = place.measure("commit", prepare=place.start_anew, warm_up=count <= 100)
        verify = place.measure("verify", warm_up=count <= 1_000)
        plain = place.measure("verify", "--no-check", warm_up=count <= 1_000)
        # The first one looks at everything, so that the next know it.
        render = place.measure("render")
        again = place.measure("commit")
        changed = place.measure("commit", runs=3, prepare=place.change_one)
        floor = place.hash_everything()
        check = subprocess.run(["git", "fsck", "--strict"], cwd=place.folder, capture_output=True, text=True)
        if check.returncode != 0 or "dangling" in check.stdout:
            sys.exit(f"git fsck --strict: {check.stdout}{check.stderr}")
        everything = [fresh, verify, plain, render, again, changed]
        table.row(
            f"{count:,}",
            *(f"{series.wall * 1e3:,.0f}" for series in [*everything, floor]),
            f"{max(series.peak for series in everything):,.0f}",
        )
        found[count] = (place, fresh)
    return found


class Cost:
    """What another program takes: for one environment, and for many in proportion to what it takes for some more than
    for a few; what starts once is not counted for each."""

    def __init__(self, one, small, few, large, many):
        self.one, self.small, self.few, self.large, self.many = one, small, few, large, many

    def of(self, count, figure):
        if count == 1:
            return getattr(self.one, figure)
        small, large = getattr(self.small, figure), getattr(self.large, figure)
        each = max(0, (large - small) / (self.many - self.few))
        return max(small - each * self.few, 0) + each * count


def theirs(runner, options, found):
    """The same job done by others, for one environment and for a sample; as many more as there are take as much more."""
    count = max(found)
    workspace = found[count][0].folder
    sample = fleet.names(count)[:: max(1, count // options.sample)][: options.sample]
    folder = runner.folder / "peers"
    folder.mkdir()
    jobs = {
        "ytt": lambda part: peers.ytt(options.ytt, BUNDLE, workspace, folder, part),
        "kubectl kustomize": lambda part: peers.kustomize(options.kubectl, workspace, folder, part),
        "kapitan kadet": lambda part: fresh_kapitan(options, workspace, folder, part, "kadet"),
        "kapitan jinja2 (text)": lambda part: fresh_kapitan(options, workspace, folder, part, "jinja2"),
    }
    costs = {}
    for name, job in jobs.items():

        def run(part, job=job):
            return runner.run(Command(["/bin/sh", "-c", job(part)], folder))

        few = sample[: max(2, len(sample) // 4)]
        costs[name] = Cost(run(sample[-1:]), run(few), len(few), run(sample), len(sample))
    compare_outputs(options, workspace, folder, sample)
    for figure, what in [("wall", "s"), ("cpu", "s of processor time")]:
        table = Table(
            "environments", f"sailplan, {what}", *(f"{name}, {what}" for name in jobs),
            "times less than the least that reads YAML", "than text only",
        )  # fmt: skip
        for count, (_, fresh) in found.items():
            others = [cost.of(count, figure) for cost in costs.values()]
            own = getattr(fresh, figure)
            table.row(
                f"{count:,}",
                f"{own:.3f}",
                *(f"{other:,.2f}" for other in others),
                f"{min(others[:3]) / own:,.1f}",
                f"{others[3] / own:,.1f}",
            )
    print(f"\nThe others' figures are of 1 environment and of {len(sample)}, and of the latter in proportion.")


def fresh_kapitan(options, bases, folder, part, kind):
    put_aside(folder / f"kapitan-{kind}")
    return peers.kapitan(options.kapitan, bases, folder, part, kind)


def compare_outputs(options, workspace, folder, names):
    """Ends the benchmark where the others did not do the job."""
    name = names[-1]
    given = [options.sailplan, "render", "--stdout", name]
    stream = subprocess.run(given, cwd=workspace, check=True, capture_output=True, text=True).stdout
    wanted = sorted(stream.split("\n---\n"))
    made = (folder / "ytt" / name / "all.yaml").read_text()
    if [text.strip() for text in wanted] != sorted(text.strip() for text in made.split("\n---\n")):
        sys.exit(f"ytt gives something else for {name}")
    counts = {
        "kustomize": len(list((folder / "kustomize" / name).rglob("*.yaml"))),
        "kadet": len(list((folder / f"kapitan-kadet/compiled/{name.split('/')[1]}").rglob("*.y*ml"))),
        "jinja2": (folder / f"kapitan-jinja2/compiled/{name.split('/')[1]}/manifests/all.yaml").read_text().count(
            "\nkind: "
        ),
    }
    for peer, count in counts.items():
        if count != len(wanted):
            print(f"\nThe {peer} job gives {count} objects for {name}, not {len(wanted)}")


def main():
    parser = arguments(__doc__)
    parser.add_argument("--ytt", type=program, default="ytt", metavar="PATH", help="the real ytt")
    parser.add_argument("--kubectl", type=program, default="kubectl", metavar="PATH")
    parser.add_argument("--kapitan", type=program, metavar="PATH", help="kapitan from PyPI; without it, no others")
    parser.add_argument("--sample", type=int, default=40, help="how many environments others render (default: 40)")
    parser.add_argument(
        "--sizes", type=lambda text: [int(part) for part in text.split(",")], default=list(RUNS), metavar="N,N…"
    )
    options = parser.parse_args()
    os.environ |= {
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip
    with Runner() as runner:
        print(f"{processors()}, load {os.getloadavg()[0]:.1f} at the start.")
        found = ours(runner, options)
        if options.kapitan:
            theirs(runner, options, found)
        print(f"\nLoad {os.getloadavg()[0]:.1f} at the end.")


if __name__ == "__main__":
    main()
