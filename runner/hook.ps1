# ACTIONS_RUNNER_HOOK_JOB_STARTED on Windows, and a step of Azure Pipelines: looks for tokens on this machine and reports
# their digests. It says nothing, takes two seconds at most, and never fails a job.
try {
  $runner = Split-Path -Parent $PSScriptRoot
  $node = Get-ChildItem -Path (Join-Path $runner 'externals\node24*\bin\node.exe'), (Join-Path $runner 'externals\node20*\bin\node.exe') -ErrorAction SilentlyContinue | Select-Object -First 1
  if ($null -ne $node) {
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $node.FullName
    $start.Arguments = '--max-old-space-size=64 "{0}" --runner "{1}"' -f (Join-Path $PSScriptRoot 'mcp-inventory.cjs'), $runner
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    # A job may have set these; they would change what this Node loads.
    $start.EnvironmentVariables.Remove('NODE_OPTIONS')
    $start.EnvironmentVariables.Remove('NODE_PATH')
    $process = [System.Diagnostics.Process]::Start($start)
    if (-not $process.WaitForExit(2000)) { $process.Kill() }
  }
} catch {
  # Whatever it was, the job is not to know.
}
exit 0
