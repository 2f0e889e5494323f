import type { Assessed, Failure, PostureRun } from '../../../src/posture/runs/run.ts';

const AT = '2026-11-23T04:10:00.000Z';

/** Something that fails, for tests of what is made of a run. */
export const failure = (more: Partial<Failure> = {}): Failure => ({
  id: 'P-0123456789ab',
  reason: 'tag-missing',
  resource: '/subscriptions/x/containerGroups/aci-files',
  says: 'aci-files looks like an MCP server and has no tag MCPServer.',
  severity: 'medium',
  evidence: { resource: '/subscriptions/x/containerGroups/aci-files', call: 'containerGroups 2023-05-01' },
  remedy: { todo: 'Set the tag.', command: 'az tag update' },
  since: AT,
  change: 'new-fail',
  ...more,
});

/** A check of a run. */
export const assessed = (more: Partial<Assessed> = {}): Assessed => ({
  check: 'servers-tagged',
  point: 3,
  title: 'Every server carries the tag',
  severity: 'medium',
  version: 1,
  modules: ['mcp-server'],
  status: 'pass',
  change: 'same',
  at: AT,
  subjects: 1,
  failures: [],
  gaps: [],
  evidence: [],
  shows: {},
  ...more,
});

/** A run of these checks. */
export const run = (checks: readonly Assessed[], more: Partial<PostureRun> = {}): PostureRun => ({
  schemaVersion: '1.0',
  runId: '2026-11-23-timer',
  at: AT,
  finishedAt: '2026-11-23T04:10:09.500Z',
  trigger: 'timer',
  checks,
  metrics: [],
  idleExceptions: [],
  ...more,
});
