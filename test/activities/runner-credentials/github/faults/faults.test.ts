import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { latestName } from '../../../../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { fileInventory } from '../../../../../activities/sweep/inventory/file-inventory.ts';
import { inventoryCredentials } from '../../../../../activities/sweep/inventory/inventory-credentials.ts';
import { listInventory } from '../../../../../activities/sweep/inventory/list-inventory.ts';
import { readInventory } from '../../../../../activities/sweep/inventory/read-inventory.ts';
import { type Coverage, isGap } from '../../../../../src/cases/coverage/coverage.ts';
import { sweepRun } from '../../../../../src/sweep/sweep-run.ts';
import { shortForm } from '../../../../support/short-form.ts';
import { ORGANISATION, startCaseStudyGitHub } from '../case-study.ts';
import { situationsIn } from './situations.ts';

// What GitHub does that leaves something unread, for a case and for the sweep: which lines are not complete, and what
// they say. Whatever is not named here has to be complete, and nothing may throw.

const study = await startCaseStudyGitHub({
  storage: true,
  repositories: 8,
});
const { app, state, installation, scanAll } = study;
after(() => app.stop());
const { SITUATIONS, calm } = situationsIn(study);

let at = Date.now();
/** The part of a sweep that reads repositories, as its orchestration makes it; without memory it has to read all of them. */
async function sweep({ remembers }: { readonly remembers: boolean }) {
  at += 1_000;
  if (!remembers) {
    const nothing = { organisation: ORGANISATION, at: new Date(at).toISOString(), batches: [] };
    const { storage } = app.context.vendors;
    await storage.replaceLatest(latestName(ORGANISATION), { ...nothing, wholeAt: nothing.at });
  }
  let asksAgain = false;
  const instant = new Date(at).toISOString();
  const { organisations } = await listInventory.handler({ at: instant }, app.context);
  const lines = organisations.map(async ({ organisation: name, tasks, wholeAt, coverage, ...log }) => {
    const read = [];
    for (const task of tasks) {
      const { batch, tryAgainAfterMs } = await readInventory.handler({ at: instant, task }, app.context);
      read.push(batch ?? []);
      asksAgain ||= tryAgainAfterMs !== undefined;
    }
    const batches = read.flat();
    await fileInventory.handler({ at: instant, organisation: name, wholeAt, batches, ...log }, app.context);
    const inventory = { organisation: name, coverage, asked: tasks.length, batches: batches.map(({ ref }) => ref) };
    return (await inventoryCredentials(app.context.vendors, inventory)).coverage;
  });
  const coverage = (await Promise.all(lines)).flat();
  return { coverage, asksAgain, run: sweepRun(instant) };
}

const gapsOf = (lines: readonly Coverage[]): Coverage[] => lines.filter(isGap);
const namesOf = (lines: readonly Coverage[]): string[] =>
  [...new Set(lines.map(({ source }) => source.replace(/^github\/(.*):.*$/, '$1')))].toSorted();

// First: neither identity has a token or a JWT yet.
for (const [identity, minutes] of [
  ['reader', -15],
  ['remover', 15],
] as const) {
  test(`GitHub’s clock may be ${minutes} minutes from ours`, async () => {
    state.clockAheadMs = minutes * 60_000;
    const client = await app.context.vendors.github.organisation(identity, ORGANISATION);
    assert.ok(client.ok, client.ok ? '' : client.failure.message);
    const listed = await client.value.listOrganisationRepositories();
    state.clockAheadMs = 0;
    assert.deepEqual([listed.items.length, listed.failure], [state.repositories.size, undefined]);
  });
}

for (const [name, { arrange, gaps, says, sweeps, asksAgain, stopsOthers }] of shortForm(Object.entries(SITUATIONS))) {
  test(`where ${name}, what was not read is told, by a case and by the sweep`, async () => {
    arrange();
    // A case that takes nothing from the sweep before.
    Object.assign(app.context.settings, { INVENTORY_MAX_AGE_HOURS: 0 });
    const { coverage, refs } = await scanAll();
    const swept = await sweep({ remembers: false });
    calm();
    const [inCase, inSweep] = [gapsOf(coverage), gapsOf(swept.coverage)];
    const shown = (lines: readonly Coverage[], expected: readonly string[]): string[] =>
      stopsOthers === true ? namesOf(lines).filter((name) => expected.includes(name)) : namesOf(lines);
    assert.deepEqual(shown(inCase, gaps), gaps.toSorted());
    assert.deepEqual(shown(inSweep, sweeps ?? gaps), (sweeps ?? gaps).toSorted());
    for (const line of [...inCase, ...inSweep]) assert.match(line.detail ?? '', says ?? /GitHub/, line.source);
    assert.equal(
      refs.some(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined),
      asksAgain === true,
    );
    // What asks for another attempt is not counted as read.
    const [counted] = await app.context.vendors.storage.readProgress(swept.run);
    if (counted?.of !== undefined) assert.equal(counted.done, swept.asksAgain ? 0 : counted.of);
  });
}

test('what is known of repositories stays known while the App is not let in', async () => {
  await sweep({ remembers: true });
  installation.suspendedAt = new Date();
  await sweep({ remembers: true });
  calm();
  const asked = (from: number): number =>
    app.tenant.calls.slice(from).filter(({ path, status }) => path.startsWith('/repos/') && status === 200).length;
  const before = app.tenant.calls.length;
  await sweep({ remembers: true });
  assert.equal(asked(before), 0);
});

test('an organisation without repositories has nothing to read, and that is all of it', async () => {
  for (const { owner, name } of state.repositories.all()) state.repositories.delete(`${owner}/${name}`);
  const { coverage } = await scanAll();
  const swept = await sweep({ remembers: false });
  assert.deepEqual([gapsOf(coverage), gapsOf(swept.coverage)], [[], []]);
  assert.deepEqual(namesOf(swept.coverage), ['repositories']);
});
