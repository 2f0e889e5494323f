import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import type { Finding } from '../../src/cases/finding.ts';
import { findingId, remedyIdOf } from '../../src/cases/stable-id.ts';
import type { AccountEvidence } from '../../src/people/evidence/evidence.ts';
import { contradictedAccount, openInvitation, secondAccount, weakAccount } from '../../src/steps/account-findings.ts';
import { portalUrl } from '../../src/steps/azure-portal.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { type RemedyDefinition, remedyOf } from '../../src/steps/define-remedy.ts';
import {
  defineSource,
  NEEDS,
  noInterface,
  notRead,
  permissionsOf,
  SCOPES,
  scopesOf,
} from '../../src/steps/define-source.ts';
import { defineStep, NO_FACTS } from '../../src/steps/define-step.ts';
import { GITHUB_ACCOUNT, GITHUB_OWNERS, PROVISIONED, VERIFIED_MAILS } from '../../src/steps/github-account.ts';
import { permitted } from '../../src/steps/permitted.ts';
import {
  caseVerdict,
  isByImpact,
  REMEDIES,
  remedyDefinition,
  STEP_NAMES,
  stepNamed,
  stepsIn,
  stopsIn,
  titleOf,
  VERDICT,
} from '../../src/steps/registry.ts';
import { REMEDY_KINDS } from '../../src/steps/remedy-kinds.ts';
import { unnamedPlaces } from '../../src/steps/unnamed-places.ts';

const ID = findingId('x', 'y', 'z');
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{ id: ID, step: 'consent', kind: 'x', title: 'x', severity: 'high', status: 'planned' },
  ...{ resource: { system: 'entra', type: 'x', id: 'x' }, reason: 'So.', evidence: {} },
  ...more,
});
const remedy = { id: remedyIdOf(ID), risk: 'safe', what: 'x', undo: 'x', call: { kind: 'x', expected: {} } } as const;

test('what an account allows to be planned is how far it is proved to be the leaver’s', () => {
  const planned = finding({ remedy });
  assert.equal(permitted(planned, { confidence: 'proved' }), planned);
  const likely = permitted(planned, { confidence: 'likely' });
  assert.deepEqual([likely.status, likely.remedy?.risk], ['awaiting-decision', 'disruptive']);
  const weak = permitted(planned, { confidence: 'weak' });
  assert.deepEqual([weak.status, weak.remedy], ['manual-action', undefined]);
  assert.match(weak.reason, /^So\. Little says that the account is the leaver’s/);
  assert.equal(permitted(finding({ status: 'nothing-to-do' }), { confidence: 'weak' }).status, 'nothing-to-do');
  assert.equal(permitted(finding(), { confidence: 'likely' }).status, 'planned', 'nothing is planned without a remedy');
});

const say = (code: AccountEvidence['code']): AccountEvidence => ({ code, source: 'test', what: `${code} is so.` });
const ACCOUNT = { vendor: 'github', id: '7', name: 'alice' } as const;
const CONTRADICTED: readonly (readonly [
  codes: readonly AccountEvidence['code'][],
  status: string,
  severity: string,
])[] = [
  [['S1', 'X1'], 'nothing-to-do', 'info'],
  [['W1', 'X2'], 'nothing-to-do', 'info'],
  [['X5'], 'nothing-to-do', 'info'],
  [['S1', 'X1', 'X3'], 'nothing-to-do', 'info'],
  [['S1', 'X3'], 'manual-action', 'high'],
  [['S1', 'X4'], 'manual-action', 'high'],
  [['S1', 'X1', 'X4'], 'manual-action', 'high'],
  [['P1', 'X1'], 'manual-action', 'high'],
  [['S3', 'X1'], 'manual-action', 'high'],
  [['S6', 'X2'], 'manual-action', 'high'],
];
for (const [codes, status, severity] of CONTRADICTED) {
  test(`an account that ${codes.join(' and ')} tell of is ${status === 'manual-action' ? 'for people to decide' : 'another’s'}`, () => {
    const told = contradictedAccount(ACCOUNT, codes.map(say));
    assert.deepEqual([told.status, told.severity, told.remedy], [status, severity, undefined]);
  });
}

test('an account is told with whose it is, and never cut by a likeness', () => {
  assert.match(contradictedAccount(ACCOUNT, [say('X5')]).title, /is no person’s$/);
  assert.match(
    contradictedAccount(ACCOUNT, [say('X1')]).title,
    /^The GitHub account alice looks like the leaver’s and is another person’s$/,
  );
  const weak = weakAccount({ ...ACCOUNT, vendor: 'azure-devops' }, [say('W1')]);
  assert.equal(weak.title, 'The Azure DevOps account alice may be the leaver’s');
  assert.deepEqual([weak.step, weak.status, weak.remedy], ['runner-credentials', 'manual-action', undefined]);
  assert.match(weak.reason, /--vendor azure-devops --account-id 7/);
  const open = (code: AccountEvidence['code']) => openInvitation('acme', 'guid', 'alex', [say(code)]).title;
  assert.match(open('P1'), /^An invitation of acme for alex is the leaver’s/);
  assert.match(open('S1'), /^An invitation of acme for alex may be the leaver’s/);
  const second = (code: AccountEvidence['code']) => secondAccount({ oid: 'o', names: ['adm-alex'] }, [say(code)]);
  assert.deepEqual([second('S6').severity, second('W2').severity], ['high', 'medium']);
  assert.equal(second('S6').title, 'The account adm-alex is likely a second one of the leaver’s');
});

