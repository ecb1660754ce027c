#!/usr/bin/env python3
"""Compares `sailplan ytt` with a real ytt on the same inputs. See ../README.md."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import inputs  # noqa: E402
from measure import REPOSITORY, Command, ComparisonTable, Runner, Table, arguments, processors, program  # noqa: E402

BUNDLE = REPOSITORY / "overlays/velero/config"
STARLARK = Path(__file__).with_name("starlark")
TCE_VELERO = "addons/packages/velero/1.9.2/bundle"


def cases(folder, tce):
    """The name of each case, the directory it runs in, and the arguments that both programs get."""
    for values in sorted(REPOSITORY.glob("environments/*/values.yaml")):
        yield f"environment {values.parent.name}", REPOSITORY, ["-f", BUNDLE, "--data-values-file", values]
    if tce:
        yield "TCE Velero 1.9.2", tce / TCE_VELERO, ["-f", "config"]
    overlay = inputs.overlay(folder)
    yield "2,000 documents, one overlay", folder, ["-f", inputs.documents(folder, 2000), "-f", overlay]
    yield "500 documents calling a function", folder, ["-f", inputs.function_calls(folder, 500)]
    yield "2,000 files", folder, ["-f", inputs.files(folder, 2000)]
    for template in sorted(STARLARK.glob("*.yml")):
        yield f"Starlark: {template.stem}", STARLARK, ["-f", template.name]


def compare(runner, options):
    chosen = [case for case in cases(runner.folder, options.tce) if options.only in case[0]]
    if not chosen:
        return
    table = ComparisonTable("ytt")
    for name, directory, given in chosen:
        ours = Command([options.sailplan, "ytt", *given], directory)
        theirs = Command([options.ytt, *given], directory)
        table.add(name, runner.compare(ours, theirs, options.pairs))


def growth(runner, options):
    """Whether time and memory grow as the input does."""
    if options.only not in "growth":
        return
    table = Table("documents, one overlay", "sailplan, ms", "µs a document", "MiB", "KiB a document")
    overlay = inputs.overlay(runner.folder)
    for count in [200, 2_000, 20_000]:
        given = ["-f", inputs.documents(runner.folder, count), "-f", overlay]
        series = runner.series(Command([options.sailplan, "ytt", *given]), options.pairs)
        table.row(
            f"{count:,}",
            f"{series.wall * 1e3:.1f}",
            f"{series.wall * 1e6 / count:.1f}",
            f"{series.peak:.1f}",
            f"{series.peak * 1024 / count:.1f}",
        )


def yaml_speed(runner, options):
    """How fast YAML is read and written, measured inside one process."""
    if options.only not in "yaml":
        return
    if not options.yaml_speed.exists():
        print(f"\nYAML: not measured, {options.yaml_speed} is not built")
        return
    table = Table("YAML, one core", "MB/s read", "MB/s written")
    for name, path in [
        ("Deployments, 2,000 documents", inputs.documents(runner.folder, 2_000)),
        ("CRDs of the bundle, 20 times", inputs.custom_resource_definitions(runner.folder, BUNDLE, 20)),
    ]:
        runner.run(Command([options.yaml_speed, path]))
        table.row(name, *(runner.folder / "output").read_text().split())


def main():
    parser = arguments(__doc__)
    parser.add_argument("--ytt", type=program, default="ytt", metavar="PATH", help="the real ytt (default: on PATH)")
    parser.add_argument("--tce", type=Path, metavar="DIR", help="a checkout of vmware-tanzu/community-edition")
    parser.add_argument(
        "--yaml-speed",
        type=Path,
        default=REPOSITORY / ".build/release/YAMLSpeed",
        metavar="PATH",
        help="the binary that measures the YAML library (default: the release build of this repository)",
    )
    options = parser.parse_args()
    with Runner() as runner:
        print(f"{processors()}; a process that needs less than {runner.floor:.0f} MiB is shown with that.")
        compare(runner, options)
        growth(runner, options)
        yaml_speed(runner, options)


main()
