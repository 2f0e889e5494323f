import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DevOpsPerson } from '../../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import type { DevOpsAccount } from '../../../../src/people/leaver.ts';
import { confidenceOfMaker, makerOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/maker.ts';
import { account, leaver } from './left-behind-world.ts';

const mine = account();
const { storageKey: KEY = '', ...keyless } = mine;
const second: DevOpsAccount = { ...account('likely'), descriptor: 'aad.second', storageKey: 'second-key' };
const NAME = 'alex.moreau@northwind.example';

const MAKERS: readonly (readonly [
  what: string,
  person: NonNullable<DevOpsPerson> | null | undefined,
  accounts: readonly DevOpsAccount[],
  maker: ReturnType<typeof makerOf>,
])[] = [
  ['nobody is told', undefined, [mine], undefined],
  ['nobody is there', null, [mine], undefined],
  ['nothing is told of them', {}, [mine], undefined],
  ['nothing is told of them, and the leaver has no key', {}, [keyless], undefined],
  ['their descriptor', { descriptor: 'aad.leaver' }, [mine], { by: 'account', account: mine }],
  [
    'their descriptor beside another key',
    { descriptor: 'aad.leaver', id: 'x' },
    [mine],
    { by: 'account', account: mine },
  ],
  ['their key in other letters', { id: KEY.toUpperCase() }, [mine], { by: 'account', account: mine }],
  ['their second account', { id: 'SECOND-KEY' }, [mine, second], { by: 'account', account: second }],
  [
    'a key, where one of their accounts has none',
    { id: 'second-key' },
    [keyless, second],
    { by: 'account', account: second },
  ],
  ['another descriptor of their name', { descriptor: 'aad.x', uniqueName: NAME }, [mine], undefined],
  ['another key of their name', { id: 'x', uniqueName: NAME }, [mine], undefined],
  [
    'another key of their name, and one of theirs is known',
    { id: 'x', uniqueName: NAME },
    [keyless, second],
    undefined,
  ],
  [
    'a key of their name, and none of theirs is known',
    { id: 'x', uniqueName: NAME },
    [keyless],
    { by: 'name', name: NAME },
  ],
  ['their name, with an empty descriptor', { descriptor: '', uniqueName: NAME }, [mine], { by: 'name', name: NAME }],
  ['their name in other letters', { uniqueName: NAME.toUpperCase() }, [mine], { by: 'name', name: NAME }],
  [
    'their name, where no account is known',
    { id: 'x', descriptor: 'aad.x', uniqueName: NAME },
    [],
    { by: 'name', name: NAME },
  ],
  ['no name', { uniqueName: null }, [mine], undefined],
  ['another name', { uniqueName: 'ana@northwind.example' }, [], undefined],
];
for (const [what, person, accounts, maker] of MAKERS) {
  test(`whose hand it was, by ${what}: ${maker?.by ?? 'not the leaver’s'}`, () => {
    assert.deepEqual(makerOf(person, accounts, leaver), maker);
  });
}

test('what is planned rests on the account, and a name plans nothing', () => {
  assert.deepEqual(confidenceOfMaker({ by: 'account', account: second }), second);
  assert.deepEqual(confidenceOfMaker({ by: 'name', name: NAME }), { confidence: 'weak' });
});
