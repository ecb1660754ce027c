import Files
import Kubernetes
import YAML

extension CheckRule {
  static let scheduleLabels = CheckRule(
    "schedule-labels", .warning, "a schedule's labels make a GitOps engine delete its backups",
    why: """
      Velero copies the labels of a schedule to the backups that it makes. An engine that tells by labels what belongs to \
      it takes the backups for objects that are not in git any more, and prunes them.
      """
  ) { tree, findings in
    let owners = [
      "app.kubernetes.io/instance", "argocd.argoproj.io/instance", "kustomize.toolkit.fluxcd.io/name",
      "helm.toolkit.fluxcd.io/name", "kapp.k14s.io/app",
    ]
    for schedule in tree.schedules {
      // Labels of the template's own take the place of the schedule's.
      let own = schedule.value("spec", "template", "metadata", "labels").entries
      for item in own.isEmpty ? schedule.value("metadata", "labels").entries : own {
        guard let name = item.key.stringValue?.text, owners.contains(name) else { continue }
        findings.add(
          "the label '\(name)' is copied to every backup of the schedule", in: tree, schedule, at: item.position,
          mend: "give the backups labels of their own in spec.template.metadata.labels, and exclude them from pruning")
      }
    }
  }
}