test('a resource in the portal is linked at one of its blades', () => {
  assert.equal(portalUrl('t', '/subscriptions/s'), 'https://portal.azure.com/#@t/resource/subscriptions/s/overview');
  assert.match(portalUrl('', '/subscriptions/s', 'users'), /\/users$/);
});

test('the catalogue has the sources of every step, each by a name of its own', () => {
  assert.deepEqual(Object.keys(CATALOGUE), [...STEP_NAMES]);
  for (const name of STEP_NAMES) assert.equal(CATALOGUE[name], stepNamed(name)?.sources, name);
  const ids = Object.values(CATALOGUE).flatMap((sources) => sources.map(({ id }) => id));
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  );
});

test('the list of kinds is that of the remedies, and a kind that nobody declares is a bug', () => {
  assert.deepEqual(REMEDIES.map(({ kind }) => kind).sort(), [...REMEDY_KINDS].sort());
  assert.deepEqual([...REMEDY_KINDS], [...REMEDY_KINDS].sort());
  for (const kind of REMEDY_KINDS) assert.equal(remedyDefinition({ kind }).kind, kind);
  assert.throws(
    () => remedyDefinition({ kind: 'delete-everything' }),
    /No remedy of kind delete-everything is declared/,
  );
});

test('steps are told by their phase and their title, and an audit that filed nothing has established nothing', () => {
  assert.deepEqual(
    stepsIn('contain').map(({ name }) => name),
    ['containment'],
  );
  assert.deepEqual(
    stepsIn('verify').map(({ name }) => name),
    ['verification'],
  );
  assert.deepEqual([titleOf('runner-credentials'), titleOf('of-tomorrow')], ['Runner credentials', 'of-tomorrow']);
  assert.equal(stepNamed('of-tomorrow'), undefined);
  assert.equal(
    caseVerdict(() => undefined),
    'not-established',
  );
  assert.ok(VERDICT.safeParse('after-departure').success);
});

test('what a remedy stops is asked of its kind', () => {
  const of = (kind: string, expected = {}) => finding({ remedy: { ...remedy, call: { kind, expected } } });
  assert.ok(isByImpact(of('revoke-sso-credential')));
  assert.ok(!isByImpact(of('delete-delegated-grant')));
  assert.ok(!isByImpact(finding()));
  const stops = stopsIn({ findings: [], uses: [] });
  assert.deepEqual(
    [stops(finding()), stops(of('delete-delegated-grant')), stops(of('hand-over-schedule'))],
    [[], [], []],
  );
});

const definition = (risk: RemedyDefinition['risk']) =>
  ({
    ...{ kind: 'x', risk, restore: { by: 'hand', undo: 'Put it back.' } },
    words: { before: (_: unknown, name: string) => `Cut ${name}.` },
  }) as unknown as RemedyDefinition<typeof remedy.call, string>;
test('a remedy waits for a person unless its kind is safe, or its target or impact says so', () => {
  const risk = (of: RemedyDefinition['risk'], given = {}) =>
    remedyOf(definition(of), ID, remedy.call, 'it', given).risk;
  assert.deepEqual(
    (['safe', 'disruptive', 'by-target', 'by-impact', 'by-choice'] as const).map((each) => risk(each)),
    ['safe', 'disruptive', 'disruptive', 'safe', 'disruptive'],
  );
  assert.equal(risk('by-target', { risk: 'safe' }), 'safe');
  const { id, what, undo } = remedyOf(definition('safe'), ID, remedy.call, 'it');
  assert.deepEqual([id, what, undo], [remedyIdOf(ID), 'Cut it.', 'By hand: Put it back.']);
});

test('a source needs what it rests on as well, each once', () => {
  const below = defineSource({
    ...{ id: 'a/below', holds: 'x', examined: 'always', scope: 'GITHUB_ORGANISATIONS' },
    permissions: ['p', 'q'],
  });
  const above = defineSource({
    ...{ id: 'a/above', holds: 'x', examined: 'always', needs: 'DENY_LIST_NAMED_VALUES' },
    ...{ permissions: ['q', 'r'], restsOn: [below, below] },
  });
  assert.deepEqual(permissionsOf(above), ['p', 'q', 'r']);
  assert.deepEqual(scopesOf(above), ['DENY_LIST_NAMED_VALUES', 'GITHUB_ORGANISATIONS']);
  assert.deepEqual(permissionsOf(below), ['p', 'q']);
});

