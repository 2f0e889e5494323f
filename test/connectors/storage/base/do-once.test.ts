import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { failed, ok } from '../../../../src/connectors/result.ts';
import { doOnce, readRecord } from '../../../../src/connectors/storage/base/do-once.ts';
import { putFirst } from '../../../../src/connectors/storage/evidence/evidence.ts';
import { startApp } from '../../../support/apps/start-app.ts';

const { config, stop } = await startApp({ vendors: () => [], storage: true });
after(stop);
const now = () => new Date('2026-03-02T10:00:00Z');
const MINUTE_MS = 60_000;

test('of many at once one acts, and all say what it said', async () => {
  let acts = 0;
  const together = await Promise.all(
    [1, 2, 3, 4].map(() =>
      doOnce(config, { name: 'once/many', claimMs: MINUTE_MS, now }, async () => {
        acts += 1;
        return ok({ number: acts });
      }),
    ),
  );
  assert.equal(acts, 1);
  assert.deepEqual(together, Array(4).fill(ok({ number: 1 })));
});

test('what failed is told, released, and done by the next one', async () => {
  const once = { name: 'once/failing', claimMs: MINUTE_MS, now };
  const refused = failed<{ sent: true }>({ kind: 'refused', status: 400, message: 'no' });
  assert.deepEqual(await doOnce(config, once, async () => refused), refused);
  assert.equal(await readRecord(config, once.name), undefined);
  assert.deepEqual(await doOnce(config, once, async () => ok({ sent: true })), ok({ sent: true }));
});

test('a throw releases the claim as well', async () => {
  const once = { name: 'once/throwing', claimMs: MINUTE_MS, now };
  await assert.rejects(
    doOnce(config, once, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.deepEqual(await doOnce(config, once, async () => ok({ sent: true })), ok({ sent: true }));
});

test('a claim whose owner died is taken over once its time is up, and the one who takes it over knows', async () => {
  const until = now().getTime();
  await putFirst(config, 'work', 'once/died.claim.json', JSON.stringify({ until }));
  const told: boolean[] = [];
  const answer = await doOnce(config, { name: 'once/died', claimMs: MINUTE_MS, now }, async (takenOver) => {
    told.push(takenOver);
    return ok({ sent: true });
  });
  assert.deepEqual([answer, told], [ok({ sent: true }), [true]]);
});

test('while a claim is valid nobody acts beside it: the others wait for its record', async () => {
  const until = now().getTime() + 1;
  await putFirst(config, 'work', 'once/busy.claim.json', JSON.stringify({ until }));
  const waiting = doOnce(config, { name: 'once/busy', claimMs: MINUTE_MS, now }, () =>
    Promise.reject(new Error('acted beside the owner')),
  );
  await putFirst(config, 'work', 'once/busy.json', JSON.stringify({ sent: 'by the owner' }));
  assert.deepEqual(await waiting, ok({ sent: 'by the owner' }));
});
