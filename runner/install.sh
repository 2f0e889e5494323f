#!/bin/sh
# Installs the inventory in the folder of a self-hosted runner of GitHub, or of an agent of Azure Pipelines.
#   sh install.sh --runner /opt/actions-runner --url https://offboarding.example --as github-oidc
#   sh install.sh --runner /opt/agent --url https://offboarding.example --as managed-identity --audience api://<client id>
#   sh install.sh --runner /opt/actions-runner --remove
set -eu
unset CDPATH

here=$(cd "$(dirname "$0")" && pwd -P)
runner='' url='' as=managed-identity audience='' client='' authorities='' proxy='' remove=no

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --remove) remove=yes; shift; continue ;;
    --runner | --url | --as | --audience | --client-id | --authorities | --proxy) [ $# -ge 2 ] || fail "$1 needs a value." ;;
    *) fail "$1 is unknown: --runner, --url, --as, --audience, --client-id, --authorities, --proxy and --remove are known." ;;
  esac
  case $1 in
    --runner) runner=$2 ;;
    --url) url=$2 ;;
    --as) as=$2 ;;
    --audience) audience=$2 ;;
    --client-id) client=$2 ;;
    --authorities) authorities=$2 ;;
    --proxy) proxy=$2 ;;
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

has_ours() {
  [ -f "$env_file" ] && grep -qxF "$line" "$env_file"
}

# Written beside it and moved: a runner that starts at this moment reads the old lines or the new ones. As root, it stays
# the file of the account that it was of, which has to read it.
keep_env() {
  new=$(mktemp "$runner/.env.XXXXXX")
  if [ -f "$env_file" ]; then cp -p "$env_file" "$new"; else chmod 644 "$new"; fi
  cat >"$new"
  mv "$new" "$env_file"
}

# The same for a file that a job may be reading.
put() {
  cp "$1" "$to/.new"
  chmod "$3" "$to/.new"
  mv "$to/.new" "$to/$2"
}

if [ "$remove" = yes ]; then
  if has_ours; then
    without_ours | keep_env
    if [ -d "$to" ]; then
      # A runner that runs looks for its hook until it is started again, and fails each job that has none.
      printf '#!/bin/sh\nexit 0\n' >"$to/.new"
      chmod 755 "$to/.new"
      mv "$to/.new" "$to/hook.sh"
      rm -f "$to/mcp-inventory.cjs" "$to/mcp-inventory.json"
      printf 'Out of use. Start the runner again, then run the same command once more: until then it looks for %s, which does nothing now.\n' "$to/hook.sh"
      exit 0
    fi
  fi
  rm -rf "$to"
  rm -f "$runner/_diag/mcp-inventory.log"
  printf 'Removed.\n'
  exit 0
fi

case $url in
  https://*) ;;
  *) fail 'say with --url where the app is: https://…' ;;
esac
case $as in
  managed-identity) [ -n "$audience" ] || fail 'say with --audience for whom the identity asks: api:// and the client id of the app.' ;;
  github-oidc) ;;
  *) fail '--as is managed-identity or github-oidc.' ;;
esac
case $proxy in
  '' | http://*) ;;
  *) fail '--proxy is http://host:port.' ;;
esac
if [ -n "$authorities" ]; then
  case $authorities in
    /*) [ -f "$authorities" ] || fail "the file of --authorities, $authorities, is not there." ;;
    *) fail '--authorities is a whole path, from / on.' ;;
  esac
fi
for each in "$url" "$audience" "$client" "$authorities" "$proxy"; do
  case $each in
    *[!A-Za-z0-9:/._~-]*) fail "$each holds what no address and no id does." ;;
  esac
done
if [ -f "$runner/.agent" ]; then
  [ "$as" = managed-identity ] || fail 'jobs of Azure Pipelines have no token of GitHub: say --as managed-identity.'
else
  # https://github.com/actions/runner: ScriptHandlerHelpers.cs gives the path to the shell without quotes.
  case $to in
    *[!A-Za-z0-9:/._~@%+,=-]*) fail "the path $runner has a character that GitHub's runner cannot start a hook with, so that each job would fail: a space, a quote or the like. Nothing was written; move the runner." ;;
  esac
fi

mkdir -p "$to"
chmod 755 "$to"
put "$here/mcp-inventory.cjs" mcp-inventory.cjs 644
{
  printf '{ "url": "%s", "as": "%s"' "$url" "$as"
  if [ -n "$audience" ]; then printf ', "audience": "%s"' "$audience"; fi
  if [ -n "$client" ]; then printf ', "clientId": "%s"' "$client"; fi
  if [ -n "$authorities" ]; then printf ', "authorities": "%s"' "$authorities"; fi
  if [ -n "$proxy" ]; then printf ', "proxy": "%s"' "$proxy"; fi
  printf ' }\n'
} >"$to/.settings"
put "$to/.settings" mcp-inventory.json 644
rm "$to/.settings"
put "$here/hook.sh" hook.sh 755
if [ -f "$runner/.agent" ]; then
  printf 'Installed. Have each pipeline run it with the template in azure-pipelines/: agents have no hook of their own.\n'
  exit 0
fi
other=$(without_ours | grep "^[[:space:]]*$name=" || true)
if [ -n "$other" ]; then
  fail "$env_file has another hook already: ${other#*=}
Nothing was changed there; the files are in place. Have that script run the inventory as well, with this line:
  [ ! -f '$to/hook.sh' ] || sh '$to/hook.sh'"
fi
if has_ours; then
  printf 'Updated. It runs before each job.\n'
  exit 0
fi
{
  without_ours
  printf '%s\n' "$line"
} | keep_env
printf 'Installed. It runs before each job when the runner is started again.\n'
