import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import type { Finding } from '../../src/cases/finding.ts';
import { findingId, remedyIdOf } from '../../src/cases/stable-id.ts';
import { portalUrl } from '../../src/steps/azure-portal.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { type RemedyDefinition, remedyOf } from '../../src/steps/define-remedy.ts';
import { permissionsOf } from '../../src/steps/define-source.ts';
import { defineStep, NO_FACTS, type StepResult } from '../../src/steps/define-step.ts';
import { GITHUB_ACCOUNT, GITHUB_OWNERS, PROVISIONED, VERIFIED_MAILS } from '../../src/steps/github-account.ts';
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

const ID = findingId('x', 'y', 'z');
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{ id: ID, step: 'consent', kind: 'x', title: 'x', severity: 'high', status: 'planned' },
  ...{ resource: { system: 'entra', type: 'x', id: 'x' }, reason: 'So.', evidence: {} },
  ...more,
});
const remedy = { id: remedyIdOf(ID), risk: 'safe', what: 'x', undo: 'x', call: { kind: 'x', expected: {} } } as const;

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
const RESULT: StepResult = {
  ...{ outcome: 'clear', run: 'ran', findings: [] },
  ...{ actions: [], coverage: [], failures: [] },
};
test('a step that declares nothing beside its findings tells nothing beside them', async () => {
  const bare = defineStep({
    ...{ name: 'bare', title: 'Bare', phase: 'discover', filings: 'added', tells: 'exposure' },
    ...{ sources: [], remedies: [], acts: [], facts: Facts, lives: 'each', gathers: 'nothing', verdict: 'none' },
    ...{ readBacks: 'none', confirms: 'nothing', refutes: 'nothing', page: 'tables-only' },
  });
  const [filed, all] = [{ n: 1 }, [finding()]];
  assert.deepEqual([bare.readBacksOf(filed), bare.confirmationsOf(filed)], [[], []]);
  assert.deepEqual([bare.refuted(filed, all, LEAVER), bare.gathered(all)], [all, all]);
  assert.deepEqual(
    [bare.verdictOf(filed), bare.verdictShape, bare.lifeOf(finding())],
    [undefined, undefined, undefined],
  );
  assert.deepEqual([await bare.pageOf(filed), await bare.pageOf(undefined)], [[], []]);
  assert.deepEqual(bare.reportOf(RESULT, filed), { step: 'bare', ...RESULT, facts: filed });
  for (const strange of [undefined, null, { n: 'x' }])
    assert.deepEqual(bare.reportOf(RESULT, strange), { step: 'bare', ...RESULT });
});

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
  for (const nothing of [undefined, null, 'x', 'x']) await step.pageOf(nothing);
  assert.deepEqual(drawn, [5, -1, -1, -1, -1], 'of what is no facts it is made anew');
  assert.ok(!NO_FACTS.safeParse({}).success);
});
