import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Stack, startStack } from '../../local/stack.ts';
import { deleteUser, doDueWork, fetchReport, followCase, nearTheEnd } from '../../local/telling/follow-case.ts';
import type { CallRecord } from '../../local/tenant/core/server.ts';
import type { Scale } from '../../local/tenant/seeds/seed-context.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { instanceIdOf } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import { type Breakdown, breakdownOf } from '../case-time/breakdown.ts';
import type { Moment } from '../case-time/moment.ts';
import { cpuOf } from './cpu-of.ts';
import { type Floor, floorOf } from './floor.ts';
import { type PhaseSize, sizesOf } from './histories.ts';
import { leastForRemedies, leastReads } from './least-calls.ts';
import type { Need } from './need.ts';

/** One case, from the deletion to the filed report, in a stack of its own. */
export interface Measured {
  readonly calls: readonly CallRecord[];
  readonly needs: readonly Need[];
  readonly floor: Floor;
  readonly outcome: string;
  /** From the answer to the deletion until the case is over, milliseconds. */
  readonly wallMs: number;
  /** From the answer to the deletion until the gateway refuses the leaver, in the first case after the start. */
  readonly containmentMs: number;
  /** The same for somebody who is deleted after that case. */
  readonly warmContainmentMs: number;
  /** What `wallMs` consists of, seen from the app's process. */
  readonly time: Breakdown;
  /** What the others computed meanwhile: the vendors, in the process of the bench, and storage. */
  readonly othersCpuMs: { readonly vendors: number; readonly storage: number };
  readonly history: { readonly instances: number; readonly events: number; readonly bytes: number };
  readonly phases: readonly PhaseSize[];
}

export async function measureCase(options: {
  readonly app: string;
  readonly scale: Scale;
  readonly latencyMs: number;
}): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'case-time-'));
  try {
    const file = join(folder, 'moments.json');
    const { from, until, ...measured } = await inStack(options, file);
    // The app writes it when it ends.
    const moments = JSON.parse(readFileSync(file, 'utf8')) as Moment[];
    const time = breakdownOf(moments, { from, until, latencyMs: options.latencyMs });
    return { ...measured, wallMs: until - from, time };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type InStack = Omit<Measured, 'time' | 'wallMs'> & { readonly from: number; readonly until: number };

async function inStack(options: Parameters<typeof measureCase>[0], file: string): Promise<InStack> {
  const observe = `--import=${join(import.meta.dirname, '../case-time/observe.ts')}`;
  const { NODE_OPTIONS = '' } = process.env;
  if (!NODE_OPTIONS.includes(observe)) process.env.NODE_OPTIONS = `${NODE_OPTIONS} ${observe}`.trim();
  const stack = await startStack({ ...options, settings: { CASE_TIME_FILE: file } });
  try {
    const reads = leastReads(stack);
    const before = stack.tenant.calls.length;
    const containment = containmentOf(stack);
    const { leaver, colleagues } = WORLD;
    await deleteUser(stack, leaver.oid);
    const started = Date.now();
    const cpu = { vendors: process.cpuUsage(), storage: cpuOf(stack.storage.pid) ?? Number.NaN };
    const caseId = makeCaseId(leaver.oid as Oid, 1);
    const { state, outcome = state } = await followCase(
      stack,
      caseId,
      () => {},
      900_000,
      () => nearTheEnd(stack, caseId),
    );
    const until = Date.now();
    const { user, system } = process.cpuUsage(cpu.vendors);
    const storage = (cpuOf(stack.storage.pid) ?? Number.NaN) - cpu.storage;
    const othersCpuMs = { vendors: (user + system) / 1_000, storage };
    await doDueWork(stack);
    // The last calls may come after the report is filed; the deletion is the administrator's.
    await settled(stack);
    const calls = stack.tenant.calls.slice(before).filter(({ method, path }) => !isDeletion(method, path));
    const report = await fetchReport(stack, caseId);
    const needs = [...reads, ...leastForRemedies(report.steps.flatMap(({ findings }) => findings))];
    const size = await fetch(`${stack.url()}/admin/local/instances/${instanceIdOf(caseId)}/size`);
    const history = (await size.json()) as Measured['history'];
    const phases = sizesOf(stack.stateDir, instanceIdOf(caseId));
    const containmentMs = (await containment) - started;
    const again = containmentOf(stack);
    await deleteUser(stack, colleagues[0].oid);
    const deleted = Date.now();
    const warmContainmentMs = (await again) - deleted;
    const floor = floorOf(stack.states.github.repositories.size, options.latencyMs, needs);
    const measured = { calls, needs, floor, outcome, containmentMs, warmContainmentMs, history, phases };
    return { ...measured, from: started, until, othersCpuMs };
  } finally {
    await stack.stop();
  }
}

/** When the next change of the deny list is answered. */
function containmentOf({ tenant }: Stack): Promise<number> {
  return new Promise((resolve) => {
    const stop = tenant.server.onCall(({ vendor, method, path, status }) => {
      if (vendor !== 'arm' || method !== 'PATCH' || !path.includes('/namedValues/') || status >= 300) return;
      stop();
      resolve(Date.now());
    });
  });
}

async function settled({ tenant }: Stack): Promise<void> {
  for (let seen = -1; seen < tenant.calls.length; ) {
    seen = tenant.calls.length;
    await delay(500);
  }
}

function isDeletion(method: string, path: string): boolean {
  return method === 'DELETE' && path.startsWith('/v1.0/users/');
}
