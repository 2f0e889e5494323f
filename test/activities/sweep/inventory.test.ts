import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makePlan } from '../../../activities/case/make-plan.ts';
import {
  type InventoryBatch,
  InventoryIndexSchema,
  latestName,
} from '../../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { askOrganisationAgain } from '../../../activities/runner-credentials/github/organisation/ask-organisation-again.ts';
import { fileInventory } from '../../../activities/sweep/inventory/file-inventory.ts';
import { listInventory } from '../../../activities/sweep/inventory/list-inventory.ts';
import { readInventory } from '../../../activities/sweep/inventory/read-inventory.ts';
import { makeRepository } from '../../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { createCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { containerOf, getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { runningCase } from '../../support/apps/running-case.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from '../runner-credentials/github/case-study.ts';

const { app, state, mint, organisation, scanAll } = await startCaseStudyGitHub({ repositories: 30, storage: true });
after(() => app.stop());
const HOUR = 3_600_000;
// The log’s overlap reaches back: what the seed planted just now is no change.
let at = Date.now();

/** One pass of the sweep over all inventory, as its orchestration makes it. */
async function pass() {
  at += 1_000;
  const instant = new Date(at).toISOString();
  const listed = await listInventory.handler({ at: instant }, app.context);
  const filed = [];
  const inventories = [];
  for (const { organisation: name, tasks, wholeAt, coverage, ...log } of listed.organisations) {
    const batches = [];
    for (const task of tasks) {
      const { batch } = await readInventory.handler({ at: instant, task }, app.context);
      assert.ok(batch);
      batches.push(batch);
      filed.push(await getJson<InventoryBatch>(app.config, batch.ref));
    }
    await fileInventory.handler({ at: instant, organisation: name, wholeAt, batches, ...log }, app.context);
    inventories.push({ organisation: name, coverage, asked: tasks.length, batches: batches.map(({ ref }) => ref) });
  }
  return { at: instant, filed, inventories };
}

const restOfRepositories = (from: number): string[] =>
  app.tenant.calls
    .slice(from)
    .filter(({ vendor, path }) => vendor === 'github' && path.startsWith('/repos/'))
    .map(({ method, path, status }) => `${status} ${method} ${path}`);

const told = (findings: readonly Finding[]): unknown => findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));

function logged(repository: string): void {
  assert.ok(organisation.auditLog);
  const id = `e${organisation.auditLog.length + 100}`;
  organisation.auditLog.push({
    id,
    action: 'repo.update_actions_variable',
    actorId: WORLD.leaver.githubId,
    at: new Date(),
    more: { repo: `${ORGANISATION}/${repository}` },
  });
}

const live = () => {
  const { settings } = app.context;
  Object.assign(settings, { INVENTORY_MAX_AGE_HOURS: 0 });
  return scanAll().finally(() => Object.assign(settings, { INVENTORY_MAX_AGE_HOURS: 6 }));
};

test('what a pass files holds no token, and every token of every place', async () => {
  const value = mint.mint('github-classic');
  const jwt = mint.jwt({ iss: `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`, oid: LEAVER.oid });
  state.repositories.get(`${ORGANISATION}/payments-api`)?.variables.add({ name: 'OWN', value });
  state.repositories.get(`${ORGANISATION}/payments-api`)?.variables.add({ name: 'JWT', value: jwt });
  const { filed } = await pass();
  const text = JSON.stringify(filed);
  assert.equal(text.includes(value) || text.includes(value.slice(-8)) || text.includes(jwt.slice(-20)), false);
  assert.equal(filed.flatMap(({ facts }) => facts).length, state.repositories.size);
  const owned = filed.flatMap((each) => each.owned);
  assert.deepEqual(
    owned.filter(({ kind }) => kind === 'token-in-repository').map(({ owner }) => owner),
    [{ oid: LEAVER.oid }],
  );
  assert.ok(owned.some(({ kind, owner }) => kind === 'schedule' && 'accountId' in owner));
});

