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
    # A job may have set these; they would change what this Node loads, whom it trusts and which way it goes. What a firm
    # needs of them stands in mcp-inventory.json.
    foreach ($name in @(
        'NODE_OPTIONS', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_USE_ENV_PROXY',
        'NODE_USE_SYSTEM_CA', 'NODE_COMPILE_CACHE', 'NODE_V8_COVERAGE', 'NODE_ICU_DATA', 'NODE_DEBUG',
        'NODE_DEBUG_NATIVE', 'NODE_REDIRECT_WARNINGS', 'NODE_PRESERVE_SYMLINKS', 'NODE_PRESERVE_SYMLINKS_MAIN',
        'OPENSSL_CONF', 'OPENSSL_MODULES', 'OPENSSL_ENGINES', 'SSL_CERT_FILE', 'SSL_CERT_DIR'
      )) { $start.EnvironmentVariables.Remove($name) }
    # And where the agent of Azure Arc and the system's own files are is asked of Windows.
    $start.EnvironmentVariables['ProgramData'] = [Environment]::GetFolderPath('CommonApplicationData')
    $start.EnvironmentVariables['ProgramFiles'] = [Environment]::GetFolderPath('ProgramFiles')
    $process = [System.Diagnostics.Process]::Start($start)
    if (-not $process.WaitForExit(2000)) { $process.Kill() }
  }
} catch {
  # Whatever it was, the job is not to know.
}
exit 0
