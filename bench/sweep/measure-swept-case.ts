import { setTimeout as delay } from 'node:timers/promises';
import { startStack } from '../../local/stack.ts';
import { deleteUser, followCase } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import { furnish } from './firm.ts';
import { type GitHubCalls, githubCalls, runSweep } from './run-sweep.ts';

/** What GitHub counts of a minute is forgotten after so long, here and in the app's ledger. */
const MINUTE_MS = 65_000;
const PUBLISHED = 900;
const UNLIMITED = 1_000_000;

/**
 * A case of a firm that was swept just before, in an app that has just started, at GitHub's published points a minute.
 * The sweep itself is not measured, and may spend what it likes.
 */
export async function measureSweptCase(
  app: string,
  repositories: number,
): Promise<{ readonly seconds: number; readonly github: GitHubCalls; readonly outcome: string }> {
  const settings = { LOCAL_TIMERS: 'by-hand', GITHUB_POINTS_PER_MINUTE: String(UNLIMITED) };
  const scale = { repositories, identities: 60, credentialsPerIdentity: 20 };
  const stack = await startStack({ app, scale, settings, latencyMs: 0 });
  try {
    const { entra, github } = stack.states;
    furnish(stack, 30);
    github.limits.pointsPerMinute = UNLIMITED;
    // Else the sweep would find that the last day has passed, and open the case itself.
    const { leaver } = WORLD;
    const employeeLeaveDateTime = entra.users.get(leaver.oid)?.employeeLeaveDateTime ?? null;
    entra.users.patch(leaver.oid, { employeeLeaveDateTime: null });
    await runSweep(stack, 'before');
    entra.users.patch(leaver.oid, { employeeLeaveDateTime });
    await stack.killApp();
    await delay(MINUTE_MS);
    github.limits.pointsPerMinute = PUBLISHED;
    stack.tenant.server.latencyMs = 50;
    await stack.startApp({ GITHUB_POINTS_PER_MINUTE: String(PUBLISHED) });
    const from = stack.tenant.calls.length;
    await deleteUser(stack, leaver.oid);
    const began = Date.now();
    const { state, outcome = state } = await followCase(stack, makeCaseId(leaver.oid as Oid, 1), () => {}, 900_000);
    const seconds = (Date.now() - began) / 1_000;
    return { seconds, github: githubCalls(stack.tenant.calls.slice(from)), outcome };
  } finally {
    await stack.stop();
  }
}