test('a second pass asks no repository of which the log says nothing, and each that it names', async () => {
  const from = app.tenant.calls.length;
  await pass();
  assert.deepEqual(restOfRepositories(from), []);
  logged('payments-api');
  const named = app.tenant.calls.length;
  await pass();
  const asked = restOfRepositories(named);
  assert.ok(asked.length > 0);
  assert.ok(
    asked.every((each) => each.includes('/payments-api/')),
    asked.join('\n'),
  );
});

/** The log answers, and holds nothing. */
const silence = () =>
  app.tenant.faults.add({
    vendor: 'github',
    path: /audit-log\?.*created/,
    effect: { kind: 'answer', status: 200, body: '[]' },
  });

test('a log that has become empty is not believed: every list is asked, by the sweep and by a case', async () => {
  const lift = silence();
  const from = app.tenant.calls.length;
  await scanAll();
  const swept = app.tenant.calls.length;
  await pass();
  lift();
  const each = 2 * state.repositories.size;
  assert.ok(restOfRepositories(from).length - restOfRepositories(swept).length >= each);
  assert.ok(restOfRepositories(swept).length >= each);
  const again = app.tenant.calls.length;
  await pass();
  const others = restOfRepositories(again).filter((path) => !path.includes('/payments-api/'));
  assert.deepEqual(others, [], 'it is believed as soon as it holds again what it held');
});

test('without a log every list is asked, and none of them costs anything of the hour', async () => {
  const { auditLog } = organisation;
  organisation.auditLog = null;
  const from = app.tenant.calls.length;
  await pass();
  organisation.auditLog = auditLog;
  const asked = restOfRepositories(from);
  assert.ok(asked.length >= 2 * state.repositories.size);
  // A list of several pages has no ETag that stands for all of it.
  const paid = asked.filter(
    (each) => !each.startsWith('304 ') && !each.includes('/service-catalogue/actions/variables'),
  );
  assert.deepEqual(paid, []);
});

test('a case that takes what has not changed from the sweep finds what a live one finds, and says how old it is', async () => {
  const expected = await live();
  const { at: swept } = await pass();
  const from = app.tenant.calls.length;
  const { findings, coverage } = await scanAll();
  assert.deepEqual(told(findings), told(expected.findings));
  // Whether what was found is active is asked live; nothing else is.
  const asked = restOfRepositories(from).filter((each) => !/\/actions\/workflows\/[^/]+$/.test(each));
  assert.deepEqual(
    asked.filter((each) => !each.includes('/payments-api/')),
    [],
  );
  const line = coverage.find(({ source }) => source.startsWith('github/repository-variables:'));
  assert.equal(line?.state, 'complete');
  assert.match(line?.detail ?? '', new RegExp(`the sweep of ${swept}`));
});

test('what was written after the sweep is found where the log names it, and read live where there is no log', async () => {
  const name = 'document-pipeline';
  const before = await scanAll();
  const tokens = (findings: readonly Finding[]) => findings.filter(({ kind }) => kind === 'token-in-variable').length;
  const repository = state.repositories.get(`${ORGANISATION}/${name}`);
  const jwt = mint.jwt({ iss: `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`, oid: LEAVER.oid });
  repository?.variables.add({ name: 'LATER', value: jwt });
  logged(name);
  assert.equal(tokens((await scanAll()).findings), tokens(before.findings) + 1);

  await pass();
  repository?.variables.add({
    name: 'STILL_LATER',
    value: mint.jwt({ iss: `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`, oid: LEAVER.oid, n: 1 }),
  });
  const { auditLog } = organisation;
  organisation.auditLog = null;
  const without = await scanAll();
  organisation.auditLog = auditLog;
  assert.equal(tokens(without.findings), tokens(before.findings) + 2);
  assert.equal(
    without.coverage.some(({ detail }) => detail?.includes('the sweep of')),
    false,
  );
});

test('an inventory that is older than the setting says is not used', async () => {
  await pass();
  const { context } = app;
  const from = app.tenant.calls.length;
  const now = context.now;
  Object.assign(context, { now: () => new Date(at + 7 * HOUR) });
  await scanAll();
  Object.assign(context, { now });
  assert.ok(restOfRepositories(from).length >= 2 * state.repositories.size);
});

