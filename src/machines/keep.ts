import type { KeptMachine, Sayer, ToldRun } from './kept.ts';
import { MOST_CHARACTERS } from './limits.ts';
import { goneServers, later } from './machine-servers.ts';
import type { MachineReport } from './report.ts';

/** For so long what a machine does not name any more is remembered as having been there. */
const GONE_DAYS = 30;
/** After so long without a report what a sender tells of a machine is forgotten. */
export const FORGOTTEN_DAYS = 90;
/** Of what is gone; some of each report stay, and those of people before those of jobs. */
const MOST_GONE = 400;
/** Characters of it, as it is stored. */
const MOST_GONE_CHARACTERS = MOST_CHARACTERS;
/** Jobs that are known again: a late second delivery changes nothing. */
const MOST_JOBS = 50;
/** Runs of a sender that are asked where they ran: another of its jobs that names the machine pushes out the oldest. */
const MOST_RUNS = 4;
const DAY_MS = 24 * 3_600_000;

/** What stands of one machine by one sender. */
export interface Keeping {
  readonly machine: KeptMachine;
  /** When the app last took a report of it, by its own clock; a late one counts as well. */
  readonly heardAt: string;
  readonly jobs: readonly string[];
  /** Of a sender that is a repository: the newest first. Absent in what was kept before runs were. */
  readonly runs?: readonly ToldRun[];
}

export interface Said {
  readonly sayer: Sayer;
  readonly report: MachineReport;
  /** The app's own clock. */
  readonly at: Date;
  /** A second report within so long is not taken; of the same job it is known before that is asked. */
  readonly leastMs?: number;
}

export type Taken = 'new' | 'before' | 'too-soon';

/**
 * What stands after a report. The newest by the machine's own clock stands, whatever the order in which they come; what
 * another names and it does not is remembered as gone. The same job says nothing new the second time.
 */
export function keep(
  before: Keeping | undefined,
  { sayer, report, at, leastMs = 0 }: Said,
): { readonly keeping: Keeping; readonly taken: Taken } {
  if (before?.jobs.includes(report.job) === true) return { keeping: before, taken: 'before' };
  if (before !== undefined && at.getTime() - Date.parse(before.heardAt) < leastMs)
    return { keeping: before, taken: 'too-soon' };
  const heardAt = later(at.toISOString(), before?.heardAt);
  const jobs = [report.job, ...(before?.jobs ?? [])].slice(0, MOST_JOBS);
  const runs = runsOf(before?.runs, sayer, at);
  const arrived = { report, named: at.toISOString() };
  if (before === undefined) {
    const machine = { vendor: report.vendor, id: idOf(report), sayer, reportedAt: heardAt, report, gone: [] };
    return { keeping: { machine, heardAt, jobs, ...runs }, taken: 'new' };
  }
  const stood = { report: before.machine.report, named: before.machine.reportedAt };
  const isLate = Date.parse(report.takenAt) < Date.parse(stood.report.takenAt);
  const [newest, other] = isLate ? [stood, arrived] : [arrived, stood];
  const machine: KeptMachine = {
    ...before.machine,
    ...(isLate ? {} : { sayer, reportedAt: heardAt }),
    report: newest.report,
    gone: goneBy(before.machine.gone, newest.report, other, at),
    goneServers: goneServers(before.machine.goneServers, newest.report, other, rememberedFrom(at)),
  };
  return { keeping: { machine, heardAt, jobs, ...runs }, taken: 'new' };
}

function runsOf(before: readonly ToldRun[] = [], sayer: Sayer, at: Date): Pick<Keeping, 'runs'> {
  if (sayer.kind !== 'github-job') return {};
  const { runId, runAttempt: attempt, checkRunId } = sayer;
  if (attempt === undefined) return before.length === 0 ? {} : { runs: before };
  const run: ToldRun = { runId, attempt, ...(checkRunId === undefined ? {} : { checkRunId }), at: at.toISOString() };
  return { runs: [run, ...before.filter((each) => keyOfRun(each) !== keyOfRun(run))].slice(0, MOST_RUNS) };
}

/** Which job of which attempt of a run, as far as its token told. */
export function keyOfRun({ runId, attempt, checkRunId }: Omit<ToldRun, 'at'>): string {
  return `${runId}/${attempt}/${checkRunId ?? ''}`;
}

