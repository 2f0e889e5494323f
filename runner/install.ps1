# Installs the inventory in the folder of a self-hosted runner of GitHub, or of an agent of Azure Pipelines, on Windows.
#   .\install.ps1 -Runner C:\actions-runner -Url https://offboarding.example -As managed-identity
#   .\install.ps1 -Runner C:\actions-runner -Remove
param(
  [Parameter(Mandatory)][string]$Runner,
  [string]$Url = '',
  [ValidateSet('managed-identity', 'github-oidc')][string]$As = 'managed-identity',
  [string]$Audience = 'api://mcp-offboarding',
  [string]$ClientId = '',
  [switch]$Remove
)
$ErrorActionPreference = 'Stop'
$Runner = (Resolve-Path -LiteralPath $Runner).Path
if (-not (Test-Path -LiteralPath (Join-Path $Runner 'externals'))) { throw "$Runner has no externals: it is no folder of a runner or agent." }
$to = Join-Path $Runner 'mcp-inventory'
$envFile = Join-Path $Runner '.env'
$name = 'ACTIONS_RUNNER_HOOK_JOB_STARTED'
$line = "$name=$(Join-Path $to 'hook.ps1')"
$others = @(if (Test-Path -LiteralPath $envFile) { Get-Content -LiteralPath $envFile | Where-Object { $_ -ne $line } })
# Without a byte order mark: the runner would take it for a part of the first name.
function Save-Lines([string[]]$lines) { [System.IO.File]::WriteAllLines($envFile, $lines) }

if ($Remove) {
  if (Test-Path -LiteralPath $envFile) { Save-Lines $others }
  if (Test-Path -LiteralPath $to) { Remove-Item -LiteralPath $to -Recurse -Force }
  'Removed. It is out of use when the runner is started again.'
  return
}
if ($Url -notmatch '^https://') { throw 'Say with -Url where the app is: https://...' }

New-Item -ItemType Directory -Force -Path $to | Out-Null
foreach ($file in 'mcp-inventory.cjs', 'hook.ps1') { Copy-Item -LiteralPath (Join-Path $PSScriptRoot $file) -Destination (Join-Path $to $file) -Force }
$settings = [ordered]@{ url = $Url; as = $As; audience = $Audience }
if ($ClientId -ne '') { $settings.clientId = $ClientId }
[System.IO.File]::WriteAllText((Join-Path $to 'mcp-inventory.json'), ($settings | ConvertTo-Json))
if (Test-Path -LiteralPath (Join-Path $Runner '.agent')) {
  'Installed. Have each pipeline run it with the template in azure-pipelines/: agents have no hook of their own.'
  return
}
$other = $others | Where-Object { $_ -match "^\s*$name=" }
if ($other) { throw "$envFile has another hook already: $other. Nothing was changed there; have that script run '$(Join-Path $to 'hook.ps1')' as well." }
Save-Lines ($others + $line)
'Installed. It runs before each job when the runner is started again.'