test('an inventory from the future, or one that cannot be read, is not used, and the next pass files another', async () => {
  await pass();
  const { storage } = app.context.vendors;
  const name = latestName(ORGANISATION);
  const filed = InventoryIndexSchema.parse(JSON.parse((await storage.getText('inventory', name)) ?? ''));
  const scanned = async () => {
    const from = app.tenant.calls.length;
    await scanAll();
    return restOfRepositories(from).length >= 2 * state.repositories.size;
  };
  assert.equal(await scanned(), false);
  await storage.replaceLatest(name, { ...filed, at: new Date(at + 9 * HOUR).toISOString() });
  assert.ok(await scanned());
  await pass();
  assert.equal(await scanned(), false);
  const blob = containerOf(app.config, 'inventory').getBlockBlobClient(name);
  await blob.upload('{"organisation":', 16);
  assert.ok(await scanned());
  await pass();
  assert.equal(await scanned(), false);
});

test('after the cut the log is asked again from before the sweep: what it names is read, and without it nothing is clear', async () => {
  await pass();
  const { caseId, refs } = await scanAll();
  const openedAt = new Date(at + HOUR).toISOString();
  const number = Number(caseId.slice(caseId.lastIndexOf('-') + 1));
  await createCase(app.config, {
    ...runningCase(LEAVER.oid, number, { trigger: 'api', requestedBy: 'test' }),
    openedAt,
  });
  const { plan } = await makePlan.handler({ caseId, parts: [...refs] }, app.context);
  const again = async () => {
    const input = { caseId, leaver: LEAVER, organisation: ORGANISATION, plan, applied: [] };
    const { ref } = await askOrganisationAgain.handler(input, app.context);
    const part = await getJson<StepResult>(app.config, ref);
    const line = part.coverage.find(({ source }) => source.includes('github/repositories'));
    return { findings: part.findings, line };
  };
  const name = `plain-after-the-cut`;
  const quiet = state.repositories.add(
    makeRepository(ORGANISATION, name, 699_999, { pushedAt: new Date(0), createdAt: new Date(0) }),
  );
  quiet.variables.add({
    name: 'LATE',
    value: mint.jwt({ iss: `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`, oid: LEAVER.oid, n: 2 }),
  });
  const isLate = ({ title }: Finding): boolean => title.includes(name);

  const isKey = ({ title }: Finding): boolean => title.includes('deploy key late');
  const keyed = state.repositories.add(
    makeRepository(ORGANISATION, 'keyed-after-the-cut', 699_998, { pushedAt: new Date(0), createdAt: new Date(0) }),
  );
  keyed.deployKeys.add({
    id: 77,
    key: 'ssh-ed25519 AAAA',
    title: 'late',
    readOnly: false,
    addedBy: null,
    createdAt: new Date(0),
  });

  const silent = await again();
  assert.deepEqual([silent.line?.state, silent.findings.some(isLate)], ['complete', false]);
  assert.equal(silent.findings.some(isKey), false);
  logged(name);
  const told = await again();
  assert.deepEqual([told.line?.state, told.findings.some(isLate)], ['complete', true]);
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /audit-log\?.*created/,
    effect: { kind: 'answer', status: 500 },
  });
  const untold = await again();
  lift();
  assert.notEqual(untold.line?.state, 'complete');
  assert.match(untold.line?.detail ?? '', /cannot be told/);
  const speak = silence();
  const empty = await again();
  speak();
  assert.notEqual(empty.line?.state, 'complete', 'an empty log is no quiet organisation');
  // A key that the leaver added meanwhile is found where the log says that they did, whoever the key names.
  const more = { repo: `${ORGANISATION}/${keyed.name}`, title: 'late' };
  organisation.auditLog?.push({
    id: 'late-key',
    action: 'public_key.create',
    actorId: WORLD.leaver.githubId,
    at: new Date(0),
    more,
  });
  assert.ok((await again()).findings.some(isKey));
});