function goneBy(
  gone: KeptMachine['gone'],
  newest: MachineReport,
  other: { readonly report: MachineReport; readonly named: string },
  at: Date,
): KeptMachine['gone'] {
  const byKey = new Map(gone.map((each) => [keyOfToken(each.token), each]));
  for (const token of other.report.tokens) {
    const key = keyOfToken(token);
    byKey.set(key, { token, lastNamed: later(other.named, byKey.get(key)?.lastNamed) });
  }
  for (const token of newest.tokens) byKey.delete(keyOfToken(token));
  const from = rememberedFrom(at).getTime();
  let room = MOST_GONE_CHARACTERS;
  return [...byKey.values()]
    .filter(({ lastNamed }) => Date.parse(lastNamed) >= from)
    .sort((a, b) => Date.parse(b.lastNamed) - Date.parse(a.lastNamed))
    .map(inTurn())
    .sort((a, b) => briefness(a.each, at) - briefness(b.each, at) || a.turn - b.turn)
    .map(({ each }) => each)
    .slice(0, MOST_GONE)
    .filter((each) => {
      room -= JSON.stringify(each).length;
      return room >= 0;
    });
}

function rememberedFrom(at: Date): Date {
  return new Date(at.getTime() - GONE_DAYS * DAY_MS);
}

type Gone = KeptMachine['gone'][number];

/** The how many-eth of those that were named last at the same moment: one report of hundreds pushes out its own first. */
function inTurn(): (each: Gone) => { readonly each: Gone; readonly turn: number } {
  const turns = new Map<string, number>();
  return (each) => {
    const turn = turns.get(each.lastNamed) ?? 0;
    turns.set(each.lastNamed, turn + 1);
    return { each, turn };
  };
}

/** What each job is given anew, and what is over, goes first where there is too much: else it would push out what people left. */
function briefness({ token: { holder, claims } }: KeptMachine['gone'][number], at: Date): number {
  const isOver = claims?.exp !== undefined && claims.exp * 1_000 <= at.getTime();
  return holder === 'service' || isOver ? 1 : 0;
}

/** The same token elsewhere on the machine is another find, and so is one of which it says something else than before. */
function keyOfToken({ modifiedAt: _, lastFour: __, ...token }: MachineReport['tokens'][number]): string {
  return JSON.stringify(Object.entries(token).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** `github/northwind/laptop-7`. */
export function idOf({ vendor, machine }: Pick<MachineReport, 'vendor' | 'machine'>): string {
  return `${vendor}/${organisationOf(machine.registeredAt)}/${machine.name}`.toLowerCase();
}

/**
 * The organisation that a machine says it is registered at: the first part of the path, also of a repository's runner;
 * of the old addresses of Azure DevOps the first part of the host. `enterprises/northwind` for a runner of an enterprise
 * of GitHub, where no organisation may be called `enterprises`. Empty where the address is none.
 */
export function organisationOf(registeredAt: string): string {
  if (!URL.canParse(registeredAt)) return '';
  const { hostname, pathname } = new URL(registeredAt);
  const old = /^([\w-]+)\.visualstudio\.com$/i.exec(hostname)?.[1];
  const [, first = '', second = ''] = pathname.split('/');
  const organisation = isEnterprise(`${first}/`) && hostname !== 'dev.azure.com' ? `${first}/${second}` : first;
  return (old ?? organisation).toLowerCase();
}

/** Whether what stands in the place of an organisation is an enterprise of GitHub, whose runners are for several. */
export function isEnterprise(organisation: string): boolean {
  return organisation.toLowerCase().startsWith('enterprises/');
}

/** Name of a job's repository, without its owner. */
export function repositoryOf({ repository }: Extract<Sayer, { readonly kind: 'github-job' }>): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

/** Who counts as one sender: the repository, whichever of its runs it was, or the identity. */
export function keyOfSayer(sayer: Sayer): string {
  return sayer.kind === 'github-job'
    ? `github-job/${sayer.ownerId}/${sayer.repositoryId}`
    : `managed-identity/${sayer.oid.toLowerCase()}`;
}
