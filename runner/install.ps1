# Installs the inventory in the folder of a self-hosted runner of GitHub, or of an agent of Azure Pipelines, on Windows.
#   .\install.ps1 -Runner C:\actions-runner -Url https://offboarding.example -As github-oidc
#   .\install.ps1 -Runner C:\agent -Url https://offboarding.example -As managed-identity -Audience api://<client id>
#   .\install.ps1 -Runner C:\actions-runner -Remove
param(
  [Parameter(Mandatory)][string]$Runner,
  [string]$Url = '',
  [ValidateSet('managed-identity', 'github-oidc')][string]$As = 'managed-identity',
  [string]$Audience = '',
  [string]$ClientId = '',
  [string]$Authorities = '',
  [string]$Proxy = '',
  [switch]$Remove
)
$ErrorActionPreference = 'Stop'
$Runner = (Resolve-Path -LiteralPath $Runner).Path
if (-not (Test-Path -LiteralPath (Join-Path $Runner 'externals'))) { throw "$Runner has no externals: it is no folder of a runner or agent." }
$to = Join-Path $Runner 'mcp-inventory'
$envFile = Join-Path $Runner '.env'
$name = 'ACTIONS_RUNNER_HOOK_JOB_STARTED'
$line = "$name=$(Join-Path $to 'hook.ps1')"
# As UTF-8: Get-Content of Windows PowerShell would take what has no byte order mark for something else.
$lines = @(if (Test-Path -LiteralPath $envFile) { [System.IO.File]::ReadAllLines($envFile) })
$others = @($lines | Where-Object { $_ -ne $line })
# Without a byte order mark: the runner would take it for a part of the first name.
function Save-Lines([string[]]$kept) { [System.IO.File]::WriteAllLines($envFile, $kept) }

if ($Remove) {
  if ($lines -contains $line) {
    Save-Lines $others
    if (Test-Path -LiteralPath $to) {
      # A runner that runs looks for its hook until it is started again, and fails each job that has none.
      [System.IO.File]::WriteAllText((Join-Path $to 'hook.ps1'), 'exit 0')
      foreach ($file in 'mcp-inventory.cjs', 'mcp-inventory.json') { Remove-Item -LiteralPath (Join-Path $to $file) -Force -ErrorAction SilentlyContinue }
      'Out of use. Start the runner again, then run the same command once more: until then it looks for the hook, which does nothing now.'
      return
    }
  }
  if (Test-Path -LiteralPath $to) { Remove-Item -LiteralPath $to -Recurse -Force }
  Remove-Item -LiteralPath (Join-Path $Runner '_diag\mcp-inventory.log') -Force -ErrorAction SilentlyContinue
  'Removed.'
  return
}
if ($Url -notmatch '^https://') { throw 'Say with -Url where the app is: https://...' }
if ($As -eq 'managed-identity' -and $Audience -eq '') { throw 'Say with -Audience for whom the identity asks: api:// and the client id of the app.' }
if ($Proxy -ne '' -and $Proxy -notmatch '^http://') { throw '-Proxy is http://host:port.' }
if ($Authorities -ne '' -and -not (Test-Path -LiteralPath $Authorities -PathType Leaf)) { throw "The file of -Authorities, $Authorities, is not there." }
$isAgent = Test-Path -LiteralPath (Join-Path $Runner '.agent')
if ($isAgent -and $As -ne 'managed-identity') { throw 'Jobs of Azure Pipelines have no token of GitHub: say -As managed-identity.' }
# GitHub's runner writes the path of a hook between such quotes.
if (-not $isAgent -and $to.Contains("'")) { throw "The path $Runner has a quote, with which GitHub's runner cannot start a hook, so that each job would fail. Nothing was written; move the runner." }

New-Item -ItemType Directory -Force -Path $to | Out-Null
foreach ($file in 'mcp-inventory.cjs', 'hook.ps1') { Copy-Item -LiteralPath (Join-Path $PSScriptRoot $file) -Destination (Join-Path $to $file) -Force }
# What was downloaded is marked so, and Windows would not run it.
Get-ChildItem -LiteralPath $to | Unblock-File
$settings = [ordered]@{ url = $Url; as = $As }
if ($Audience -ne '') { $settings.audience = $Audience }
if ($ClientId -ne '') { $settings.clientId = $ClientId }
if ($Authorities -ne '') { $settings.authorities = (Resolve-Path -LiteralPath $Authorities).Path }
if ($Proxy -ne '') { $settings.proxy = $Proxy }
[System.IO.File]::WriteAllText((Join-Path $to 'mcp-inventory.json'), ($settings | ConvertTo-Json))
if ($isAgent) {
  'Installed. Have each pipeline run it with the template in azure-pipelines/: agents have no hook of their own.'
  return
}
$other = $others | Where-Object { $_ -match "^\s*$name=" }
if ($other) { throw "$envFile has another hook already: $other. Nothing was changed there; have that script run '$(Join-Path $to 'hook.ps1')' as well." }
Save-Lines ($others + $line)
'Installed. It runs before each job when the runner is started again.'
