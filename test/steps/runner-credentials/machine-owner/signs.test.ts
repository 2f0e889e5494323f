import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NamedPerson } from '../../../../src/people/names/whole-names.ts';
import { attributeRunner } from '../../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import { ALEX, RENAMED } from './world.ts';

describe('who registered a GitHub runner', () => {
  const registeredByLeaverAt = '2025-03-01T09:00:00Z';
  test('raises the question where its name says nothing', () => {
    const { verdict, signs } = attributeRunner({ name: 'build-77', customLabels: [], registeredByLeaverAt }, ALEX);
    assert.equal(verdict, 'maybe');
    assert.match(signs[0]?.why ?? '', /registered it on 2025-03-01/);
  });
  for (const name of ['laptop-amoreau', 'Alexs-MacBook-Pro']) {
    test(`and the name ${name} make it the leaver’s`, () => {
      assert.equal(attributeRunner({ name, customLabels: [], registeredByLeaverAt }, ALEX).verdict, 'leaver');
      const unproved = { name, customLabels: [], registeredByLeaverAt, registrarUnproved: true };
      assert.equal(attributeRunner(unproved, ALEX).verdict, 'maybe', 'the account only may be the leaver’s');
    });
  }
});

/** What signs of each kind make of a machine together: planned, asked about, mentioned, or nothing. */
const TOGETHER: readonly (readonly [
  what: string,
  runner: Partial<Parameters<typeof attributeRunner>[0]>,
  verdict: 'leaver' | 'maybe' | 'unrelated',
  score: number,
])[] = [
  ['nothing', {}, 'unrelated', 0],
  ['the registrar', { registeredByLeaverAt: '2026-01-01' }, 'maybe', 3],
  ['the registrar and the only administrator', { registeredByLeaverAt: '2026-01-01', admins: [1] }, 'leaver', 4],
  ['the registrar and its jobs', { registeredByLeaverAt: '2026-01-01', jobs: [{ actorId: 1, jobs: 3 }] }, 'leaver', 5],
  ['its jobs', { jobs: [{ actorId: 1, jobs: 3 }] }, 'maybe', 2],
  ['its jobs and its name', { name: 'laptop-amoreau', jobs: [{ actorId: 1, jobs: 1 }] }, 'leaver', 4],
  ['jobs of others too', { jobs: [1, 2].map((actorId) => ({ actorId, jobs: 1 })) }, 'unrelated', 0],
  [
    'jobs of others too, and its name',
    { name: 'laptop-amoreau', jobs: [1, 2].map((actorId) => ({ actorId, jobs: 1 })) },
    'maybe',
    2,
  ],
  ['jobs of a deleted account', { jobs: [{ actorId: null, jobs: 2 }] }, 'unrelated', 0],
  ['the only administrator', { admins: [1] }, 'maybe', 1],
  ['one of two administrators', { admins: [1, 2] }, 'unrelated', 0],
  ['the only administrator and its jobs', { admins: [1], jobs: [{ actorId: 1, jobs: 2 }] }, 'leaver', 3],
];
describe('signs of a GitHub runner together:', () => {
  for (const [what, runner, verdict, score] of TOGETHER) {
    test(`${what} make ${verdict} of it, with ${score}`, () => {
      const owner = attributeRunner({ name: 'build-77', customLabels: [], ...runner }, ALEX);
      assert.deepEqual([owner.verdict, owner.score], [verdict, score]);
      assert.equal(owner.signs.length > 0, score > 0, 'each point has its reason');
    });
  }

  test('an account that only may be the leaver’s proves nothing by its jobs', () => {
    const weak: NamedPerson = { ...ALEX, github: ALEX.github.map((each) => ({ ...each, confidence: 'weak' })) };
    const runner = { name: 'build-77', customLabels: [], jobs: [{ actorId: 1, jobs: 2 }], admins: [1] };
    assert.equal(attributeRunner(runner, weak).verdict, 'unrelated');
  });
});

test('a name is one sign, however often it stands: labels do not make a shared machine the leaver’s', () => {
  for (const [name, who] of [
    ['svc-build', RENAMED],
    ['laptop-amoreau', ALEX],
  ] as const) {
    assert.equal(attributeRunner({ name, customLabels: [name, `${name}-2`, 'docs'] }, who).verdict, 'maybe');
  }
});
