import type { ResourceRef } from '../../../src/cases/finding.ts';
import { finding, withRemedy } from '../sample-case.ts';

/** What the case study finds with runners, tokens and schedules. */
export function runnerFindings() {
  const github = (type: string, id: string, name: string): ResourceRef => ({ system: 'github', type, id, name });
  const token = withRemedy(
    finding('runner-credentials', 'token-in-variable', 'northwind-capital/data-sync/MCP_TOKEN', {
      title: 'A variable of data-sync holds the leaver’s personal token.',
      resource: github('variable', 'MCP_TOKEN', 'northwind-capital/data-sync MCP_TOKEN'),
      severity: 'critical',
      status: 'awaiting-decision',
      reason: 'The nightly job data-sync reads it; deleting it stops that job.',
      evidence: {
        tokenType: 'github-classic',
        lastFour: '9f3a',
        sha256: '5b1d…',
        checksum: 'valid',
        holder: 'personal',
      },
    }),
    {
      risk: 'disruptive',
      what: 'Delete the variable MCP_TOKEN of northwind-capital/data-sync.',
      call: {
        kind: 'delete-variable',
        scope: { type: 'repository', organisation: 'northwind-capital', repository: 'data-sync' },
        name: 'MCP_TOKEN',
        expected: { valueSha256: '5b'.repeat(32) },
      },
    },
  );
  const runner = withRemedy(
    finding('runner-credentials', 'leaver-runner', '23', {
      title: 'The self-hosted runner laptop-amoreau is still registered and online.',
      resource: github('runner', '23', 'laptop-amoreau'),
      severity: 'critical',
      status: 'awaiting-decision',
      reason: 'It ran 61 jobs since the last day, the last at 02:07 today.',
      evidence: { status: 'online', labels: ['self-hosted', 'linux', 'nightly'], jobsSinceLastDay: 61 },
    }),
    {
      risk: 'disruptive',
      what: 'Remove the runner laptop-amoreau from northwind-capital.',
      call: {
        kind: 'remove-runner',
        organisation: 'northwind-capital',
        runnerId: 23,
        name: 'laptop-amoreau',
        expected: { name: 'laptop-amoreau', os: 'linux' },
      },
    },
  );
  const pat = withRemedy(
    finding('runner-credentials', 'fine-grained-token', '881', {
      title: 'A fine-grained token of the leaver reaches 4 repositories.',
      resource: github('personal-access-token', '881', 'nightly-sync'),
      severity: 'high',
      reason: 'It was granted to the organisation and does not end with the membership.',
      evidence: { permissions: ['contents:read', 'actions:write'], repositories: 4 },
      residual: { until: '2026-11-24T09:39:00.000Z', why: 'The token ends with its own expiry date at the latest.' },
    }),
    {
      what: 'Revoke the fine-grained token nightly-sync.',
      call: {
        kind: 'revoke-fine-grained-token',
        organisation: 'northwind-capital',
        grantId: 881,
        ownerId: 4_711_042,
        login: 'amoreau',
        expected: { ownerId: 4_711_042 },
      },
    },
  );
  const schedules = ['data-sync', 'report-mailer', 'index-docs'].map((name) =>
    finding('runner-credentials', 'schedule-by-leaver', name, {
      title: `The schedule of ${name} runs as the leaver.`,
      resource: github('workflow', name, `northwind-capital/${name} nightly.yml`),
      severity: 'medium',
      reason: 'Somebody who stays has to commit to the schedule, or it runs as the leaver until it is disabled.',
      evidence: { cron: '0 2 * * *', lastRun: '2026-11-23T02:00:14Z' },
    }),
  );
  return { token, runner, pat, schedules };
}
