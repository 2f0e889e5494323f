import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../../src/connectors/result.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { blankVariable } from '../../../../src/steps/runner-credentials/remedies/github/blank-variable.ts';
import {
  deleteVariable,
  variableState,
} from '../../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import { denyTokenRequest } from '../../../../src/steps/runner-credentials/remedies/github/deny-token-request.ts';
import { actOn, giveOn, readTarget } from '../../../../src/steps/runner-credentials/remedies/github/github-target.ts';
import { inListOf, inWholeList } from '../../../../src/steps/runner-credentials/remedies/github/in-list-of.ts';
import { removeDeployKey } from '../../../../src/steps/runner-credentials/remedies/github/remove-deploy-key.ts';
import {
  DENIED,
  DONE,
  effectIn,
  gitHub,
  ID,
  NOT_FOUND,
  nowIn,
  organisation,
  placeIn,
  stateIn,
  vendors,
} from './github-world.ts';

test('a target is gone by its 404 alone, and nobody is asked where nobody signs in', async () => {
  const read = (answer: VendorResult<string>, connected?: VendorResult<unknown>) =>
    readTarget(
      gitHub({}, connected),
      'acme',
      async () => answer,
      (target) => (target === 'idle' ? undefined : { image: { target }, now: target }),
    );
  assert.deepEqual(await read(ok('x', 'r')), ok({ state: 'present', image: { target: 'x' }, now: 'x' }, 'r'));
  assert.equal(stateIn(await read(ok('idle'))), 'gone');
  assert.equal(stateIn(await read(failed(NOT_FOUND))), 'gone');
  assert.equal(stateIn(await read(failed(DENIED))), 'denied');
  assert.equal(stateIn(await read(ok('x'), failed(DENIED))), 'denied');
});

test('cutting what is gone is done, giving back what is gone is not', async () => {
  const there = gitHub({});
  assert.equal(effectIn(await actOn(there, 'acme', async () => failed(NOT_FOUND))), 'done');
  assert.equal(effectIn(await actOn(there, 'acme', async () => failed(DENIED))), 'denied');
  assert.equal(effectIn(await actOn(gitHub({}, failed(NOT_FOUND)), 'acme', async () => DONE)), 'not-found');
  assert.deepEqual(await giveOn(there, 'acme', async () => failed(NOT_FOUND)), failed(NOT_FOUND));
});

test('a list that is not there, or not whole, says nothing about what is not in it', () => {
  const is = (list: { items: readonly number[]; failure?: VendorFailure }) => {
    const found = inWholeList(list, (each) => each === 1);
    return found.ok ? found.value : found.failure.kind;
  };
  assert.equal(is({ items: [2] }), undefined);
  assert.equal(is({ items: [1], failure: DENIED }), 1);
  assert.equal(is({ items: [2], failure: DENIED }), 'denied');
  assert.equal(is({ items: [], failure: NOT_FOUND }), 'unavailable');
});

test('an empty list by login counts only where the account still has that login', async () => {
  const look = async (lists: Record<string, readonly number[]>, today: unknown) => {
    const asked: (string | undefined)[] = [];
    const there = organisation({ accountWithId: today });
    const of = async (login?: string) => {
      asked.push(login);
      return { items: lists[login ?? '*'] ?? [] };
    };
    const found = await inListOf(there, { id: 7, login: 'alice' }, { name: 'tokens', of }, (each) => each === 1);
    return [found.ok ? found.value : found.failure.kind, asked];
  };
  assert.deepEqual(await look({ alice: [1] }, DENIED), [1, ['alice']]);
  assert.deepEqual(await look({}, ok({ id: 7, login: 'Alice' })), [undefined, ['alice']]);
  assert.deepEqual(await look({ renamed: [1] }, ok({ id: 7, login: 'renamed' })), [1, ['alice', 'renamed']]);
  assert.deepEqual(await look({ '*': [1] }, ok(undefined)), [1, ['alice', undefined]]);
  assert.deepEqual(await look({}, failed(DENIED)), ['denied', ['alice']]);
});

