"""Makes workspaces with many environments, always the same for the same number.

Groups by provider share values, a dashboard and schedules; each environment has its own values and its own overlay.
"""

from pathlib import Path

# What a provider's group shares besides the provider, and what each of its environments says itself.
PROVIDERS = {
    "aws": ("credentials:\n  secretName: cloud-credentials\n", "  region: eu-west-1\n"),
    "azure": (
        "credentials:\n  secretName: cloud-credentials\nazure:\n  resourceGroup: velero-backups\n"
        "  storageAccount: acmevelerobackups\n  subscriptionId: 00000000-0000-0000-0000-000000000001\n",
        "",
    ),
    "gcp": ("credentials:\n  secretName: cloud-credentials\ngcp:\n  snapshots:\n    location: europe-west1\n", ""),
    "vsphere": (
        "credentials:\n  secretName: cloud-credentials\nvsphere:\n  clusterFlavor: VANILLA\n"
        "  secret:\n    name: velero-vsphere-config-secret\n",
        "  region: us-east-1\n  url: https://s3.dc1.example.com:9000\n",
    ),
}

SHARED = """velero:
  version: v1.18.1
  namespace: velero
volumes:
  snapshots: true
  fileSystem: true
server:
  scheduleSkipImmediately: true
"""

SCHEDULE = """---
apiVersion: velero.io/v1
kind: Schedule
metadata:
  name: {name}
  namespace: velero
spec:
  schedule: "{cron}"
  template:
    ttl: {ttl}h0m0s
"""

OVERLAY = """#@ load("@ytt:overlay", "overlay")
#@overlay/match by=overlay.subset({{"kind": "Deployment"}})
---
metadata:
  #@overlay/match missing_ok=True
  annotations:
    #@overlay/match missing_ok=True
    example.org/cluster: {name}
"""


def name(index):
    """The name of an environment."""
    return f"{list(PROVIDERS)[index % len(PROVIDERS)]}/cluster-{index:05}"


def names(count):
    """The names of all environments of a workspace, in the order in which they are rendered."""
    return sorted(name(index) for index in range(count))


def dashboard(panels=150):
    """A ConfigMap of about 70 KB, as dashboards are kept."""
    lines = [
        f'      {{"id": {id}, "type": "timeseries", "title": "Backups of namespace {id}", "datasource": "prometheus",'
        f' "gridPos": {{"h": 8, "w": 12, "x": {id % 2 * 12}, "y": {id * 8}}}, "targets": [{{"expr":'
        f' "sum by (schedule) (rate(velero_backup_success_total{{namespace=\\"n{id}\\"}}[5m]))", "legendFormat":'
        f' "{{{{schedule}}}}", "refId": "A"}}], "fieldConfig": {{"defaults": {{"unit": "short", "min": 0}}}}}},\n'
        for id in range(panels)
    ]
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: velero-dashboard\n  namespace: velero\ndata:\n"
    return head + "  velero.json: |\n" + "".join(lines)


def make(folder, count):
    """Writes a workspace with `count` environments."""

    def write(path, text):
        path = Path(folder) / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    write("sailplan.yaml", "apiVersion: sailplan.dev/v1alpha1\nkind: Workspace\n")
    write("environments/values.yaml", SHARED)
    write("environments/overlays/dashboard.yaml", dashboard())
    schedules = [("hourly", "17 * * * *", 48), ("daily", "23 2 * * *", 720), ("weekly", "41 3 * * 0", 2160)]
    write(
        "environments/overlays/schedules.yaml",
        "".join(SCHEDULE.format(name=name, cron=cron, ttl=ttl) for name, cron, ttl in schedules),
    )
    for index in range(count):
        environment = name(index)
        provider, own = environment.split("/")
        group, more = PROVIDERS[provider]
        if index < len(PROVIDERS):
            write(f"environments/{provider}/values.yaml", f"provider: {provider}\n{group}")
            write(
                f"environments/{provider}/environment.yaml",
                f"apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nlabels:\n  provider: {provider}\n",
            )
        write(
            f"environments/{environment}/values.yaml",
            f"backupStorage:\n  bucket: acme-velero\n  prefix: {own}\n{more}",
        )
        write(f"environments/{environment}/overlays/cluster.yaml", OVERLAY.format(name=own))
