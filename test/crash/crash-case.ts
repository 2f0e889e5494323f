import type { StackOptions } from '../../local/stack.ts';
import { deleteUser, doDueWork, fetchReport, followCase } from '../../local/telling/follow-case.ts';
import type { CallRecord } from '../../local/tenant/core/server.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Report } from '../../src/report/report.ts';
import { blobsOf } from '../scenarios/support/everything-written.ts';
import { startFastStack } from '../scenarios/support/fast-stack.ts';
import { type Picture, pictureOf } from '../scenarios/support/picture.ts';

/** What is left of a case whose app was killed on the way. */
export interface CrashedCase {
  readonly report: Report;
  /** How often the app really was killed; fewer than asked where the case was over before. */
  readonly kills: number;
  /** Milliseconds from the deletion to the filed report. */
  readonly tookMs: number;
  readonly calls: readonly CallRecord[];
  readonly tenant: Picture;
  /** Names of everything in the evidence container. */
  readonly evidence: readonly string[];
}

/**
 * When the power goes: at a vendor call, by its number or by what it is, which the vendor has answered and nobody
 * heard; or so many milliseconds after the deletion, whatever the app is at then.
 */
export type KillPoint = number | ((call: CallRecord) => boolean) | { readonly afterMs: number };

const CASE = `${WORLD.leaver.oid}-1`;

/**
 * Offboards the seeded leaver while the app is killed (SIGKILL) once at each of the points, and restarted.
 * What is returned is how things stand once `settled` has resolved.
 */
export async function crashCase(
  points: readonly KillPoint[],
  options: StackOptions = {},
  settled: () => Promise<void> = async () => {},
): Promise<CrashedCase> {
  const stack = await startFastStack({
    scale: { repositories: 0, identities: 2, credentialsPerIdentity: 2 },
    latencyMs: 5,
    // How long a card that may have been posted by an app that died is waited for.
    settings: { REQUEST_TIMEOUT_SECONDS: '10' },
    ...options,
  });
  try {
    let due = points.filter((point) => typeof point !== 'object');
    let kills = 0;
    let restarting = Promise.resolve();
    const kill = (): void => {
      restarting = restarting.then(async () => {
        kills += 1;
        await stack.killApp();
        await stack.startApp();
      });
    };
    const { calls } = stack.tenant;
    const unwatch = stack.tenant.server.onCall((call) => {
      const hit = due.find((point) => (typeof point === 'number' ? calls.length >= point : point(call)));
      if (hit === undefined) return;
      due = due.filter((point) => point !== hit);
      kill();
    });
    const moments = points.filter((point) => typeof point === 'object').map(({ afterMs }) => setTimeout(kill, afterMs));
    const started = performance.now();
    await deleteUser(stack, WORLD.leaver.oid);
    const { state } = await followCase(stack, CASE);
    const tookMs = performance.now() - started;
    // The app may be killed while it tells people of the end.
    await doDueWork(stack).catch(() => undefined);
    await settled();
    unwatch();
    for (const moment of moments) clearTimeout(moment);
    await restarting;
    await doDueWork(stack);
    if (state !== 'filed') throw new Error(`the case ended as ${state}`);
    return {
      report: await fetchReport(stack, CASE),
      kills,
      tookMs,
      calls: [...calls],
      tenant: pictureOf(stack),
      evidence: [...(await blobsOf(stack, 'evidence')).keys()],
    };
  } finally {
    await stack.stop();
  }
}

/** Changes that a vendor carried out, as method and path. */
export function changesIn({ calls }: CrashedCase): string[] {
  return calls
    .filter(({ status }) => status >= 200 && status < 300)
    .filter(
      ({ method, path }) => ['DELETE', 'PUT', 'PATCH'].includes(method) || POSTED_CHANGE.test(`${method} ${path}`),
    )
    .map(({ vendor, method, path }) => `${vendor} ${method} ${path.replace(/(appRoleAssignedTo)\/.*/, '$1')}`)
    .sort();
}

/** Of the POSTs, most only ask (GraphQL, KQL, a value, a signature). */
const POSTED_CHANGE = /^POST .*(personal-access-tokens|revocations|revokeSignInSessions|\/issues)/;

/**
 * What a report says about every finding and act, without times and digests: two tenants have different tokens. An act
 * whose answer was lost shows as done where the vendor had only said that it would do it, for then it was read back.
 */
export function told({ report }: CrashedCase): string[] {
  return report.steps
    .flatMap(({ step, findings, actions, coverage }) => [
      // The log goes on to the moment at which each tenant was started.
      ...findings.map(
        ({ kind, title, status }) => `${step}: ${kind}, ${title.replace(/^\d+ calls by/, 'Calls by')}: ${status}`,
      ),
      ...actions.map(({ what, result }) => `${step}: ${what} ${result === 'queued' ? 'done' : result}`),
      ...coverage.map(({ source, state, looked }) => `${step}: ${source} ${state} ${looked.count}`),
    ])
    .sort();
}
