import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type MachineOwner,
  type MachineSign,
  machineOwner,
  reasonsOf,
  severityOfMaybe,
  signOfAccount,
  signOfName,
} from '../../../../src/steps/runner-credentials/rules/machine-owner.ts';
import { ALEX, BO } from './world.ts';

const sign = (kind: MachineSign['kind'], strength: MachineSign['strength']): MachineSign => ({
  ...{ kind, strength, why: `${kind} ${strength}` },
});

const SIGNS: readonly (readonly [signs: readonly MachineSign[], verdict: MachineOwner['verdict'], score: number])[] = [
  [[], 'unrelated', 0],
  [[sign('account', 'strong')], 'leaver', 3],
  [[sign('account', 'medium')], 'maybe', 2],
  [[sign('account', 'weak'), sign('name', 'weak')], 'maybe', 2],
  [[sign('account', 'weak'), sign('name', 'medium')], 'leaver', 3],
  [[sign('account', 'weak'), sign('account', 'strong')], 'leaver', 3],
  [[sign('account', 'strong'), sign('name', 'weak')], 'leaver', 4],
  [[sign('registrar', 'strong')], 'maybe', 3],
  [[sign('registrar', 'medium')], 'maybe', 2],
  [[sign('registrar', 'medium'), sign('name', 'weak')], 'leaver', 3],
  [[sign('registrar', 'strong'), sign('registrar', 'strong')], 'maybe', 3],
  // Names alone never make it theirs, however they are called strong.
  [[sign('name', 'strong'), sign('name', 'strong')], 'maybe', 2],
  [[sign('jobs', 'strong')], 'maybe', 2],
  [[sign('jobs', 'medium'), sign('admin', 'strong')], 'leaver', 3],
  [[sign('jobs', 'weak'), sign('admin', 'weak')], 'maybe', 2],
  [[sign('admin', 'strong')], 'maybe', 1],
];
for (const [signs, verdict, score] of SIGNS) {
  test(`${signs.map(({ why }) => why).join(' and ') || 'nothing'} is ${score}: ${verdict}`, () => {
    assert.deepEqual(machineOwner(signs), { verdict, score, signs });
  });
}

test('a machine that may be the leaver’s is asked about from two on, and its signs are told the loudest first', () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((score) => severityOfMaybe({ score })),
    ['low', 'low', 'medium', 'medium'],
  );
  const signs = [sign('name', 'weak'), sign('account', 'strong'), sign('jobs', 'medium'), sign('admin', 'weak')];
  assert.deepEqual(reasonsOf({ signs }), [
    ...['strong: account strong', 'medium: jobs medium', 'weak: name weak', 'weak: admin weak'],
  ]);
});

test('a sign says of what it is, how strong it is, and why', () => {
  assert.deepEqual(signOfName('laptop-amoreau', 'its name', ALEX), [
    { kind: 'name', strength: 'medium', why: 'its name is named after the login amoreau' },
  ]);
  assert.deepEqual(
    [
      signOfAccount('alex.moreau', 'USER', ALEX),
      signOfAccount('amoreau7', 'USER', ALEX),
      signOfAccount('bo', 'USER', BO),
      signOfAccount('bob', 'USER', BO, { foreign: 'other.example' }),
    ].map((signs) => signs.map(({ kind, strength }) => `${kind} ${strength}`)),
    [['account strong'], ['account weak'], ['name weak'], []],
  );
});
