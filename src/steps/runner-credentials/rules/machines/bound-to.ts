import { keyOfRun, repositoryOf } from '../../../../machines/keep.ts';
import type { Sayer, ToldRun } from '../../../../machines/kept.ts';
import type { Telling } from '../../../../machines/telling.ts';
import { isCalled, isOf, type ListedAt, type ListedMachine } from './listed-machine.ts';

/**
 * Why a report that names a machine says nothing of whether that machine told: anybody who may send reports may write
 * any name. Each has its words in `inventory-line.ts`.
 */
export const UNBOUND = [
  /** GitHub says that the run's jobs ran on other machines. */
  'elsewhere',
  /** GitHub does not show the run. */
  'gone',
  /** GitHub does not say yet on which machine the job runs. */
  'under-way',
  /** GitHub was not asked, or gave no answer. */
  'unasked',
  /** It was kept by a version of the app that did not keep runs. */
  'without-run',
  /** The identity is one that several machines may have. */
  'shared-identity',
  /** It is another machine's. */
  'other-identity',
  /** Its token does not say whose it is. */
  'nameless-identity',
  /** The machine was registered later: another one of its name sent it. */
  'before',
  /** Several machines of that name may have sent it. */
  'twins',
] as const;
export type Unbound = (typeof UNBOUND)[number];

/** Until when a report counts. */
export interface Recent {
  readonly now: Date;
  readonly days: number;
}

/** How a machine stands: `told` by a sender that is bound to it, `silent`, or named by senders that nothing binds to it. */
export type Standing =
  | { readonly kind: 'told' | 'silent' }
  | { readonly kind: 'unbound'; readonly why: Unbound; readonly by: Telling; readonly run?: ToldRun };

const DAY_MS = 86_400_000;

/** How a listed machine stands by all that was told. */
export function standingOf(
  listed: ListedMachine,
  at: ListedAt,
  tellings: readonly Telling[],
  recent: Recent,
): Standing {
  const named = tellings.filter(
    (each) =>
      isOf(each, listed, at) &&
      [each.reportedAt, ...each.runs.map((run) => run.at)].some((when) => isRecent(when, recent)),
  );
  const judged = named
    .toSorted((a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt))
    .map((telling): Standing => judge(telling, listed, at, named, recent));
  return judged.find(({ kind }) => kind === 'told') ?? judged[0] ?? { kind: 'silent' };
}

function isRecent(instant: string, { now, days }: Recent): boolean {
  return now.getTime() - Date.parse(instant) <= days * DAY_MS;
}

function judge(
  telling: Telling,
  listed: ListedMachine,
  at: ListedAt,
  named: readonly Telling[],
  recent: Recent,
): Standing {
  const { sayer } = telling;
  if (sayer.kind === 'github-job') return ofJob(telling, sayer, listed, at, recent);
  const why = whyNotByIdentity(telling, sayer, listed, at, named);
  return why === undefined ? { kind: 'told' } : { kind: 'unbound', why, by: telling };
}

/** By what GitHub says of the runs: one of them that ran there is enough. */
function ofJob(
  telling: Telling,
  sayer: Extract<Sayer, { readonly kind: 'github-job' }>,
  listed: ListedMachine,
  { organisation }: ListedAt,
  recent: Recent,
): Standing {
  const mayRunThere =
    (listed.ofEnterprise === true || sayer.owner.toLowerCase() === organisation.toLowerCase()) &&
    (listed.repository === undefined || listed.repository.toLowerCase() === repositoryOf(sayer).toLowerCase());
  const runs = telling.runs.filter(({ at }) => isRecent(at, recent));
  if (runs.length === 0) return { kind: 'unbound', why: 'without-run', by: telling };
  const unbound = runs.flatMap((run) => {
    const why = mayRunThere ? answerOf(run, telling, listed) : 'elsewhere';
    return why === 'bound' ? [] : [{ why, run }];
  });
  const [newest] = unbound;
  if (newest === undefined || unbound.length < runs.length) return { kind: 'told' };
  return { kind: 'unbound', by: telling, ...newest };
}

function answerOf(run: ToldRun, { answers, about }: Telling, listed: ListedMachine): 'bound' | Unbound {
  const answer = answers.find((each) => each.run === keyOfRun(run));
  if (answer === undefined) return 'unasked';
  const ranThere = isCalled(about.name, listed)
    ? // A machine that was set up anew under an old name has another number: what ran on the old one is not its word.
      answer.on.some(({ id }) => id === listed.id)
    : answer.on.some(({ group }) => listed.group === undefined || group === listed.group);
  if (ranThere) return 'bound';
  if (answer.state === 'over') return 'elsewhere';
  return answer.state;
}

/** By the machine that the identity belongs to: it has to be called as the runner or agent is. */
function whyNotByIdentity(
  { about, reportedAt }: Telling,
  { resourceId }: Extract<Sayer, { readonly kind: 'managed-identity' }>,
  listed: ListedMachine,
  at: ListedAt,
  named: readonly Telling[],
): Unbound | undefined {
  if (resourceId === undefined) return 'nameless-identity';
  const machine = machineOfIdentity(resourceId);
  if (machine === undefined) return 'shared-identity';
  if (machine.toLowerCase() !== about.name.toLowerCase()) return 'other-identity';
  if (listed.since !== undefined && Date.parse(reportedAt) < Date.parse(listed.since)) return 'before';
  const others = named.some(
    ({ sayer, about: { name } }) =>
      sayer.kind === 'managed-identity' &&
      name.toLowerCase() === about.name.toLowerCase() &&
      isAnotherOfThatName(sayer.resourceId, resourceId, machine),
  );
  return others || isOfAnotherPool(about, listed, at) ? 'twins' : undefined;
}

function isAnotherOfThatName(other: string | undefined, own: string, name: string): boolean {
  if (other === undefined || other.toLowerCase() === own.toLowerCase()) return false;
  return machineOfIdentity(other)?.toLowerCase() === name.toLowerCase();
}

/** Of agents of one name in several pools a report means the one in its pool; without one it may mean any. */
function isOfAnotherPool(
  { pool, name }: Telling['about'],
  listed: ListedMachine,
  { vendor, machines }: ListedAt,
): boolean {
  if (vendor === 'github' || (listed.pool !== undefined && pool !== undefined)) return false;
  return machines.some((each) => each !== listed && isCalled(name, each));
}

const OF_ONE_MACHINE =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/(?:microsoft\.compute\/virtualmachines|microsoft\.hybridcompute\/machines)\/([^/]+)$/i;

/**
 * Name of the one machine whose system-assigned identity it is. Undefined for a user-assigned one, which any number of
 * machines has, for that of a scale set, which all of its instances have, and for anything else.
 */
export function machineOfIdentity(resourceId: string): string | undefined {
  return OF_ONE_MACHINE.exec(resourceId)?.[1];
}

/** Runs of which GitHub's word is wanted: of machines that are online, and that nothing known says have told. */
export function runsToAsk(
  at: ListedAt,
  tellings: readonly Telling[],
  recent: Recent,
): readonly { readonly telling: Telling; readonly run: ToldRun }[] {
  const wanted = at.machines.filter((each) => each.online && standingOf(each, at, tellings, recent).kind === 'unbound');
  return tellings.flatMap((telling) =>
    telling.sayer.kind === 'github-job' && wanted.some((listed) => isOf(telling, listed, at))
      ? telling.runs.flatMap((run) => (isRecent(run.at, recent) ? [{ telling, run }] : []))
      : [],
  );
}
