import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, ok } from '../../../../src/connectors/result.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { denyIdentity } from '../../../../src/steps/federated-credentials/remedies/deny-identity.ts';
import { DENIED, ID, vendors } from './world.ts';

type Denial = Parameters<typeof denyIdentity.read>[1];
const OID = '0e000000-0000-4000-8000-000000000001';
const denial = {
  kind: 'deny-identity',
  caseId: 'own',
  oid: OID,
  name: 'id-pay',
  minutes: 100,
  expected: { oid: OID },
} as unknown as Denial;
const row = (more: object) => ({ state: 'denied', caseId: 'own', ...more });
const released = (by: string) =>
  row({ state: 'released', released: { by, at: '2026-11-23T10:00:00.000Z', why: 'It was needed' } });

/** The longest remaining time that another case's denial has. */
const readDenial = (found: object | undefined, listed: unknown = ok(true), lastsFor = 0) =>
  denyIdentity.read(
    vendors({
      storage: { getDenied: async () => found },
      gateway: { isDenied: async () => listed },
      denied: { lasts: (_: unknown, minutes: number) => lastsFor >= minutes },
    }),
    denial,
  );

test('the plan says how long the gateway refuses the identity', () => {
  const { what, undo } = remedyOf(denyIdentity, ID, denial, undefined);
  assert.match(what, /^Have the gateway refuse id-pay for .*, until its tokens have ended\.$/);
  assert.match(undo, /it releases the denial/);
});

test('each denial takes eight calls to the gateway', () => {
  assert.deepEqual(denyIdentity.leastCalls([denial, denial]), [{ vendor: 'arm', calls: 16 }]);
});

const READS: readonly (readonly [what: string, found: ReturnType<typeof readDenial>, state: string])[] = [
  ['nobody denied it', readDenial(undefined, ok(false)), 'present'],
  ['this case did, and the gateway holds it', readDenial(row({})), 'gone'],
  ['this case did, and the gateway does not hold it', readDenial(row({}), ok(false)), 'present'],
  ['the gateway holds it, and no row says who for', readDenial(undefined), 'present'],
  ['another case did, for long enough', readDenial(row({ caseId: 'other' }), ok(true), 90), 'gone'],
  ['another case did, and it ends before the tokens do', readDenial(row({ caseId: 'other' }), ok(true), 89), 'present'],
  ['its time is over', readDenial(released('expiry'), ok(false)), 'gone'],
  ['a person released it', readDenial(released('Morgan Lee'), ok(false)), 'present'],
  ['it was released of another case', readDenial({ ...released('expiry'), caseId: 'other' }, ok(false)), 'present'],
];
for (const [what, found, state] of READS) {
  test(`an identity is denied, or is not: ${what}`, async () => {
    const read = await found;
    assert.ok(read.ok);
    assert.equal(read.value.state, state);
  });
}

test('what a person let in again is told with who and why, and nothing repeats the cut', async () => {
  const read = await readDenial(released('Morgan Lee'), ok(false));
  assert.ok(read.ok && read.value.state === 'present');
  assert.match(read.value.reopened ?? '', /released by Morgan Lee at .*It was needed/);
  const other = await readDenial(undefined, ok(false));
  assert.ok(other.ok && other.value.state === 'present' && other.value.reopened === undefined);
});

test('a gateway that cannot be asked says nothing', async () => {
  assert.deepEqual(await readDenial(row({}), failed(DENIED)), failed(DENIED));
});

test('it is done only where the list that was written holds the identity', async () => {
  const act = (result: object) => denyIdentity.act(vendors({ denied: { denyIdentity: async () => result } }), denial);
  const projected = (...held: readonly string[]) => ({ kind: 'denied', projected: ok({ holds: new Set(held) }) });
  assert.deepEqual(await act(projected(OID)), ok({ effect: 'done' }));
  assert.deepEqual(await act({ kind: 'late' }), ok({ effect: 'done' }));
  const none = await act(projected('somebody'));
  assert.ok(!none.ok && none.failure.kind === 'refused');
  assert.deepEqual(await act({ kind: 'denied', projected: failed(DENIED) }), failed(DENIED));
});

test('undoing releases a denial of this case and leaves that of another', async () => {
  const { restore } = denyIdentity;
  assert.ok(restore.by === 'app');
  const is = async (found: object | undefined) => {
    const look = await restore.look(vendors({ storage: { getDenied: async () => found } }), denial);
    return look.ok ? look.value.is : look.failure.kind;
  };
  assert.equal(await is(row({})), 'free');
  assert.equal(await is(undefined), 'back');
  assert.equal(await is(released('expiry')), 'back');
  assert.equal(await is(row({ caseId: 'other', why: 'Another leaver could sign in' })), 'other');
  const asked: unknown[] = [];
  const give = (result: object) =>
    restore.give(
      vendors({
        denied: {
          releaseNow: async (given: unknown) => {
            asked.push(given);
            return result;
          },
        },
      }),
      denial,
      {},
    );
  assert.deepEqual(await give({ projected: failed(DENIED) }), failed(DENIED));
  assert.deepEqual(await give({}), ok(undefined), 'nothing was denied any more');
  assert.deepEqual(asked[0], { oid: OID, caseId: 'own', by: 'undo', why: 'The denial was undone.' });
});
