import { createHash } from 'node:crypto';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { keyOfRun } from '../../../src/machines/keep.ts';
import type { KeptMachine } from '../../../src/machines/kept.ts';
import type { MachineReport, MachineVendor } from '../../../src/machines/report.ts';
import type { Telling } from '../../../src/machines/telling.ts';

export type ToldToken = MachineReport['tokens'][number];

export const shaOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A token as the inventory tells of it: what the detector says of its value, without the value. */
export function toldToken(value: string, more: Partial<ToldToken> = {}): ToldToken {
  const [found] = findTokens(value);
  if (found === undefined) throw new Error('no token');
  const { type, holder, checksum, sha256, lastFour, claims } = found.hit;
  const { oid, iss, tid, upn, exp } = claims ?? {};
  const told = Object.fromEntries(
    Object.entries({ oid, iss, tid, upn, exp }).filter(([, claim]) => claim !== undefined),
  );
  return {
    place: 'github-cli',
    path: '~/.config/gh/hosts.yml',
    ...{ type, holder, checksum, sha256, lastFour },
    ...(claims === undefined ? {} : { claims: told }),
    ...more,
  };
}

interface Told extends Partial<Pick<KeptMachine, 'sayer' | 'reportedAt' | 'gone'>> {
  readonly organisation?: string;
  readonly machine?: Partial<MachineReport['machine']>;
  readonly tokens?: readonly ToldToken[];
  readonly servers?: MachineReport['servers'];
}

/** What the app keeps of a machine, by default one that tells of nothing. */
export function keptMachine(vendor: MachineVendor, at: string, told: Told = {}): KeptMachine {
  const { organisation = 'northwind', machine = {}, tokens = [], servers = [], gone = [], reportedAt = at } = told;
  const root = vendor === 'github' ? 'https://github.com' : 'https://dev.azure.com';
  const whole = {
    ...{ name: 'build-77', registeredAt: `${root}/${organisation}`, host: 'build-77', user: 'svc-build' },
    ...(vendor === 'github' ? {} : { pool: 'Default' }),
    os: 'linux' as const,
    ...machine,
  };
  const sayer = {
    kind: 'github-job',
    ...{ owner: organisation, ownerId: 1, repository: 'app', repositoryId: 2, runId: '3', runAttempt: '1' },
  } as const;
  return {
    vendor,
    id: `${vendor}/${organisation}/${whole.name}`.toLowerCase(),
    sayer: told.sayer ?? (vendor === 'github' ? sayer : identityOf(whole.name)),
    reportedAt,
    report: {
      ...{ schemaVersion: 1, vendor, job: 'job-1', machine: whole, takenAt: at, tookMs: 1, version: '1' },
      ...{ tokens: [...tokens], places: [], servers, leftOut: { tokens: 0, places: 0, servers: 0 } },
    },
    gone,
  };
}

/** The system-assigned identity of a virtual machine. */
export function identityOf(machine: string, group = 'rg'): Extract<Telling['sayer'], { kind: 'managed-identity' }> {
  const resourceId = `/subscriptions/0/resourcegroups/${group}/providers/Microsoft.Compute/virtualMachines/${machine}`;
  return { kind: 'managed-identity', oid: `identity-of-${group}-${machine}`, resourceId };
}

/** That a machine was told of; its job ran on the runners of these numbers, by GitHub's word. */
export function tellingOf(kept: KeptMachine, runners: readonly number[] = [RUNNER]): Telling {
  const { vendor, id, sayer, reportedAt, report } = kept;
  const { name, registeredAt, pool, ephemeral } = report.machine;
  const run =
    sayer.kind === 'github-job' && sayer.runAttempt !== undefined
      ? { runId: sayer.runId, attempt: sayer.runAttempt, at: reportedAt }
      : undefined;
  const on = runners.map((number) => ({ id: number, group: 1 }));
  return {
    ...{ keys: { partitionKey: 'machines', rowKey: `${id} ${JSON.stringify(sayer)}` }, vendor, sayer, reportedAt },
    about: { name, registeredAt, ...(pool && { pool }), ...(ephemeral === undefined ? {} : { ephemeral }) },
    runs: run === undefined ? [] : [run],
    answers: run === undefined ? [] : [{ run: keyOfRun(run), askedAt: reportedAt, on, state: 'over' }],
  };
}

/** GitHub's number of the machine in these tests. */
export const RUNNER = 77;
