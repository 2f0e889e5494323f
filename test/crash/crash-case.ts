import { BlobServiceClient } from '@azure/storage-blob';
import { deleteUser, fetchReport, followCase } from '../../local/follow-case.ts';
import { startStack } from '../../local/stack.ts';
import type { CallRecord } from '../../local/tenant/core/server.ts';
import type { Scale } from '../../local/tenant/seeds/seed-context.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Report } from '../../src/domain/report.ts';
import { storageCredential } from '../scenarios/support/everything-written.ts';

/** What is left of a case whose app was killed on the way. */
export interface CrashedCase {
  readonly report: Report;
  /** How often the app really was killed; fewer than asked where the case was over before. */
  readonly kills: number;
  readonly calls: readonly CallRecord[];
  /** Blobs called report.json and manifest.json in the evidence container. */
  readonly sealed: readonly string[];
  /** Open issues about this case in the security repository. */
  readonly issues: number;
}

const SMALL: Scale = { repositories: 6, identities: 2, credentialsPerIdentity: 2 };
const CASE = `${WORLD.leaver.oid}-1`;

/** Offboards the seeded leaver while the app is killed (SIGKILL) at the given numbers of vendor calls, and restarted. */
export async function crashCase(killAtCalls: readonly number[]): Promise<CrashedCase> {
  const stack = await startStack({
    scale: SMALL,
    latencyMs: 5,
    settings: { RETRY_DELAY_MS: '200', VERIFY_INTERVAL_MS: '200', VERIFY_DEADLINE_MS: '5000' },
  });
  try {
    const due = [...killAtCalls].sort((a, b) => a - b);
    let kills = 0;
    let restarting = Promise.resolve();
    const unwatch = stack.tenant.server.onCall(() => {
      if (due[0] === undefined || stack.tenant.calls.length < due[0]) return;
      due.shift();
      restarting = restarting.then(async () => {
        kills += 1;
        await stack.killApp();
        await stack.startApp();
      });
    });
    await deleteUser(stack, WORLD.leaver.oid);
    await followCase(stack, CASE);
    unwatch();
    await restarting;
    return {
      report: await fetchReport(stack, CASE),
      kills,
      calls: [...stack.tenant.calls],
      sealed: await sealedBlobs(stack),
      issues: countIssues(stack.tenant.vendor('github').snapshot()),
    };
  } finally {
    await stack.stop();
  }
}

async function sealedBlobs(stack: Awaited<ReturnType<typeof startStack>>): Promise<string[]> {
  const evidence = new BlobServiceClient(stack.storage.blob, storageCredential(stack)).getContainerClient('evidence');
  const names: string[] = [];
  for await (const { name } of evidence.listBlobsFlat()) {
    if (/(report|manifest)\.json$/.test(name)) names.push(name);
  }
  return names;
}

function countIssues(snapshot: unknown): number {
  const { issues = [] } = snapshot as { issues?: readonly { readonly body: string }[] };
  return issues.filter(({ body }) => body.includes(CASE)).length;
}
