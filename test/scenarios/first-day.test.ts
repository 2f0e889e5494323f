import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueClient } from '@azure/storage-queue';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { PROBES } from '../../src/doctor/pilot/probes.ts';
import { PilotRecordSchema } from '../../src/doctor/pilot/record.ts';
import { CHECKS } from '../../src/posture/checks/index.ts';
import type { Report } from '../../src/report/report.ts';
import { assessedNow } from './support/assessed-now.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';

/* A firm's first day over one stack, whose start costs more than most of this: the pilot, the checklist, the ways in. */
const stack = await startFastStack();
after(() => stack.stop());
const { platform } = WORLD.subscriptions;

const ADMINISTER = ['Offboarding.Administer'];
const ask = () => stack.api('/api/pilot', {}, ADMINISTER);
const begin = () =>
  stack.api(
    '/api/pilot',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Before the first case' }),
    },
    ADMINISTER,
  );

interface View {
  readonly pilotId: string;
  readonly state: string;
  readonly record?: unknown;
}

test('an administrator asks for a pilot, and reads its record once it is filed', async () => {
  assert.equal((await ask()).status, 404);
  assert.equal((await stack.api('/api/pilot', {}, ['Offboarding.Operate'])).status, 403);
  const begun = await begin();
  assert.equal(begun.status, 202);
  const { pilotId } = (await begun.json()) as View;
  let view = (await (await ask()).json()) as View;
  for (let turn = 0; view.state === 'running' && turn < 600; turn += 1) {
    await delay(200);
    view = (await (await ask()).json()) as View;
  }
  assert.deepEqual([view.pilotId, view.state], [pilotId, 'filed'], stack.logs.slice(-10).join('\n'));
  const record = PilotRecordSchema.parse(view.record);
  const asked = new Set(record.answers.map(({ probe }) => probe));
  assert.equal(asked.size, Object.values(PROBES).flat().length);
  assert.deepEqual(
    record.answers.filter(({ couldNotAsk }) => couldNotAsk !== undefined),
    [],
  );
});

test('the checklist is read from the live firm, judged, filed and compared, and nothing is changed by it', async () => {
  const name = 'aci-untagged';
  stack.states.arm.containerGroups.add({
    id: `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod/providers/Microsoft.ContainerInstance/containerGroups/${name}`,
    subscriptionId: platform,
    name,
    properties: { containers: [{ name: 'server', properties: { image: 'mcp/filesystem:1' } }] },
  });
  // An API of which nobody says whether a server is behind it would leave open which servers there are.
  const { gatewayObjects } = stack.states.arm;
  for (const { id } of gatewayObjects.where((each) => /\/(apis|backends)\/files\b/.test(each.id)))
    gatewayObjects.delete(id);
  const from = stack.tenant.calls.length;
  const first = await assessedNow(stack);
  assert.deepEqual(
    first.checks.map(({ check, change }) => [check, change]),
    CHECKS.map(({ id }) => [id, 'first']),
  );
  const tagged = first.checks.find(({ check }) => check === 'servers-tagged');
  assert.equal(tagged?.status, 'fail');
  assert.match(tagged.failures[0]?.says ?? '', /aci-untagged/);
  // Some questions are a POST: a query, a token, a count. What the workbook shows is told to the firm’s own log.
  const asks = /\/(graphql|access_tokens)$|\/policyStates\/latest\/summarize\?/;
  const changing = stack.tenant.calls
    .slice(from)
    .filter(
      ({ method, vendor, path }) =>
        !['GET', 'HEAD'].includes(method) &&
        !asks.test(path) &&
        !['login', 'logs', 'vault', 'ingestion'].includes(vendor),
    );
  assert.deepEqual(
    changing.map(({ method, vendor, path }) => `${method} ${vendor} ${path}`),
    [],
  );

  stack.states.arm.containerGroups
    .where((each) => each.name === name)
    .forEach((each) => {
      stack.states.arm.containerGroups.patch(each.id, { tags: { MCPServer: 'true' } });
    });
  const second = await assessedNow(stack);
  assert.equal(second.before, first.runId);
  assert.equal(second.checks.find(({ check }) => check === 'servers-tagged')?.change, 'fixed');

  const page = await stack.api(`/api/posture/runs/${second.runId}/report.html`);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Every server carries the tag/);
});

const [ana, ben] = WORLD.colleagues;
const reportOf = (oid: string): Promise<Report> => filedReport(stack, `${oid}-1`);

test('from HR’s queue to the report', async () => {
  Object.assign(process.env, stack.tenant.identityEnvironment);
  const credential = new ManagedIdentityCredential({ clientId: WORLD.app.remover.clientId });
  const queue = new QueueClient(`${stack.storage.queue}/hr-leavers`, credential);
  await queue.createIfNotExists();
  const message = { schemaVersion: 1, messageId: 'n-1', oid: ben.oid, requestedBy: 'workday', lastDay: '2026-01-30' };
  await queue.sendMessage(Buffer.from(JSON.stringify(message)).toString('base64'));
  const report = await reportOf(ben.oid);
  assert.deepEqual([report.case.trigger, report.leaver.oid], ['hr-queue', ben.oid]);
  assert.match(report.case.reason, /2026-01-30/);
});

test('from POST /api/cases to the report', async () => {
  const headers = { 'content-type': 'application/json' };
  const about = { reason: 'Asked by her manager', mode: 'apply', confirmUserPrincipalName: ana.userPrincipalName };
  const post = (name: object) =>
    stack.api('/api/cases', { method: 'POST', headers, body: JSON.stringify({ ...about, ...name }) });
  const named = await post({ userPrincipalName: ana.userPrincipalName });
  assert.equal(named.status, 422);
  const { candidates } = (await named.json()) as { candidates: { oid: string }[] };
  assert.deepEqual([candidates.map(({ oid }) => oid)], [[ana.oid]]);
  const opened = await post({ oid: candidates[0]?.oid });
  assert.equal(opened.status, 201);
  assert.equal(opened.headers.get('location'), `/api/cases/${ana.oid}-1`);
  const report = await reportOf(ana.oid);
  assert.deepEqual(
    [report.case.trigger, report.case.requestedBy, report.case.reason],
    ['api', WORLD.operator.oid, 'Asked by her manager'],
  );
});

test('from the hourly sweep to the report, for somebody of whose deletion no event ever came', async () => {
  const { users, deletedUsers } = stack.states.entra;
  const leaver = users.get(WORLD.leaver.oid);
  assert.ok(leaver);
  users.delete(leaver.id);
  const userPrincipalName = `${leaver.id.replaceAll('-', '')}${leaver.userPrincipalName}`;
  deletedUsers.add({ ...leaver, userPrincipalName, deletedDateTime: new Date().toISOString() });

  const fired = await fetch(`${stack.url()}/admin/functions/sweepTimer?wait=true`, { method: 'POST' });
  assert.equal(fired.status, 200);
  const report = await reportOf(leaver.id);
  assert.equal(report.case.trigger, 'sweep');
  const tokens = report.steps
    .flatMap(({ findings }) => findings)
    .filter(({ remedy }) => remedy?.call.kind === 'revoke-fine-grained-token');
  assert.ok(
    tokens.length > 0 && tokens.every(({ status }) => status === 'done'),
    JSON.stringify(tokens.map(({ status }) => status)),
  );
});
