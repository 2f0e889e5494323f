import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/properties.ts';
import { live } from './reconciled-lives.ts';
import { DAYS, op } from './reconciled-operations.ts';
import { DAY, MINUTE } from './reconciled-world.ts';

test('whatever is lost, late, repeated or out of order: one case of each leaving, and none of somebody who is there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 1, maxLength: 30 }), async (ops) => {
      const { world, truths, lostAt, calmSince } = await live(ops);
      for (const [oid, truth] of truths) {
        // A plan that somebody wanted stands for no leaving.
        const rows = (await world.rowsOf(oid)).filter(({ mode }) => mode === 'apply');
        const about = (instant: string | undefined) => rows.filter(({ deletedAt }) => deletedAt === instant);
        const lived = world.standsAs(oid);

        // One case of each deletion at most, and of nothing that did not happen.
        for (const { deletedAt, caseId } of rows) {
          if (deletedAt !== undefined) assert.ok(truth.deletions.includes(deletedAt), caseId);
        }
        for (const each of truth.deletions) assert.ok(about(each).length <= 1, `${each} has several cases`);
        for (const { caseId, trigger, openedAt, state } of about(undefined)) {
          const opened = Date.parse(openedAt);
          const forLong = truth.disabled.some(
            ({ from, to }) => opened - from >= DAYS * DAY && opened <= to + 2 * MINUTE,
          );
          const gone = truth.goneAt !== undefined && opened >= truth.goneAt;
          assert.ok(gone || (trigger === 'sweep' && forLong), `${caseId} (${state}) is about nothing`);
        }
        assert.ok(about(undefined).filter(({ trigger }) => trigger !== 'sweep').length <= 1);

        const last = truth.deletions.at(-1);
        switch (lived) {
          case 'deleted':
            assert.deepEqual(
              about(last).map(({ state }) => state === 'filed' || state === 'running'),
              [true],
            );
            assert.equal(world.deniedOf(oid)?.state, 'denied');
            break;
          case 'gone':
            if ((truth.goneAt ?? 0) < lostAt) break;
            assert.ok(
              rows.some(({ state, restoredAt }) => state !== 'refused' && restoredAt === undefined),
              'who was deleted for good has no case',
            );
            assert.ok((await world.rowsOf(oid)).at(-1)?.goneAt, 'nobody knows that they are gone');
            assert.equal(world.deniedOf(oid)?.state, 'denied', 'who left for good is let in');
            break;
          case 'there': {
            assert.ok(!rows.some(({ state }) => state === 'open'), 'a case lies about unstarted');
            const enabled = world.entra.users.get(oid)?.accountEnabled === true;
            if (enabled) assert.notEqual(world.deniedOf(oid)?.state, 'denied', 'somebody who is there is kept out');
            for (const { state, filedAt, deletedAt, restoredAt } of rows) {
              const before = Date.parse(filedAt ?? '') < (truth.returnedAt ?? 0);
              if (state === 'filed' && deletedAt !== undefined && before) assert.ok(restoredAt, 'the return is untold');
            }
            const since = enabled ? Number.POSITIVE_INFINITY : (truth.disabled.at(-1)?.from ?? 0);
            const unbroken = since > lostAt && !truth.deletions.some((each) => Date.parse(each) > since);
            if (unbroken && since < calmSince)
              assert.ok(rows.some(({ state, restoredAt }) => state !== 'refused' && restoredAt === undefined));
            break;
          }
          default:
            lived satisfies never;
        }
      }
      assert.equal(new Set(world.started).size, world.started.length);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 1_000) },
  );
});
