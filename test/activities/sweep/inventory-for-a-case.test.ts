import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePlan } from '../../../activities/case/make-plan.ts';
import { askOrganisationAgain } from '../../../activities/runner-credentials/github/organisation/ask-organisation-again.ts';
import { makeRepository } from '../../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { createCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { runningCase } from '../../support/apps/running-case.ts';
import { LEAVER, ORGANISATION } from '../runner-credentials/github/case-study.ts';
import { clock, HOUR, type InventoryWorld, startInventory } from './inventory-world.ts';

let app: InventoryWorld['app'];
let state: InventoryWorld['state'];
let mint: InventoryWorld['mint'];
let organisation: InventoryWorld['organisation'];
let scanAll: InventoryWorld['scanAll'];
let pass: InventoryWorld['pass'];
let restOfRepositories: InventoryWorld['restOfRepositories'];
let logged: InventoryWorld['logged'];
let silence: InventoryWorld['silence'];
before(async () => {
  ({ app, state, mint, organisation, scanAll, pass, restOfRepositories, logged, silence } = await startInventory());
});
after(() => app.stop());

const told = (findings: readonly Finding[]): unknown => findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const live = () => {
  const { settings } = app.context;
  Object.assign(settings, { INVENTORY_MAX_AGE_HOURS: 0 });
  return scanAll().finally(() => Object.assign(settings, { INVENTORY_MAX_AGE_HOURS: 6 }));
};

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

test('after the cut the log is asked again from before the sweep: what it names is read, and without it nothing is clear', async () => {
  await pass();
  const { caseId, refs } = await scanAll();
  const openedAt = new Date(clock.at + HOUR).toISOString();
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