test('what nobody reads says why, and where it would be', () => {
  const [unread] = notRead('github', [['x', 'what', 'Why.']], 'GITHUB_ORGANISATIONS');
  assert.deepEqual(unread, {
    ...{ id: 'github/x', holds: 'what', permissions: [], scope: 'GITHUB_ORGANISATIONS' },
    examined: { not: 'not-read-by-this-version', why: 'Why.' },
  });
  assert.equal(notRead('gateway', [['x', 'what', 'Why.']], NEEDS[0])[0]?.needs, NEEDS[0]);
  const [limit] = noInterface('mcp', [['x', 'what', 'Why.']]);
  assert.deepEqual([limit?.examined, limit?.scope], [{ not: 'no-interface', why: 'Why.' }, undefined]);
  assert.equal(SCOPES.length, 3);
});

test('the leaver’s accounts on GitHub are read in every case; their mails and provisioning where that is not enough', () => {
  assert.deepEqual([GITHUB_ACCOUNT.examined, GITHUB_OWNERS.examined], ['always', 'always']);
  assert.ok(permissionsOf(GITHUB_ACCOUNT).includes('reader/github/members=read'));
  for (const { examined, permissions } of [VERIFIED_MAILS, PROVISIONED]) {
    assert.ok(typeof examined === 'object' && 'when' in examined);
    assert.deepEqual(permissions, []);
  }
});

const Facts = z.strictObject({ n: z.number() });
function stepWith(drawn: number[]) {
  return defineStep({
    ...{ name: 'mine', title: 'Mine', phase: 'discover', filings: 'added', tells: 'exposure' },
    ...{ sources: [], remedies: [], acts: [], facts: Facts, lives: 'each', gathers: 'nothing' },
    verdict: { shape: z.string(), of: (facts) => `is ${facts?.n ?? 'unknown'}` },
    readBacks: 'none',
    confirms: ({ n }) => (n === 0 ? [] : ['confirmed']),
    refutes: ({ n }, findings) => findings.slice(n),
    page: async () => (facts) => {
      drawn.push(facts?.n ?? -1);
      return [];
    },
  });
}
const LEAVER = {} as Parameters<ReturnType<typeof stepWith>['refuted']>[2];
test('facts count where they have the shape of the step, and nothing is made of any other', async () => {
  const drawn: number[] = [];
  const step = stepWith(drawn);
  assert.ok(step.understands({ n: 1 }) && step.understands(undefined) && !step.understands({ n: 'x' }));
  assert.deepEqual([step.confirmationsOf({ n: 1 }), step.confirmationsOf({ n: 'x' })], [['confirmed'], []]);
  const all = [finding()];
  assert.deepEqual([step.refuted({ n: 1 }, all, LEAVER), step.refuted(undefined, all, LEAVER)], [[], all]);
  assert.deepEqual([step.verdictOf({ n: 1 }), step.verdictOf('x')], ['is 1', 'is unknown']);
  assert.deepEqual([step.gathered(all), step.readBacksOf({ n: 1 }), step.lifeOf(finding())], [all, [], undefined]);
  const filed = { n: 5 };
  await Promise.all([step.pageOf(filed), step.pageOf(filed)]);
  assert.deepEqual(drawn, [5], 'of the same facts a page is made once');
  assert.ok(!NO_FACTS.safeParse({}).success);
});

const places = (named: readonly string[], seen: readonly string[], failure?: { kind: string; message: string }) =>
  unnamedPlaces({
    ...{ source: 'a/b', setting: 'SUBSCRIPTION_IDS', named, unit: 'subscriptions', failure },
    seen: seen.map((id) => ({ id, name: id === 'B' ? 'Sandbox' : id })),
  });
const FAILED = { kind: 'unavailable', message: 'Nobody answers.' };
test('a place that nobody named is told by name, and an incomplete list is never taken for all', () => {
  const other = places(['a'], ['A', 'B']);
  assert.deepEqual([other?.state, other?.why, other?.looked.count], ['not-examined', 'not-configured', 1]);
  assert.match(
    other?.detail ?? '',
    /^SUBSCRIPTION_IDS does not name Sandbox \(B\), which the app sees: nobody looks there\. Name it,/,
  );
  assert.equal(places(['a'], ['A'])?.state, 'complete');
  assert.equal(places(['a', 'b'], ['A'])?.state, 'partial');
  assert.equal(places(['a'], ['A'], FAILED)?.state, 'partial');
  assert.equal(places([], [], FAILED), undefined, 'nothing is configured, which is said elsewhere');
  assert.equal(places([], ['A'], FAILED)?.state, 'not-examined');
});
