import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import type { MachineOwner } from '../../../../src/steps/runner-credentials/rules/machine-owner.ts';
import {
  endsLike,
  machinePlace,
  organisationAsSet,
} from '../../../../src/steps/runner-credentials/rules/machines/machine-place.ts';
import { identityOf, keptMachine } from '../../../support/apps/kept-machine.ts';

const AT = '2026-11-23T09:00:00.000Z';
const whole: KeptMachine['report']['tokens'][number] = {
  ...{ place: 'runner-environment', path: '/opt/.env', name: 'GH_TOKEN', account: 'ana', modifiedAt: '2026-11-01' },
  ...{ type: 'github-classic', holder: 'personal', checksum: 'valid', sha256: 'aa', lastFour: '1234' },
};
const bare: typeof whole = {
  ...{ place: 'azure-cli', type: 'jwt', holder: 'unknown', checksum: 'none', sha256: 'bb', lastFour: '5678' },
};
const owner = (verdict: MachineOwner['verdict']): MachineOwner => ({ verdict, score: 0, signs: [] });
const SAID = `The machine says so itself (a job of northwind/app, ${AT}), and nobody else has seen its disk.`;
const RUNNER = keptMachine('github', AT, { machine: { startedAt: '2026-10-01', host: 'host-1' } });
const AGENT = keptMachine('azure-devops', AT);

test('a token on a runner is told with all that the machine says of it', () => {
  assert.deepEqual(machinePlace(RUNNER, { token: whole }, owner('leaver'), 'a credential'), {
    kind: 'token-on-machine',
    resource: { system: 'github', type: 'machine', id: 'github/northwind/build-77', name: 'build-77' },
    id: 'machine:github/northwind/build-77#runner-environment:/opt/.env:GH_TOKEN:ana',
    words: '/opt/.env of machine build-77',
    whose: {
      variable: 'GH_TOKEN',
      container: { what: 'runner', names: ['build-77', 'host-1'] },
      ...{ onLeaversMachine: true, account: 'ana', endsLike: 'a credential' },
    },
    status: 'manual-action',
    cleanUp: `Remove GH_TOKEN from /opt/.env on machine build-77. Restart the listener, which has run since 2026-10-01: it reads that only when it starts, and goes on with what it read. GitHub’s audit log knows it by its SHA-256, in base64 (hashed_token). ${SAID}`,
    evidence: {
      ...{ machine: 'build-77', host: 'host-1', runsAs: 'svc-build', registeredAt: 'https://github.com/northwind' },
      ...{ place: 'runner-environment', path: '/opt/.env', account: 'ana', lastWritten: '2026-11-01' },
      ...{ listenerStarted: '2026-10-01', saidBy: 'a job of northwind/app', saidAt: AT },
    },
    usedBy: 'Whoever runs a job on it, or reads its disk,',
  });
});

test('what a machine does not say of a token is told as not known', () => {
  const id = identityOf('build-77').resourceId;
  assert.deepEqual(machinePlace(AGENT, { token: bare, lastNamed: '2026-11-20' }, owner('unrelated'), undefined), {
    kind: 'token-on-machine',
    resource: { system: 'azure-devops', type: 'machine', id: 'azure-devops/northwind/build-77', name: 'build-77' },
    id: 'machine:azure-devops/northwind/build-77#azure-cli:::',
    words: 'the environment of jobs of machine build-77, by what it said until 2026-11-20',
    whose: { container: { what: 'agent', names: ['build-77'] }, onLeaversMachine: false },
    status: 'manual-action',
    cleanUp: `Its word that it is gone is no proof: look there, and treat the token as alive until its issuer says that it is not. Remove it from what the environment of its jobs is made of (the runner’s .env, its service) on machine build-77. The machine says so itself (the managed identity ${id}, ${AT}), and nobody else has seen its disk.`,
    evidence: {
      ...{ machine: 'build-77', host: 'build-77', runsAs: 'svc-build' },
      ...{ registeredAt: 'https://dev.azure.com/northwind', place: 'azure-cli', path: null, account: null },
      ...{ lastWritten: null, listenerStarted: null, saidBy: `the managed identity ${id}`, saidAt: AT },
      lastNamed: '2026-11-20',
    },
    usedBy: 'Whoever runs a job on it, or reads its disk,',
  });
});

test('a listener is restarted where it may have read the token, with its start where that is known', () => {
  const cleanUp = (place: (typeof whole)['place'], kept = AGENT) =>
    machinePlace(kept, { token: { ...bare, place } }, owner('maybe'), undefined).cleanUp;
  for (const place of ['runner-environment', 'process-environment'] as const) {
    assert.match(cleanUp(place), / Restart the listener: it reads that only when it starts/);
    assert.match(cleanUp(place, RUNNER), / Restart the listener, which has run since 2026-10-01:/);
  }
  assert.doesNotMatch(cleanUp('azure-cli', RUNNER), /Restart/);
});

const ENTERPRISE = { machine: { registeredAt: 'https://github.com/enterprises/group' } };
const jobOf = (owner: string, more: Parameters<typeof keptMachine>[2] = {}) => {
  const kept = keptMachine('github', AT, more);
  return kept.sayer.kind === 'github-job' ? { ...kept, sayer: { ...kept.sayer, owner } } : kept;
};
const BELONGS: readonly (readonly [what: string, kept: KeptMachine, set: readonly string[], organisation: string])[] = [
  ['as the settings write it', RUNNER, ['other', 'NorthWind'], 'NorthWind'],
  ['as its address writes it', RUNNER, [], 'northwind'],
  ['and not to that of a job which told of it', jobOf('contoso'), ['Contoso'], 'northwind'],
  ['of the job, where the enterprise shares it', jobOf('ConToso', ENTERPRISE), [], 'contoso'],
  [
    'of the enterprise, where an identity told of it',
    { ...jobOf('x', ENTERPRISE), sayer: identityOf('build-77') },
    [],
    'enterprises/group',
  ],
];
for (const [what, kept, set, organisation] of BELONGS) {
  test(`a machine belongs to the organisation ${what}`, () => assert.equal(organisationAsSet(kept, set), organisation));
}

test('four characters alike are compared with the leaver’s tokens alone, and one of them is enough', () => {
  const credential = { organisation: 'acme', credentialId: 9, login: 'a', ownerId: 7 };
  const like = (...lastEights: readonly string[]) =>
    endsLike(whole, [credential, ...lastEights.map((tokenLastEight) => ({ ...credential, tokenLastEight }))]);
  assert.equal(like('abcd0000', 'abcd1234'), 'the leaver’s credential 9, which single sign-on of acme lists,');
  assert.equal(like('1234abcd'), undefined);
  assert.equal(like(), undefined, 'a key has no characters to compare');
  assert.equal(endsLike({ ...whole, type: 'jwt' }, [{ ...credential, tokenLastEight: 'abcd1234' }]), undefined);
  assert.equal(endsLike({ ...whole, lastFour: '234' }, [{ ...credential, tokenLastEight: 'abcd1234' }]), undefined);
});
