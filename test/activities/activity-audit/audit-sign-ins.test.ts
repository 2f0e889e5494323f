import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { auditSignIns } from '../../../activities/activity-audit/audit-sign-ins.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { OidSchema } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const state = seedEntra(seedContext());
const app = await startApp({ vendors: (core) => [makeGraph(core, state)], storage: 'memory' });
after(() => app.stop());
const oid = OidSchema.parse(WORLD.leaver.oid);
const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
let cases = 0;

beforeEach(() => {
  state.signIns.length = 0;
  state.switches.premium = true;
});

function signedIn(days: number, interactive: boolean, status = 0): void {
  const id = `sign-in-${state.signIns.length}`;
  const row = { id, userId: oid, createdDateTime: daysAgo(days), appDisplayName: 'Azure Portal', interactive, status };
  state.signIns.push(row);
}

/** What the case says, of somebody whose last day was so many days ago; undefined: nobody knows. */
async function told(lastDay?: number): Promise<readonly string[]> {
  const leaver: Leaver = {
    oid,
    state: 'disabled',
    github: [],
    devops: [],
    ...(lastDay === undefined ? {} : { lastDay: daysAgo(lastDay).slice(0, 10) }),
  };
  cases += 1;
  const { ref } = await auditSignIns.handler({ caseId: makeCaseId(oid, cases), leaver }, app.context);
  const { findings, coverage } = await getJson<StepResult>(app.config, ref);
  return [
    ...coverage.map(
      (line) =>
        `${line.state} ${line.looked.count}${line.missingPermission ?? ''}${line.state === 'complete' && line.detail !== undefined ? ' noted' : ''}`,
    ),
    ...findings.map(({ kind, severity, incident }) => `${kind} ${severity}${incident === true ? ' incident' : ''}`),
  ];
}

test('nobody signed in, or before the last day, or in vain', async () => {
  signedIn(20, true);
  signedIn(2, true, 50_126);
  assert.deepEqual(await told(10), ['complete 0']);
});

test('somebody typed the password after the last day: an incident', async () => {
  signedIn(2, true);
  signedIn(1, false);
  assert.deepEqual(await told(10), ['complete 2', 'sign-in-after-departure high incident']);
});

test('tokens were renewed without anybody', async () => {
  signedIn(1, false);
  assert.deepEqual(await told(10), ['complete 1', 'sign-in-after-departure medium']);
});

test('a departure that is older than what Entra keeps is noted', async () => {
  assert.deepEqual(await told(60), ['complete 0 noted']);
});

test('of somebody whose last day nobody knows nothing is after it', async () => {
  signedIn(1, true);
  assert.deepEqual(await told(), []);
});

test('a tenant without a premium licence is denied, and no permission is blamed', async () => {
  state.switches.premium = false;
  assert.deepEqual(await told(10), ['denied 0']);
});

test('without either permission the line names both', async () => {
  for (const permission of ['AuditLog.Read.All', 'Directory.Read.All']) {
    app.reader.graph.delete(permission);
    assert.deepEqual(await told(10), ['denied 0AuditLog.Read.All, Directory.Read.All']);
    app.reader.graph.add(permission);
  }
});
