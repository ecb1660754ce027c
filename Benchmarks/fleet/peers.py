"""The same fleet for the programs that sailplan is compared with: what each needs beside or in place of our files."""

import re
import textwrap
from pathlib import Path

import fleet

# Run by `xargs`, two at a time, with the names of environments on its input.
TWO_AT_A_TIME = "xargs -P 2 -n 1 sh -c '{}' _ < {}"


def ytt(ytt, bundle, workspace, folder, names):
    """A loop that renders each environment to a file of its own, with the arguments that docs/workspaces.md names."""
    lists = _names(folder, names)
    shared = workspace / "environments"
    loop = (
        f'd={shared}/$1; g=$(dirname $d); mkdir -p {folder}/ytt/$1; "{ytt}" -f {bundle} -f {shared}/overlays'
        f" -f $d/overlays --data-values-file {shared}/values.yaml --data-values-file $g/values.yaml"
        f" --data-values-file $d/values.yaml > {folder}/ytt/$1/all.yaml"
    )
    return TWO_AT_A_TIME.format(loop, lists)


def kustomize(kubectl, workspace, folder, names):
    """A base for each provider, which is what sailplan rendered for its first environment, and an overlay for each
    environment that says what is its own; a file an object, as `kustomize build -o` names them."""
    for provider in fleet.PROVIDERS:
        base = folder / "base" / provider
        if not base.exists():
            first = next(name for name in fleet.names(len(fleet.PROVIDERS)) if name.startswith(provider + "/"))
            _copy(workspace / "environments" / first / "rendered", base)
    for name in names:
        provider, own = name.split("/")
        place = folder / "overlays" / name
        place.mkdir(parents=True, exist_ok=True)
        (place / "kustomization.yaml").write_text(
            textwrap.dedent(f"""\
                resources:
                - ../../../base/{provider}
                patches:
                - target: {{kind: Deployment, name: velero}}
                  patch: |-
                    - {{op: add, path: /metadata/annotations, value: {{example.org/cluster: {own}}}}}
                - target: {{kind: BackupStorageLocation, name: default}}
                  patch: |-
                    - {{op: replace, path: /spec/objectStorage/prefix, value: {own}}}
                """)
        )
    loop = f'mkdir -p {folder}/kustomize/$1; "{kubectl}" kustomize {folder}/overlays/$1 -o {folder}/kustomize/$1'
    return TWO_AT_A_TIME.format(loop, _names(folder, names))


def kapitan(kapitan, workspace, folder, names, kind):
    """A target for each environment: `kadet` reads the objects of a provider and changes what is the environment's own;
    `jinja2` puts names into their text, without reading it."""
    place = folder / f"kapitan-{kind}"
    (place / "inventory/classes").mkdir(parents=True, exist_ok=True)
    for provider in fleet.PROVIDERS:
        first = next(name for name in fleet.names(len(fleet.PROVIDERS)) if name.startswith(provider + "/"))
        rendered = workspace / "environments" / first / "rendered"
        files = [path for path in sorted(rendered.rglob("*.yaml")) if path.name != "kustomization.yaml"]
        text = "---\n".join(path.read_text() for path in files)
        (place / "objects").mkdir(parents=True, exist_ok=True)
        (place / "objects" / f"{provider}.yaml").write_text(text)
        own = first.split("/")[1]
        template = "{% raw %}" + re.sub(own, "{% endraw %}{{ inventory.parameters.own }}{% raw %}", text) + "{% endraw %}"
        _write(place / "templates" / provider / "all.yaml", template)
    _write(
        place / "components/fleet/__init__.py",
        textwrap.dedent("""\
            from kapitan.inputs import kadet

            def main():
                parameters = kadet.inventory().parameters
                output = kadet.BaseObj()
                for object in objects(parameters):
                    if object["kind"] == "Deployment":
                        object["metadata"]["annotations"] = {"example.org/cluster": parameters.own}
                    if object["kind"] == "BackupStorageLocation":
                        object["spec"]["objectStorage"]["prefix"] = parameters.own
                    name = f'{object["kind"]}-{object["metadata"]["name"]}'.lower()
                    output.root[name] = kadet.BaseObj.from_dict(object)
                return output

            def objects(parameters):
                import yaml
                loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
                with open(f"objects/{parameters.provider}.yaml") as file:
                    return [object for object in yaml.load_all(file, loader) if object]
            """),
    )
    for name in names:
        provider, own = name.split("/")
        inputs = {"kadet": "components/fleet", "jinja2": f"templates/{provider}"}[kind]
        _write(
            place / f"inventory/targets/{own}.yml",
            textwrap.dedent(f"""\
                parameters:
                  own: {own}
                  provider: {provider}
                  kapitan:
                    vars: {{target: {own}}}
                    compile:
                    - output_path: manifests
                      input_type: {kind}
                      output_type: yaml
                      input_paths: [{inputs}]
                """),
        )
    return f'cd {place} && "{kapitan}" compile --parallelism 2 --output-path {place}'


def _names(folder, names):
    path = folder / f"names-{len(names)}"
    _write(path, "".join(f"{name}\n" for name in names))
    return path


def _write(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _copy(source, target):
    for path in source.rglob("*"):
        if path.is_file():
            _write(target / path.relative_to(source), path.read_text())
