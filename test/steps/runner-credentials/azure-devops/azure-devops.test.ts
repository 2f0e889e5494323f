import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DevOpsAccount, Leaver } from '../../../../src/people/leaver.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import {
  jobEvidence,
  jobIn,
  whatBecomesOf,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/agent-job.ts';
import { isDevOpsToken, isTokenOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/devops-token.ts';
import { confidenceOfMaker, makerOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/maker.ts';
import { PoolUseSchema } from '../../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import { isStopped } from '../../../../src/steps/runner-credentials/rules/azure-devops/stopped-hook.ts';

const leaver: Leaver = {
  oid: '0e000000-0000-4000-8000-000000000001' as Oid,
  state: 'active',
  userPrincipalName: 'ann@corp.example',
  github: [],
  devops: [],
};
const account: DevOpsAccount = {
  organisation: 'acme',
  descriptor: 'aad.mine',
  storageKey: 'KEY-1',
  source: 'x',
  confidence: 'likely',
};
const { storageKey: _, ...WITHOUT_KEY } = account;
type Person = Parameters<typeof makerOf>[0];
const made = (person: object | null, accounts: readonly DevOpsAccount[] = [account]) =>
  makerOf(person as Person, accounts, leaver)?.by;

test('whose hand it was is told by descriptor or key, and by a name only where neither tells', () => {
  assert.equal(made({ descriptor: 'aad.mine' }), 'account');
  assert.equal(made({ id: 'key-1' }), 'account');
  assert.equal(made({ descriptor: 'aad.other', uniqueName: 'ann@corp.example' }), undefined);
  assert.equal(made({ id: 'key-2', uniqueName: 'ann@corp.example' }), undefined);
  assert.equal(made({ uniqueName: 'ANN@corp.example' }), 'name');
  assert.equal(made({ uniqueName: 'bob@corp.example' }), undefined);
  assert.equal(made({ descriptor: 'aad.other', uniqueName: 'ann@corp.example' }, []), 'name');
  assert.equal(made({ id: 'key-2', uniqueName: 'ann@corp.example' }, [WITHOUT_KEY]), 'name');
  assert.equal(made({ descriptor: '', uniqueName: 'ann@corp.example' }), 'name');
  assert.equal(made(null), undefined);
});

test('a name plans nothing', () => {
  assert.equal(confidenceOfMaker({ by: 'account', account }).confidence, 'likely');
  assert.equal(confidenceOfMaker({ by: 'name', name: 'ann' }).confidence, 'weak');
});

type Told = Parameters<typeof isTokenOf>[1];
const token = (tokenType: string, system: string, id: string) =>
  ({ evidence: { tokenType }, resource: { system, id } }) as unknown as Told;

test('a token of Azure DevOps opens the organisation in which it stands, or any where it stands elsewhere', () => {
  assert.ok(isDevOpsToken(token('azure-devops', 'x', 'y')) && isDevOpsToken(token('azure-devops-legacy', 'x', 'y')));
  assert.ok(!isDevOpsToken(token('github-classic', 'x', 'y')));
  assert.ok(isTokenOf('acme', token('azure-devops', 'azure-devops', 'acme/x')));
  assert.ok(!isTokenOf('acme', token('azure-devops', 'azure-devops', 'acme2/x')));
  assert.ok(isTokenOf('acme', token('azure-devops', 'github', 'other/x')));
  assert.ok(!isTokenOf('acme', token('jwt', 'github', 'other/x')));
});

test('a hook that the service or somebody stopped sends nothing', () => {
  for (const status of ['disabledByUser', 'DISABLEDBYSYSTEM', 'disabledByInactiveIdentity'])
    assert.ok(isStopped({ status } as never), status);
  for (const status of ['enabled', 'onProbation', null, undefined]) assert.ok(!isStopped({ status } as never));
});

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
