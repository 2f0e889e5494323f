import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disableAgent } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import { agentFindings } from '../../../../../src/steps/runner-credentials/rules/azure-devops/agent-findings.ts';
import {
  type JobSeen,
  jobEvidence,
  jobIn,
  whatBecomesOf,
} from '../../../../../src/steps/runner-credentials/rules/azure-devops/agent-job.ts';
import { PoolUseSchema } from '../../../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import type { MachineOwner } from '../../../../../src/steps/runner-credentials/rules/machine-owner.ts';
import { AGENT, WHERE } from '../azure-devops-world.ts';

test('a job is cancelled with its agent, may be, or goes on', () => {
  const job = (fate: 'cancelled' | 'perhaps' | 'goes-on') => ({ name: 'build 7', link: 'https://x', fate });
  assert.match(whatBecomesOf(undefined), /where the app may do that$/);
  assert.match(whatBecomesOf(job('cancelled')), /build 7 \(https:\/\/x\), which is cancelled first, with all/);
  assert.match(whatBecomesOf(job('perhaps')), /did not say whether/);
  assert.match(whatBecomesOf({ name: 'build 7', fate: 'goes-on' }), /^it runs build 7, which the app may not cancel/);
  assert.deepEqual(jobEvidence(undefined), {});
  assert.deepEqual(jobIn(jobEvidence(job('cancelled'))), [
    { what: 'build 7, which ran on it when it was read', link: 'https://x', perhaps: true },
  ]);
  assert.deepEqual(jobIn(jobEvidence(job('goes-on'))), []);
  assert.deepEqual(jobIn({}), []);
  assert.ok(
    PoolUseSchema.safeParse({ kind: 'azure-devops-pool', organisation: 'a', poolId: 1, deployment: false, enabled: 0 })
      .success,
  );
});

const owner = (verdict: MachineOwner['verdict'], score = 5): MachineOwner => ({ verdict, score, signs: [] });
const agents = (of: MachineOwner, agent: object = {}, job?: JobSeen, removable = true) =>
  agentFindings('acme', { poolId: 1, pool: 'Default', removable }, { ...AGENT, ...agent }, of, WHERE, job);
const JOB = { name: 'build 7', fate: 'cancelled' } as const;

test('an agent is told as the leaver’s, as perhaps theirs, or not at all', () => {
  assert.deepEqual(agents(owner('unrelated', 0)), []);
  const [maybe, ...none] = agents(owner('maybe', 2));
  assert.equal(maybe?.title, 'Agent laptop may be the leaver’s');
  assert.deepEqual([maybe?.severity, maybe?.status, maybe?.remedy, none], ['medium', 'manual-action', undefined, []]);
  assert.equal(agents(owner('maybe', 1))[0]?.severity, 'low');
});

test('an agent of the leaver’s is disabled as a person decides, and removed afterwards', () => {
  const [open, removal, ...more] = agents(owner('leaver'));
  assert.deepEqual(more, []);
  assert.equal(open?.title, 'Agent laptop runs on the leaver’s machine');
  assert.deepEqual(
    [open?.severity, open?.status, open?.remedy?.call.kind],
    ['high', 'awaiting-decision', 'disable-agent'],
  );
  assert.deepEqual(open?.remedy?.call.expected, { name: 'laptop', registeredAt: '2026-01-01' });
  assert.deepEqual(
    [removal?.status, removal?.closedWith, removal?.remedy?.call.kind],
    ['nothing-to-do', open?.id, 'remove-agent'],
  );
  assert.equal(agents(owner('leaver'), {}, undefined, false).length, 1);
});

test('one that is disabled takes no jobs, unless it has one still', () => {
  const [idle, removal] = agents(owner('leaver'), { enabled: false });
  assert.deepEqual([idle?.severity, idle?.status, idle?.remedy], ['info', 'nothing-to-do', undefined]);
  assert.deepEqual([removal?.status, removal?.closedWith], ['awaiting-decision', undefined]);
  const [busy] = agents(owner('leaver'), { enabled: false }, JOB);
  assert.deepEqual([busy?.severity, busy?.status], ['high', 'awaiting-decision']);
});

test('a build that is cancelled takes a permission of its own', () => {
  const cancels = (fate: JobSeen['fate']) =>
    disableAgent.call.parse(agents(owner('leaver'), {}, { ...JOB, fate })[0]?.remedy?.call).cancels;
  assert.deepEqual((['cancelled', 'perhaps', 'goes-on'] as const).map(cancels), ['build', 'build', undefined]);
});
