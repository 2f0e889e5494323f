import assert from 'node:assert/strict';
import type { InventoryBatch } from '../../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { fileInventory } from '../../../activities/sweep/inventory/file-inventory.ts';
import { listInventory } from '../../../activities/sweep/inventory/list-inventory.ts';
import { readInventory } from '../../../activities/sweep/inventory/read-inventory.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { ORGANISATION, startCaseStudyGitHub } from '../runner-credentials/github/case-study.ts';

export const HOUR = 3_600_000;
// The log’s overlap reaches back: what the seed planted just now is no change.
export const clock = { at: Date.now() };

/** The case study’s GitHub, which passes of the sweep read and cases ask of. */
export async function startInventory() {
  const { app, state, mint, organisation, scanAll } = await startCaseStudyGitHub({ repositories: 30, storage: true });

  /** One pass of the sweep over all inventory, as its orchestration makes it. */
  async function pass() {
    clock.at += 1_000;
    const instant = new Date(clock.at).toISOString();
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

  /** The log answers, and holds nothing. */
  const silence = () =>
    app.tenant.faults.add({
      vendor: 'github',
      path: /audit-log\?.*created/,
      effect: { kind: 'answer', status: 200, body: '[]' },
    });

  return { app, state, mint, organisation, scanAll, pass, restOfRepositories, logged, silence };
}

export type InventoryWorld = Awaited<ReturnType<typeof startInventory>>;
