import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/cases/finding.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import { joinMachines } from '../../../../src/steps/runner-credentials/rules/machines/join-machines.ts';
import {
  isCalled,
  isOf,
  type ListedMachine,
} from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import {
  endsLike,
  machinePlace,
  machineResource,
  organisationAsSet,
} from '../../../../src/steps/runner-credentials/rules/machines/machine-place.ts';
import { runOf, sayerInWords } from '../../../../src/steps/runner-credentials/rules/machines/sayer-in-words.ts';
import { keptMachine } from '../../../support/apps/kept-machine.ts';

const AT = '2026-11-23T09:00:00.000Z';
const GITHUB = { vendor: 'github', organisation: 'Northwind' } as const;
const machine = (more: Partial<ListedMachine> = {}): ListedMachine => ({ name: 'Build-77', online: true, ...more });
const about = (registeredAt: string, more: Partial<Parameters<typeof isOf>[0]['about']> = {}) => ({
  vendor: 'github' as const,
  about: { name: 'build-77', registeredAt, ...more },
});
const ORGANISATION = 'https://github.com/northwind';
const ENTERPRISE = 'https://github.com/enterprises/group';
const ONE_JOB = { ephemeral: true } as const;

const OF: readonly (readonly [what: string, ReturnType<typeof about>, ListedMachine, boolean])[] = [
  ['its name in other letters', about(ORGANISATION), machine(), true],
  ['another name', about(ORGANISATION, { name: 'build-78' }), machine(), false],
  ['another organisation', about('https://github.com/other'), machine(), false],
  ['a repository of it', about(`${ORGANISATION}/app`), machine(), false],
  ['its repository', about(`${ORGANISATION}/App/`), machine({ repository: 'app' }), true],
  ['the enterprise', about(ENTERPRISE), machine({ ofEnterprise: true }), true],
  ['the enterprise, of one of the organisation', about(ENTERPRISE), machine(), false],
  [
    'another of its set of runners for one job',
    about(ORGANISATION, { name: 'set-abcd', ...ONE_JOB }),
    machine({ name: 'set-wxyz', ...ONE_JOB }),
    true,
  ],
  [
    'another of its set, which GitHub does not call for one job',
    about(ORGANISATION, { name: 'set-abcd', ...ONE_JOB }),
    machine({ name: 'set-wxyz' }),
    false,
  ],
];
for (const [what, telling, listed, is] of OF) {
  test(`a telling is of a machine: ${what}`, () => assert.equal(isOf(telling, listed, GITHUB), is));
}

test('an agent is told apart by its pool, where both are known', () => {
  const at = { vendor: 'azure-devops', organisation: 'northwind' } as const;
  const told = (pool?: string) => ({
    vendor: 'azure-devops' as const,
    about: {
      name: 'build-77',
      registeredAt: 'https://dev.azure.com/northwind',
      ...(pool === undefined ? {} : { pool }),
    },
  });
  assert.ok(isOf(told('default'), machine({ pool: 'Default' }), at));
  assert.ok(isOf(told(), machine({ pool: 'Default' }), at));
  assert.ok(!isOf(told('Other'), machine({ pool: 'Default' }), at));
  assert.ok(!isOf(told('Default'), machine({ pool: 'Default' }), { ...at, organisation: 'other' }));
  assert.ok(!isOf(told('Default'), machine(), GITHUB));
  assert.ok(isCalled('BUILD-77', machine()));
});

test('who told of a machine is a job of a repository or an identity', () => {
  assert.equal(sayerInWords(keptMachine('github', AT).sayer), 'a job of northwind/app');
  assert.equal(sayerInWords({ kind: 'managed-identity', oid: 'o' }), 'the managed identity o');
  assert.equal(sayerInWords({ kind: 'managed-identity', oid: 'o', resourceId: '/vm' }), 'the managed identity /vm');
  assert.equal(runOf({ runId: '4711', attempt: '2' }), ' (run 4711, attempt 2)');
});

const token: KeptMachine['report']['tokens'][number] = {
  ...{ place: 'runner-environment', path: '/opt/runner/.env', name: 'GH_TOKEN' },
  ...{ type: 'github-classic', holder: 'personal', checksum: 'valid', sha256: 'aa', lastFour: '1234' },
};
const owner = (verdict: 'leaver' | 'maybe' | 'unrelated') => ({ verdict, score: 0, signs: [] });
const kept = keptMachine('github', AT, { machine: { user: 'amoreau' } });

test('a machine’s word gets no link and no remedy, and says who said it', () => {
  assert.deepEqual(machineResource(kept), { system: 'github', type: 'machine', id: kept.id, name: 'build-77' });
  const place = machinePlace(kept, { token }, owner('leaver'), undefined);
  assert.equal(place.words, '/opt/runner/.env of machine build-77');
  assert.deepEqual([place.deletion, place.revocation, place.status], [undefined, undefined, 'manual-action']);
  assert.match(place.cleanUp, /^Remove GH_TOKEN from \/opt\/runner\/\.env on machine build-77\. Restart the listener:/);
  assert.match(place.cleanUp, /The machine says so itself \(a job of northwind\/app, 2026-11-23T09:00:00\.000Z\)/);
  assert.equal(place.whose.onLeaversMachine, true);
});

