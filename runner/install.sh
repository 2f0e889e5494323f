#!/bin/sh
# Installs the inventory in the folder of a self-hosted runner of GitHub, or of an agent of Azure Pipelines.
#   sh install.sh --runner /opt/actions-runner --url https://offboarding.example --as managed-identity
#   sh install.sh --runner /opt/actions-runner --remove
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
runner='' url='' as=managed-identity audience=api://mcp-offboarding client='' remove=no

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --remove) remove=yes; shift; continue ;;
    --runner | --url | --as | --audience | --client-id) [ $# -ge 2 ] || fail "$1 needs a value." ;;
    *) fail "$1 is unknown: --runner, --url, --as, --audience, --client-id and --remove are known." ;;
  esac
  case $1 in
    --runner) runner=$2 ;;
    --url) url=$2 ;;
    --as) as=$2 ;;
    --audience) audience=$2 ;;
    --client-id) client=$2 ;;
  esac
  shift 2
done

[ -n "$runner" ] || fail 'say with --runner in which folder the runner or agent is.'
runner=$(cd "$runner" 2>/dev/null && pwd -P) || fail 'the folder of --runner is not there.'
[ -d "$runner/externals" ] || fail "$runner has no externals: it is no folder of a runner or agent."
to=$runner/mcp-inventory
env_file=$runner/.env
name=ACTIONS_RUNNER_HOOK_JOB_STARTED
line=$name=$to/hook.sh

without_ours() {
  if [ -f "$env_file" ]; then grep -vxF "$line" "$env_file" || true; fi
}

# Written beside it and moved: a runner that starts at this moment reads the old lines or the new ones.
keep_env() {
  new=$(mktemp "$runner/.env.XXXXXX")
  if [ -f "$env_file" ]; then cp -p "$env_file" "$new"; fi
  cat >"$new"
  mv "$new" "$env_file"
}

if [ "$remove" = yes ]; then
  if [ -f "$env_file" ]; then without_ours | keep_env; fi
  rm -rf "$to"
  printf 'Removed. It is out of use when the runner is started again.\n'
  exit 0
fi

case $url in
  https://*) ;;
  *) fail 'say with --url where the app is: https://…' ;;
esac
case $as in
  managed-identity | github-oidc) ;;
  *) fail '--as is managed-identity or github-oidc.' ;;
esac
for each in "$url" "$audience" "$client"; do
  case $each in
    *[!A-Za-z0-9:/._~-]*) fail "$each holds what no address and no id does." ;;
  esac
done
mkdir -p "$to"
for file in mcp-inventory.cjs hook.sh; do cp "$here/$file" "$to/$file"; done
chmod 755 "$to" "$to/hook.sh"
chmod 644 "$to/mcp-inventory.cjs"
id=''
if [ -n "$client" ]; then id=", \"clientId\": \"$client\""; fi
printf '{ "url": "%s", "as": "%s", "audience": "%s"%s }\n' "$url" "$as" "$audience" "$id" >"$to/mcp-inventory.json"
chmod 644 "$to/mcp-inventory.json"
if [ -f "$runner/.agent" ]; then
  printf 'Installed. Have each pipeline run it with the template in azure-pipelines/: agents have no hook of their own.\n'
  exit 0
fi
other=$(without_ours | grep "^[[:space:]]*$name=" || true)
if [ -n "$other" ]; then
  fail "$env_file has another hook already: ${other#*=}
Nothing was changed there; the files are in place. Have that script run the inventory as well, with this line:
  sh '$to/hook.sh'"
fi
{
  without_ours
  printf '%s\n' "$line"
} | keep_env
printf 'Installed. It runs before each job when the runner is started again.\n'
