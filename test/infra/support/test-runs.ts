import { terraform } from './terraform.ts';
import type { Finding } from './validation.ts';

export interface TestRun {
  /** `network.tftest.hcl: runners reach the gateway`, or the file alone when it could not be started. */
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'error' | 'skip';
  readonly findings: readonly Finding[];
}

interface Line {
  readonly type: string;
  readonly '@testfile'?: string;
  readonly '@testrun'?: string;
  readonly test_run?: { readonly progress: string; readonly status?: TestRun['status'] };
  readonly diagnostic?: Finding;
}

/**
 * The runs of `terraform test` in a folder that is initialised. Counted one by one, because
 * Terraform calls a folder without any test a success.
 */
export async function testRuns(cwd: string): Promise<readonly TestRun[]> {
  const { stdout, stderr } = await terraform(['test', '-json'], { cwd });
  const statuses = new Map<string, TestRun['status']>();
  const findings = new Map<string, Finding[]>();
  for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
    const event = JSON.parse(line) as Line;
    const name = [event['@testfile'] ?? cwd, event['@testrun']?.replaceAll('_', ' ')].filter(Boolean).join(': ');
    if (event.diagnostic !== undefined) findings.set(name, [...(findings.get(name) ?? []), event.diagnostic]);
    if (event.test_run?.progress === 'complete' && event.test_run.status !== undefined)
      statuses.set(name, event.test_run.status);
  }
  if (stderr.trim() !== '') findings.set(cwd, [{ severity: 'error', summary: stderr }]);
  // A file that does not parse has findings and no run.
  for (const name of findings.keys()) if (!statuses.has(name)) statuses.set(name, 'error');
  return [...statuses].map(([name, status]) => ({ name, status, findings: findings.get(name) ?? [] }));
}
