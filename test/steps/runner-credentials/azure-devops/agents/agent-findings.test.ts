import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../../src/cases/stable-id.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import { disableAgent } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import { removeAgent } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/remove-agent.ts';
import { agentFindings } from '../../../../../src/steps/runner-credentials/rules/azure-devops/agent-findings.ts';
import type { JobSeen } from '../../../../../src/steps/runner-credentials/rules/azure-devops/agent-job.ts';
import type { MachineOwner } from '../../../../../src/steps/runner-credentials/rules/machine-owner.ts';
import { AGENT, WHERE } from '../azure-devops-world.ts';

const THEIRS: MachineOwner = {
  verdict: 'leaver',
  score: 5,
  signs: [
    { kind: 'name', strength: 'medium', why: 'its name is named after the login' },
    { kind: 'account', strength: 'strong', why: 'USER is the account' },
  ],
};
const found = (agent: object = {}, job?: JobSeen, owner = THEIRS) =>
  agentFindings('acme', { poolId: 1, pool: 'Default', removable: true }, { ...AGENT, ...agent }, owner, WHERE, job);
const idOf = (kind: string) => findingId('runner-credentials', kind, WHERE.id);
const TARGET = {
  ...{ organisation: 'acme', poolId: 1, agentId: 5, name: 'laptop' },
  expected: { name: 'laptop', registeredAt: '2026-01-01' },
};
const TOLD = { version: '4.1', statusChangedOn: '2026-02-02' };
const JOB = { name: 'run 7 of nightly', link: 'https://x', fate: 'goes-on' } as const;

test('an agent of the leaver’s is told with its signs, its job and both remedies', () => {
  const [id, removal] = [idOf('runner-of-leaver'), idOf('agent-can-be-removed')];
  const open = {
    id,
    step: 'runner-credentials',
    kind: 'runner-of-leaver',
    resource: WHERE,
    evidence: {
      score: 5,
      signs: ['strong: USER is the account', 'medium: its name is named after the login'],
      ...{ agentStatus: 'online', enabled: true, version: '4.1' },
      ...{ createdOn: '2026-01-01', snapshotSince: '2026-02-02' },
      ...{ job: 'run 7 of nightly', jobLink: 'https://x', jobFate: 'goes-on' },
    },
    title: 'Agent laptop runs on the leaver’s machine',
    severity: 'high',
    status: 'awaiting-decision',
    reason:
      'It authenticates with a key of its own, so nothing that is done to the person’s account stops it. Disabling it may hold up builds of others, so somebody has to agree.',
    remedy: remedyOf(disableAgent, id, { kind: 'disable-agent', ...TARGET }, { pool: 'Default', job: JOB }),
  };
  assert.deepEqual(found(TOLD, JOB), [
    open,
    {
      ...open,
      id: removal,
      kind: 'agent-can-be-removed',
      title: 'Agent laptop, which ran on the leaver’s machine, is still registered',
      severity: 'low',
      status: 'nothing-to-do',
      closedWith: id,
      reason:
        'The machine keeps the key by which the agent signs in, and whoever administers the pool can enable it again. Removing the agent ends that and has no undo, so that it comes after the disabling, and a person decides.',
      remedy: remedyOf(removeAgent, removal, { kind: 'remove-agent', ...TARGET }, { pool: 'Default' }),
    },
  ]);
});

test('what an agent does not say of itself is told as not known', () => {
  const [open] = found({ status: undefined, version: undefined, createdOn: undefined, statusChangedOn: undefined });
  const { agentStatus, version, createdOn, snapshotSince } = open?.evidence ?? {};
  assert.deepEqual([agentStatus, version, createdOn, snapshotSince], [null, null, null, null]);
  assert.deepEqual(open?.remedy?.call.expected, { name: 'laptop', registeredAt: null });
});

test('an agent that only may be the leaver’s is another finding, with nothing that acts', () => {
  const [maybe, ...more] = found(TOLD, JOB, { ...THEIRS, verdict: 'maybe' });
  assert.deepEqual(more, []);
  assert.deepEqual(
    [maybe?.id, maybe?.kind, maybe?.evidence.jobFate, maybe?.remedy],
    [idOf('runner-named-after-leaver'), 'runner-named-after-leaver', 'goes-on', undefined],
  );
});

test('one that is disabled says whether it still works, and when its removal is decided', () => {
  const [idle, removal] = found({ enabled: false });
  assert.equal(idle?.reason, 'It is disabled already and takes no jobs.');
  assert.match(removal?.reason ?? '', /has no undo, so that a person decides\.$/);
  const [busy, later] = found({ enabled: false }, JOB);
  assert.match(busy?.reason ?? '', /^It is disabled and takes no new jobs, but goes on with the one that it has/);
  assert.deepEqual([later?.status, later?.closedWith], ['nothing-to-do', busy?.id]);
  assert.match(found()[0]?.reason ?? '', /^It authenticates with a key of its own/);
});
