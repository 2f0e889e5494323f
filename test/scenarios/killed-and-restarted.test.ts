import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallRecord } from '../../local/tenant/core/server.ts';
import { type CrashedCase, crashCase } from '../crash/crash-case.ts';

/** Deletes and revocations that a vendor carried out, as method and path. */
function effects(calls: readonly CallRecord[]): string[] {
  return calls
    .filter(({ method, status }) => method === 'DELETE' && status >= 200 && status < 205)
    .map(({ vendor, path }) => `${vendor} ${path}`);
}

/** What a report says about every finding, without the times. */
function told({ report }: CrashedCase): string[] {
  return report.steps.flatMap(({ findings }) => findings.map(({ id, status }) => `${id} ${status}`)).sort();
}

test('an app that is killed in the middle of a case finishes it: nothing cut twice, one report, one issue', async () => {
  const calm = await crashCase([]);
  const total = calm.calls.length;
  const stormy = await crashCase([3, Math.floor(total * 0.4), Math.floor(total * 0.75), total - 4]);

  assert.ok(stormy.kills >= 3, `${stormy.kills} kills`);
  assert.deepEqual(told(stormy), told(calm));
  assert.equal(stormy.report.outcome, calm.report.outcome);
  assert.deepEqual(effects(stormy.calls).sort(), [...new Set(effects(stormy.calls))].sort());
  assert.deepEqual(stormy.sealed, calm.sealed);
  assert.equal(stormy.sealed.length, 2);
  assert.equal(stormy.issues, 1);
});
