"""Compares `sailplan crd generate` with the real controller-gen on Go API packages.

The packages are those of checkouts that you have: their dependencies in Go's module cache, and everything warm. Both
write their manifests to standard output, which has to be the same.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from measure import Command, ComparisonTable, Runner, arguments, processors, program


@dataclass
class Project:
    """A project whose CRDs are generated: what it asks of controller-gen, and for which of its packages."""

    name: str
    packages: dict
    options: dict = field(default_factory=dict)

    def theirs(self, tool, paths, directory):
        """The command line of controller-gen."""
        options = ",".join(f"{name}={value}" for name, value in self.options.items())
        generator = f"crd:{options}" if options else "crd"
        return Command([tool, generator, *(f"paths={path}" for path in paths), "output:stdout"], directory)

    def ours(self, tool, release, paths, directory):
        """The command line of sailplan, in its own spelling."""
        command = [tool, "crd", "generate", "--controller-gen-version", release, "--output", "-"]
        if self.options.get("generateEmbeddedObjectMeta") == "true":
            command.append("--generate-embedded-object-meta")
        return Command([*command, *(word for path in paths for word in ("--paths", path))], directory)


PROJECTS = [
    Project(
        "velero",
        {
            "both": ["./pkg/apis/velero/v1/...", "./pkg/apis/velero/v2alpha1/..."],
            "v1": ["./pkg/apis/velero/v1/..."],
            "v2alpha1": ["./pkg/apis/velero/v2alpha1/..."],
        },
    ),
    Project(
        "cluster-api",
        {
            "core": [
                "./api/...",
                "./internal/apis/core/...",
                "./exp/api/...",
                "./exp/addons/api/...",
                "./exp/ipam/api/...",
                "./exp/runtime/api/...",
            ]
        },
    ),
    Project("cloud-on-k8s", {"all": ["./pkg/apis/..."]}, {"generateEmbeddedObjectMeta": "true"}),
]


def main():
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("--controller-gen", type=program, default="controller-gen", help="the real one")
    parser.add_argument("--release", default="v0.16.5", help="its release (default: v0.16.5)")
    for project in PROJECTS:
        parser.add_argument(f"--{project.name}", type=Path, metavar="DIR", help=f"a checkout of {project.name}")
    parser.add_argument(
        "--packages",
        action="append",
        default=[],
        nargs="+",
        metavar=("DIR", "PATH"),
        help="packages of any other checkout: its directory, and paths such as ./api/... (default: ./...)",
    )
    options = parser.parse_args()
    given = [(project, getattr(options, project.name.replace("-", "_"))) for project in PROJECTS]
    for directory, *paths in options.packages:
        directory = Path(directory)
        given.append((Project(directory.resolve().name, {" ".join(paths) or "all": paths or ["./..."]}), directory))
    if not any(directory for _, directory in given):
        names = ", ".join(f"--{project.name}" for project in PROJECTS)
        parser.error(f"give at least one checkout: {names} or --packages")
    os.environ["GOFLAGS"] = os.environ.get("GOFLAGS", "-mod=mod")
    print(f"sailplan and controller-gen {options.release}, {processors()}")
    with Runner() as runner:
        table = ComparisonTable("controller-gen")
        for project, directory in given:
            for name, paths in project.packages.items() if directory else ():
                paths = [path for path in paths if (directory / path.removesuffix("/...")).is_dir()]
                title = f"{project.name}, {name}"
                if options.only not in title or not paths:
                    continue
                ours = project.ours(options.sailplan, options.release, paths, directory)
                theirs = project.theirs(options.controller_gen, paths, directory)
                table.add(title, runner.compare(ours, theirs, options.pairs))


if __name__ == "__main__":
    main()