const SCOPE = { type: 'repository', organisation: 'acme', repository: 'pay' } as const;
const TOKEN = makeTokenMint().mint('github-classic');
describe('a variable', () => {
  const variable = { scope: SCOPE, name: 'PAT', expected: variableState(TOKEN) };
  const deletion = { kind: 'delete-variable', ...variable } as const;
  const blanking = { kind: 'blank-variable', ...variable } as const;
  const holding = (value: string) => vendors({ getVariable: ok({ value }) });

  test('is deleted, or blanked, which nothing brings back', () => {
    const [one, other] = [
      remedyOf(deleteVariable, ID, deletion, { place: 'acme/pay' }),
      remedyOf(blankVariable, ID, blanking, { place: 'acme/pay' }),
    ];
    assert.equal(one.what, 'Delete the variable PAT of acme/pay.');
    assert.equal(other.what, 'Replace the value of the variable PAT of acme/pay by “removed-by-offboarding”.');
    for (const { risk, undo } of [one, other]) {
      assert.equal(risk, 'disruptive');
      assert.match(undo, /^Nothing brings the value back/);
    }
  });

  test('is gone where no token is in it any more, and its value is filed nowhere', async () => {
    const present = await deleteVariable.read(holding(TOKEN), deletion);
    assert.deepEqual(nowIn(present), { valueSha256: createHash('sha256').update(TOKEN).digest('hex') });
    assert.ok(!JSON.stringify(present).includes(TOKEN.slice(4, -4)));
    assert.equal(stateIn(await blankVariable.read(holding('true'), blanking)), 'gone');
    assert.equal(stateIn(await blankVariable.read(vendors({ getVariable: failed(DENIED) }), blanking)), 'denied');
    assert.notDeepEqual(nowIn(await blankVariable.read(holding(`${TOKEN} x`), blanking)), blanking.expected);
  });

  test('takes the permission of where it lives', () => {
    assert.ok('bySort' in deleteVariable.permissions);
    const { sortOf, bySort } = deleteVariable.permissions;
    const last = (scope: typeof deletion.scope | { type: 'organisation'; organisation: string }) =>
      bySort[sortOf({ ...deletion, scope })]?.at(-1);
    assert.equal(last(SCOPE), 'remover/github/actions_variables=write');
    assert.equal(
      last({ type: 'organisation', organisation: 'acme' }),
      'remover/github/organization_actions_variables=write',
    );
  });

  test('is given a placeholder that says why', async () => {
    const written: unknown[] = [];
    const replaceVariableOf = (...given: unknown[]) => {
      written.push(given);
      return DONE;
    };
    await blankVariable.act(vendors({ replaceVariableOf }), blanking);
    assert.deepEqual(written, [[SCOPE, 'PAT', 'removed-by-offboarding']]);
    assert.equal(
      effectIn(await deleteVariable.act(vendors({ deleteVariableOf: failed(NOT_FOUND) }), deletion)),
      'done',
    );
  });
});

test('a token that waits is denied by itself, and is told by the number of its owner', async () => {
  const call = {
    kind: 'deny-token-request',
    organisation: 'acme',
    requestId: 5,
    login: 'alice',
    expected: { ownerId: 7 },
  } as const;
  const { what, risk } = remedyOf(denyTokenRequest, ID, call, { token: 'ci' });
  assert.equal(what, 'Deny alice’s fine-grained token “ci” the access to acme for which it waits.');
  assert.equal(risk, 'safe');
  const read = (items: readonly object[]) => denyTokenRequest.read(vendors({ listTokenRequests: { items } }), call);
  assert.deepEqual(nowIn(await read([{ id: 5, owner: { id: 8, login: 'alice' } }])), { ownerId: 8 });
  assert.equal(stateIn(await read([{ id: 6, owner: { id: 7, login: 'alice' } }])), 'gone');
  assert.equal(effectIn(await denyTokenRequest.act(vendors({ denyTokenRequest: DONE }), call)), 'done');
});

test('a deploy key is told by what it is, and added again where none of the same stands', async () => {
  const key = { key: 'ssh-ed25519 AAAA', title: 'ci', readOnly: true };
  const keySha256 = createHash('sha256').update(key.key).digest('hex');
  const call = {
    kind: 'remove-deploy-key',
    organisation: 'acme',
    repository: 'pay',
    keyId: 3,
    expected: { title: 'ci', readOnly: true, keySha256 },
  } as const;
  assert.equal(
    remedyOf(removeDeployKey, ID, call, undefined).what,
    'Remove the deploy key ci (3), which reads acme/pay.',
  );
  assert.deepEqual(nowIn(await removeDeployKey.read(vendors({ getDeployKey: ok(key) }), call)), call.expected);
  const { restore } = removeDeployKey;
  assert.ok(restore.by === 'app');
  const look = async (list: object) => placeIn(await restore.look(vendors({ listDeployKeys: list }), call));
  const listed = { id: 4, title: 'ci', readOnly: true, keySha256 };
  assert.equal(await look({ items: [] }), 'free');
  assert.equal(await look({ items: [listed] }), 'back');
  assert.equal(await look({ items: [{ ...listed, readOnly: false }] }), 'other');
  assert.equal(await look({ items: [], failure: DENIED }), 'denied');
  assert.equal(restore.same?.(call), restore.same?.({ ...call, keyId: 4 }));
});
