import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { deleteUser, doDueWork } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { fromEntity } from '../../src/connectors/storage/cases/case-entity.ts';
import { blobsOf, storageCredential } from './support/everything-written.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { pictureOf } from './support/picture.ts';
import { assertValidReport } from './support/report-schema.ts';

/*
 * What a case that is in flight meets when another release starts, by where it is:
 *
 *   | the case                                        | another way under a new version   | another way under the same version          |
 *   |-------------------------------------------------|-----------------------------------|---------------------------------------------|
 *   | waits as a row (scheduled, held, between tries)  | goes on: rows outlive releases    | goes on: rows outlive releases              |
 *   | before the place that is another                | goes on as it began               | goes on in the new way                      |
 *   | after it, upgraded or taken back                | goes on as it began, or waits for | breaks, is seen, and is begun again from    |
 *   |                                                 | the release that may run it       | its row, once, fenced against what is left  |
 *   | in an activity that is gone                     | does not happen                   | the same                                    |
 *   | in a unit of discovery                          | goes on as it began               | the unit is tried again, in the new way     |
 *
 * Versions: test/golden-histories.test.ts. Rows: test/connectors/storage/other-releases.test.ts. Here: the last column,
 * once forward and once back.
 */
const HOOK = { NODE_OPTIONS: `--import ${import.meta.dirname}/support/another-release.ts` };
// Three attempts read everything: what is not asked about keeps them short.
const stack = await startFastStack({ settings: { ...HOOK, RELEASE_STOPS_IN: 'verifyCase', DEVOPS_ORGANISATIONS: '' } });
after(() => stack.stop());
const { oid } = WORLD.leaver;
const caseId = `${oid}-1`;
const cases = new TableClient(stack.storage.table, 'cases', storageCredential(stack));
const rowNow = async () => fromEntity(await cases.getEntity(oid, '000001'));

/** Waits for a line of the app's log, from the last one on that was waited for. */
let seen = 0;
async function said(pattern: RegExp): Promise<void> {
  const deadline = Date.now() + 400_000;
  for (;;) {
    const at = stack.logs.findIndex((line, index) => index >= seen && pattern.test(line));
    if (at >= 0) {
      seen = at + 1;
      return;
    }
    if (Date.now() > deadline) throw new Error(`nobody said ${pattern}: ${stack.logs.slice(-20).join('\n')}`);
    await delay(10);
  }
}

/** Another release starts over what the one before left, and notices that it carries the case out in another way. */
async function deploy(release: Readonly<Record<string, string>>): Promise<void> {
  await stack.killApp();
  await stack.startApp(release);
  await said(/Non-deterministic orchestration/);
  await doDueWork(stack);
  const { state, attemptAt } = await rowNow();
  assert.deepEqual([state, attemptAt !== undefined], ['running', true]);
  // What waits for minutes is due now.
  const due = { partitionKey: oid, rowKey: '000001', attemptAt: new Date(0).toISOString() };
  await cases.updateEntity(due, 'Merge');
  await doDueWork(stack);
}

test('a case that meets a newer release, and then the older one again, ends once, with one report', async () => {
  await deleteUser(stack, oid);
  await said(/the release stops here/);
  const cut = pictureOf(stack);

  await deploy({ RELEASE: 'newer', RELEASE_STOPS_IN: 'nameLeaver' });
  await said(/the release stops here/);
  await deploy({ RELEASE: 'older', RELEASE_STOPS_IN: 'nothing' });

  const report = await filedReport(stack, caseId);
  assertValidReport(report);
  const { state, attempts = [], generation } = await rowNow();
  assert.deepEqual([state, attempts.length, generation], ['filed', 2, 2]);
  for (const { why } of attempts) assert.match(why, /begun by another release/);
  const evidence = [...(await blobsOf(stack, 'evidence')).keys()];
  assert.deepEqual(
    evidence.filter((name) => /\/(?:report|manifest)\.json$/.test(name)).sort(),
    ['attempt-3/manifest.json', 'attempt-3/report.json', 'manifest.json'].map((name) => `cases/${caseId}/${name}`),
  );
  const { issues, messages, ...tenant } = pictureOf(stack);
  assert.deepEqual([issues.length, messages], [1, 1]);
  // What the first attempt cut stays cut, and nobody cut anything else.
  const { issues: _, messages: __, ...before } = cut;
  assert.deepEqual(tenant, before);
  const changes = stack.tenant.calls.filter(({ method, status }) => method === 'DELETE' && status < 300);
  assert.equal(new Set(changes.map(({ path }) => path)).size, changes.length);
});