test('the user of a machine is a name only where it may be the leaver’s', () => {
  const names = (verdict: 'leaver' | 'maybe' | 'unrelated') =>
    machinePlace(kept, { token }, owner(verdict), undefined).whose.container.names;
  assert.deepEqual(names('maybe'), ['build-77', 'amoreau']);
  assert.deepEqual([names('leaver'), names('unrelated')], [['build-77'], ['build-77']]);
});

test('that a machine names a token no more is no proof that it is gone', () => {
  const place = machinePlace(kept, { token, lastNamed: '2026-11-20' }, owner('unrelated'), undefined);
  assert.match(place.words, /, by what it said until 2026-11-20$/);
  assert.match(place.cleanUp, /^Its word that it is gone is no proof/);
});

test('a machine belongs to the organisation as the settings write it', () => {
  assert.equal(organisationAsSet(kept, ['Northwind']), 'Northwind');
  assert.equal(organisationAsSet(kept, ['other']), 'northwind');
  const shared = keptMachine('github', AT, { machine: { registeredAt: ENTERPRISE } });
  assert.equal(organisationAsSet(shared, ['Northwind']), 'Northwind', 'that of the job which told of it');
});

test('four characters alike are a sign, of tokens of GitHub and of the leaver’s credentials alone', () => {
  const credential = { organisation: 'acme', credentialId: 9, login: 'a', ownerId: 7, tokenLastEight: 'abcd1234' };
  const like = (of: Partial<typeof token>, more: object = {}) =>
    endsLike({ ...token, ...of }, [{ ...credential, ...more }]);
  assert.match(like({}) ?? '', /^the leaver’s credential 9, which single sign-on of acme lists/);
  assert.equal(like({ lastFour: '5678' }), undefined);
  assert.equal(like({ lastFour: '34' }), undefined);
  assert.equal(like({ type: 'npm' }), undefined);
  const { ownerId: _, ...anothers } = credential;
  assert.equal(endsLike(token, [anothers]), undefined);
});

const finding = (kind: string, type: string, id: string, evidence: Finding['evidence'], name?: string): Finding => ({
  id: findingId('runner-credentials', kind, id),
  ...{ step: 'runner-credentials', kind, title: `${kind} in ${id}`, severity: 'medium', status: 'manual-action' },
  resource: { system: 'github', type, id, ...(name === undefined ? {} : { name }) },
  ...{ reason: 'Why.', evidence },
});
const onMachine = finding(
  'token-on-machine',
  'machine',
  'github/acme/laptop',
  { sha256: 'aa', owner: 'unknown', tokenType: 'jwt' },
  'laptop',
);
const unowned = finding(
  'unowned-tokens',
  'machine',
  'github/acme/laptop',
  { digests: ['aa', 'bb'], owner: 'unknown' },
  'laptop',
);
const proved = finding('token-in-variable', 'repository-variable', 'acme/pay#X', {
  sha256: 'aa',
  owner: 'leaver',
  tokenType: 'jwt',
});
const theirs = finding('runner-of-leaver', 'runner', 'acme/runners/3', {}, 'Laptop');

test('without a machine there is nothing to join', () => {
  const all = [proved, theirs];
  assert.equal(joinMachines(all), all);
});

test('the very token that another place proves to be the leaver’s is theirs on a machine too', () => {
  const [told] = joinMachines([onMachine, proved]);
  assert.equal(told?.title, 'The leaver’s token (jwt) stands on machine laptop');
  assert.deepEqual([told?.severity, told?.status, told?.evidence.sameAs], ['critical', 'manual-action', proved.id]);
  const likely = { ...proved, evidence: { ...proved.evidence, owner: 'likely' } };
  assert.deepEqual(joinMachines([onMachine, likely])[0], onMachine, 'a sign elsewhere proves nothing here');
  const ended = joinMachines([onMachine, { ...proved, status: 'nothing-to-do' }])[0];
  assert.equal(ended?.severity, 'critical');
});

test('of tokens that nobody owns each that is proved elsewhere is singled out', () => {
  const [single, rest] = joinMachines([unowned, proved]);
  assert.deepEqual([single?.kind, single?.evidence.sha256, single?.severity], ['token-on-machine', 'aa', 'critical']);
  assert.deepEqual(rest, unowned);
});

test('tokens on a machine that its vendor calls the leaver’s are likely theirs', () => {
  const [told] = joinMachines([unowned, theirs]);
  assert.equal(told?.title, '2 tokens of unknown owners on the leaver’s machine laptop');
  assert.deepEqual([told?.severity, told?.evidence.owner], ['high', 'likely']);
  const another = { ...theirs, resource: { ...theirs.resource, id: 'other/runners/3' } };
  assert.deepEqual(joinMachines([unowned, another])[0], unowned, 'a runner of that name elsewhere');
});
