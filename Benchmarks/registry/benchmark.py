"""Compares `sailplan images copy` with `imgpkg copy`, and for one image with `skopeo copy`, between registries on this
machine and to and from an archive.

Two registries of the distribution project are started. The one has a bundle with some images of random bytes; the other
is emptied before each run that copies to it.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from measure import Command, ComparisonTable, Runner, arguments, processors, program

ACCEPTED = "application/vnd.docker.distribution.manifest.v2+json"


class Registry:
    """A docker-registry with files below a directory."""

    def __init__(self, tool, directory):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.name = f"127.0.0.1:{port}"
        self.data = directory / "data"
        self.data.mkdir(parents=True)
        configuration = directory / "config.yml"
        configuration.write_text(
            "version: 0.1\nlog: {level: error}\n"
            f"storage: {{filesystem: {{rootdirectory: '{self.data}'}}}}\n"
            f"http: {{addr: '{self.name}', secret: benchmark}}\n"
        )
        self.process = subprocess.Popen(
            [tool, "serve", configuration], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(500):
            with socket.socket() as connection:
                if connection.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.01)
        sys.exit("the registry does not start")

    def empty(self):
        """Forgets all images; the registry keeps nothing in memory."""
        shutil.rmtree(self.data)
        self.data.mkdir()

    def digest(self, repository, tag="v1"):
        """The digest that a tag names; nothing where there is none."""
        request = urllib.request.Request(
            f"http://{self.name}/v2/{repository}/manifests/{tag}", method="HEAD", headers={"Accept": ACCEPTED}
        )
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.headers["Docker-Content-Digest"]
        except urllib.error.HTTPError:
            return None

    def stop(self):
        self.process.terminate()
        self.process.wait()


def push_bundle(imgpkg, registry, folder, images, megabytes):
    """Pushes images of one layer each, and a bundle that names them."""
    lock = "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages:\n"
    for number in range(images):
        files = folder / f"image{number}"
        files.mkdir()
        (files / "bytes").write_bytes(os.urandom(megabytes << 20))
        name = f"{registry.name}/image{number}"
        subprocess.run([imgpkg, "push", "-i", f"{name}:v1", "-f", files], check=True, stdout=subprocess.DEVNULL)
        lock += f"- image: {name}@{registry.digest(f'image{number}')}\n"
        shutil.rmtree(files)
    bundle = folder / "bundle"
    (bundle / ".imgpkg").mkdir(parents=True)
    (bundle / ".imgpkg" / "images.yml").write_text(lock)
    reference = f"{registry.name}/bundle:v1"
    subprocess.run([imgpkg, "push", "-b", reference, "-f", bundle], check=True, stdout=subprocess.DEVNULL)
    return reference


def main():
    parser = arguments(__doc__)
    parser.add_argument("--imgpkg", type=program, default="imgpkg", metavar="PATH", help="the real imgpkg")
    parser.add_argument("--skopeo", type=program, default="skopeo", metavar="PATH", help="the real skopeo")
    parser.add_argument("--registry", type=program, default="docker-registry", metavar="PATH", help="a docker-registry")
    parser.add_argument("--images", type=int, default=8, help="how many images the bundle has (default: 8)")
    parser.add_argument("--megabytes", type=int, default=16, help="how large each of them is (default: 16)")
    options = parser.parse_args()
    ours, theirs = options.sailplan, options.imgpkg
    with Runner() as runner:
        # Whoever runs this may be logged in to registries: that is none of our business.
        os.environ["HOME"] = str(runner.folder)
        source = Registry(options.registry, runner.folder / "source")
        target = Registry(options.registry, runner.folder / "target")
        try:
            bundle = push_bundle(theirs, source, runner.folder, options.images, options.megabytes)
            tars = [runner.folder / "ours.tar", runner.folder / "theirs.tar"]
            print(f"{options.images} images of {options.megabytes} MiB each, {processors()}.")
            table = ComparisonTable("the other")

            def case(name, mine, other, same, prepare=lambda: None):
                if options.only not in name:
                    return
                comparison = runner.compare(
                    Command([ours, *mine], prepare=prepare), Command([*other], prepare=prepare), options.pairs
                )
                comparison.same_output = same()
                table.add(name, comparison)

            def copied():
                return target.digest("all") == source.digest("bundle")

            to = f"{target.name}/all"
            copy = ["copy", "-b", bundle]
            case(
                "bundle to a registry (imgpkg)",
                ["images", *copy, "--to-repo", to],
                [theirs, *copy, "--to-repo", to],
                copied,
                target.empty,
            )
            case(
                "bundle that is there (imgpkg)",
                ["images", *copy, "--to-repo", to],
                [theirs, *copy, "--to-repo", to],
                copied,
            )
            case(
                "bundle to an archive (imgpkg)",
                ["images", *copy, "--to-tar", tars[0]],
                [theirs, *copy, "--to-tar", tars[1]],
                lambda: subprocess.run(["cmp", "-s", *tars]).returncode == 0,
            )
            subprocess.run([theirs, *copy, "--to-tar", tars[1]], check=True, stdout=subprocess.DEVNULL)
            case(
                "archive to a registry (imgpkg)",
                ["images", "copy", "--tar", tars[1], "--to-repo", to],
                [theirs, "copy", "--tar", tars[1], "--to-repo", to],
                copied,
                target.empty,
            )
            plain = ["--src-tls-verify=false", "--dest-tls-verify=false", "--insecure-policy"]
            case(
                "one image to a registry (skopeo)",
                ["images", "copy", "-i", f"{source.name}/image0:v1", "--to-repo", to],
                [options.skopeo, "copy", *plain, f"docker://{source.name}/image0:v1", f"docker://{to}:v1"],
                lambda: target.digest("all") == source.digest("image0"),
                target.empty,
            )
        finally:
            source.stop()
            target.stop()


if __name__ == "__main__":
    main()
