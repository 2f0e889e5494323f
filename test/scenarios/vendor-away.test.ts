import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { deleteUser, doDueWork } from '../../local/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { CaseRow } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { loadConfig } from '../../src/config.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { Report } from '../../src/report/report.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { gapsIn } from './support/fault-stack.ts';
import { assertValidReport } from './support/report-schema.ts';

// What is away is away for longer than retries.
const stack = await startFastStack({ settings: { RETRY_ATTEMPTS: '1' } });
after(() => stack.stop());
const oid = WORLD.leaver.oid as Oid;

const caseId = makeCaseId(oid, 1);
Object.assign(process.env, stack.tenant.identityEnvironment);
const { storage } = openVendors(loadConfig(stack.settings));

const rowNow = async (): Promise<CaseRow> => {
  const stored = await storage.getCase(caseId);
  assert.ok(stored !== undefined);
  return stored.row;
};

/** Lets the time come at which the case is read again, and waits for the report of that. */
async function readAgain(): Promise<Report> {
  await storage.updateCase(caseId, (row) => ({ ...row, readAgainAt: row.openedAt }));
  await doDueWork(stack);
  assert.equal((await rowNow()).state, 'running');
  return filedReport(stack, caseId);
}

const doneIn = ({ steps }: Report): string[] =>
  steps
    .flatMap(({ findings }) => findings)
    .filter(({ status, readBack }) => status === 'done' && readBack?.state === 'gone')
    .map(({ id }) => id)
    .sort();
const idsIn = ({ steps }: Report): string[] => steps.flatMap(({ findings }) => findings.map(({ id }) => id));
const endsTold = async (): Promise<string[]> =>
  (await storage.messagesOf(caseId))
    .filter(({ report }) => report !== undefined)
    .map(({ channel, revision, state }) => `${channel} ${revision} ${state}`)
    .sort();

test('a case that GitHub’s outage left incomplete is read again by itself, says so, and is complete once GitHub is back', async () => {
  const lift = stack.tenant.faults.add({ vendor: 'github', effect: { kind: 'answer', status: 503 } });
  await deleteUser(stack, oid);
  const first = await filedReport(stack, caseId);
  const { readAgainAt } = await rowNow();
  assert.equal(first.case.readAgainAt, readAgainAt);
  assert.ok(first.summary.next.some(({ text }) => text.includes('will be read again by itself at')));
  assert.ok(gapsIn(first).some(({ source }) => source.startsWith('github/')));
  assert.ok(doneIn(first).length > 0);

  // Not before its time.
  await doDueWork(stack);
  assert.equal((await rowNow()).state, 'filed');

  const second = await readAgain();
  assert.deepEqual([second.outcome, second.case.revision, doneIn(second)], [first.outcome, 2, doneIn(first)]);
  // What was found only because of what is cut by now is still told.
  const lost = idsIn(first).filter((id) => !idsIn(second).includes(id));
  assert.deepEqual(lost, []);
  const told = ['issue 1 waiting', 'log 1 told', 'teams 1 told', 'webhook 1 told'];
  assert.deepEqual(await endsTold(), told);

  lift();
  const third = await readAgain();
  assertValidReport(third);
  assert.deepEqual(gapsIn(third), []);
  assert.ok(['residual', 'attention'].includes(third.outcome), third.outcome);
  // What was cut before is read back anew, and what GitHub had is cut as well.
  for (const id of doneIn(first)) assert.ok(doneIn(third).includes(id), id);
  assert.ok(doneIn(third).length > doneIn(first).length);
  console.log(
    idsIn(first).filter((id) => !idsIn(third).includes(id)),
    third.steps.flatMap(({ findings }) =>
      findings.map((f) => `${f.id} ${f.kind} ${f.status} ${f.title} ${idsIn(first).includes(f.id)}`),
    ),
  );
  const row = await rowNow();
  assert.deepEqual([row.readAgainAt, row.revisions?.length, third.case.revision], [undefined, 2, 3]);
  assert.equal(row.report, `cases/${caseId}/revision-3/report.json`);
  const then = ['issue 1 void', 'issue 3 told', 'log 3 told', 'teams 3 told', 'webhook 3 told'];
  assert.deepEqual(await endsTold(), [...told, ...then.slice(1)].sort());
  // Told late, what is over by now would stand in the issue.
  await storage.changeMessage({ caseId, moment: 'ended', revision: 1, channel: 'issue' }, (message) => ({
    ...message,
    dueAt: message.at,
  }));
  await doDueWork(stack);
  assert.deepEqual(await endsTold(), [...told.slice(1), ...then].sort());

  // The chain of seals.
  const seal = JSON.parse((await storage.getText('evidence', `cases/${caseId}/revision-3/manifest.json`)) ?? '');
  const before = (await storage.getText('evidence', seal.previous.name)) ?? '';
  assert.equal(seal.previous.name, `cases/${caseId}/revision-2/manifest.json`);
  assert.equal(seal.previous.sha256, createHash('sha256').update(before).digest('hex'));
});
