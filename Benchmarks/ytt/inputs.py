"""Makes the inputs of the cases: the same bytes in every run."""

from pathlib import Path

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{0}
  namespace: team-{1}
  labels:
    app.kubernetes.io/name: app-{0}
    app.kubernetes.io/part-of: benchmark
spec:
  replicas: {2}
  selector:
    matchLabels:
      app.kubernetes.io/name: app-{0}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-{0}
    spec:
      containers:
      - name: main
        image: registry.example.com/team-{1}/app-{0}:v1.{2}.0
        args: ["--port=8080", "--verbose"]
        ports:
        - containerPort: 8080
          protocol: TCP
        resources:
          limits:
            memory: 128Mi
"""

OVERLAY = """\
#@ load("@ytt:overlay", "overlay")
#@overlay/match by=overlay.subset({"kind": "Deployment"}), expects="0+"
---
metadata:
  #@overlay/match missing_ok=True
  annotations:
    #@overlay/match missing_ok=True
    example.com/owner: platform
spec:
  replicas: 3
  template:
    spec:
      containers:
      #@overlay/match by="name"
      - name: main
        #@overlay/match missing_ok=True
        imagePullPolicy: IfNotPresent
"""

FUNCTION = """\
#@ def labels(name, tier):
app.kubernetes.io/name: #@ name
app.kubernetes.io/component: #@ tier
app.kubernetes.io/managed-by: ytt
#@ end
"""

CALL = """\
---
apiVersion: v1
kind: Service
metadata:
  name: #@ "app-{0}"
  labels: #@ labels("app-{0}", "tier-{1}")
spec:
  selector: #@ labels("app-{0}", "tier-{1}")
  ports:
  - port: #@ 8000 + {1}
    targetPort: 8080
"""


def deployment(number):
    return DEPLOYMENT.format(number, number % 17, number % 5)


def documents(folder, count):
    """`count` plain documents in one file."""
    path = folder / f"documents-{count}.yml"
    path.write_text("---\n".join(deployment(number) for number in range(count)))
    return path


def overlay(folder):
    """An overlay over every Deployment."""
    path = folder / "overlay.yml"
    path.write_text(OVERLAY)
    return path


def function_calls(folder, count):
    """One file with a function that has a YAML body, and `count` documents that call it twice."""
    path = folder / f"function-{count}.yml"
    path.write_text(FUNCTION + "".join(CALL.format(number, number % 7) for number in range(count)))
    return path


def files(folder, count):
    """A folder with `count` files of one plain document."""
    path: Path = folder / f"files-{count}"
    path.mkdir()
    for number in range(count):
        (path / f"app-{number:05}.yml").write_text(deployment(number))
    return path


def custom_resource_definitions(folder, bundle, times):
    """The bundle's CRDs, several times over."""
    path = folder / "crds.yml"
    crds = [file.read_text() for file in sorted(bundle.glob("crds/*/*.crd"))]
    path.write_text("\n---\n".join(crds * times))
    return path
