#!/usr/bin/env bash
# The whole job in a temporary repository: four environments rendered, committed, verified, and one drifting.
set -euo pipefail

sailplan=$(realpath "${1:-.build/release/sailplan}")
repository=$(mktemp -d "${TMPDIR:-/tmp}/sailplan-demo.XXXXXX")
export GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=Demo GIT_AUTHOR_EMAIL=demo@example.com
export GIT_COMMITTER_NAME=Demo GIT_COMMITTER_EMAIL=demo@example.com

if [ -t 1 ]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi
say() { printf '\n%s# %s%s\n' "$bold" "$1" "$plain"; }
run() { printf '%s$ %s%s\n' "$bold" "$*" "$plain"; "$@"; }
sailplan() { "$sailplan" "$@"; }

cd "$repository"
say "A new repository, with one environment for each provider"
run git init -q -b main
run sailplan init --provider aws --name prod-eu
run sailplan environment add prod-azure --provider azure
run sailplan environment add datacenter --provider vsphere
run sailplan environment add laptop --provider kind
run git add -A
run git commit -q -m "Describe four environments"

say "Render them all, and commit what was rendered"
run sailplan commit
run git log --oneline --stat -1

say "Nothing has drifted"
run sailplan verify

say "Somebody edits a committed file by hand"
file=environments/prod-eu/rendered/apps_v1_deployment_velero.yaml
run sed -i 's/--uploader-type=kopia/--uploader-type=restic/' "$file"
run git commit -q -am "Quick fix"

say "verify finds it, names object and field, and exits with 1"
status=0
run sailplan verify || status=$?
[ "$status" -eq 1 ] || { echo "expected exit status 1, got $status" >&2; exit 1; }

say "Try next"
cat <<END
  cd $repository
  sailplan diff                      # the same as a readable diff of objects
  sailplan commit                    # render again: the hand edit is gone
  \$EDITOR environments/prod-eu/values.yaml && sailplan render --dry-run
  sailplan is at $sailplan
END
