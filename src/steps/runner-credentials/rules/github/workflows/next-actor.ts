import * as z from 'zod';
import type { BlamedFile, BlamedLines, CommitPerson } from '../../../../../connectors/github/audit-log/blame.ts';
import { accountWritten, isOwnAddress } from '../../../../../people/names/account-name.ts';
import { accountSign } from '../../../../../people/names/account-signs.ts';
import { withoutShortCode } from '../../../../../people/names/leaver-names.ts';
import type { NamedPerson } from '../../../../../people/names/whole-names.ts';
import type { Immutable } from '../../../../../shapes/immutable.ts';
import type { WorkflowTriggers } from './read-workflow.ts';

const AccountSchema = z.strictObject({ id: z.number(), login: z.string() });
type Account = Readonly<z.output<typeof AccountSchema>>;

/** The latest run of a schedule. */
export const LatestRunSchema = z.strictObject({
  /** Null where the account was deleted. */
  actor: z.nullable(AccountSchema),
  /** ISO instant. */
  createdAt: z.string(),
});
export type LatestRun = Immutable<z.output<typeof LatestRunSchema>>;

/** The commit that wrote the cron lines last. */
export const CronChangeSchema = z.strictObject({
  /** ISO instant of the commit, which may be older than its arrival on the default branch. */
  at: z.string(),
  by: z.array(z.strictObject({ account: z.nullable(AccountSchema), email: z.exactOptional(z.string()) })),
  /** The schedule of the latest run was another one, or it never ran. */
  sinceRun: z.boolean(),
});
export type CronChange = Immutable<z.output<typeof CronChangeSchema>>;

/** As whom a schedule runs next, as far as that can be told. */
export type NextActor =
  /** `basis`: its latest run had the leaver as actor; or the leaver changed it since, which makes them its actor. */
  | { readonly verdict: 'leaver'; readonly basis: 'run' | 'change'; readonly login: string; readonly accountId: number }
  /** It ran as the leaver, and somebody else has changed it since: the next run tells. */
  | { readonly verdict: 'handed-over'; readonly login: string; readonly accountId: number; readonly to: string }
  | { readonly verdict: 'maybe'; readonly why: string }
  | { readonly verdict: 'unknown'; readonly why: string }
  | { readonly verdict: 'somebody-else' };

/** GitHub's own committer of what is merged on its pages: nobody's account. */
const WEB_FLOW = 'web-flow';

/**
 * A schedule runs as whoever changed its cron line last. The latest run tells who that was; a change since then, or a
 * schedule that never ran, only the commit. Source: docs.github.com/actions, "Events that trigger workflows", schedule.
 */
export function nextActor(run: LatestRun | undefined, change: CronChange | undefined, leaver: NamedPerson): NextActor {
  const isLeaver = (account: Account): boolean => leaver.github.some(({ id }) => id === account.id);
  const newer = change?.sinceRun === true ? change : undefined;
  const accounts = (newer?.by ?? []).flatMap(({ account }) => (account === null ? [] : [account]));
  const author = accounts.find(isLeaver);
  if (author !== undefined) return { verdict: 'leaver', basis: 'change', login: author.login, accountId: author.id };
  const [other] = accounts.filter(({ login }) => login !== WEB_FLOW);
  if (run?.actor && isLeaver(run.actor)) {
    const { login, id: accountId } = run.actor;
    return other === undefined
      ? { verdict: 'leaver', basis: 'run', login, accountId }
      : { verdict: 'handed-over', login, accountId, to: other.login };
  }
  const hint = hintOf(newer === undefined ? run?.actor : other, newer?.by ?? [], leaver);
  if (hint !== undefined) return { verdict: 'maybe', why: hint };
  if (newer !== undefined) {
    if (other !== undefined) return { verdict: 'somebody-else' };
    return { verdict: 'unknown', why: 'the commit that changed it last names no account of GitHub' };
  }
  if (run === undefined) return { verdict: 'unknown', why: 'it has not run, and nothing tells who wrote it' };
  return run.actor === null
    ? { verdict: 'unknown', why: 'its latest run had an account that was deleted since' }
    : { verdict: 'somebody-else' };
}

/** The accounts of which any may be its next actor, by what proves one: a change since its run, or else the run. */
export function actorsOf(run: LatestRun | undefined, change: CronChange | undefined): number[] {
  const newer = change?.sinceRun === true ? change.by : [];
  const accounts = newer.flatMap(({ account }) => (account === null || account.login === WEB_FLOW ? [] : [account.id]));
  if (accounts.length > 0) return [...new Set(accounts)];
  return run?.actor ? [run.actor.id] : [];
}

/** GitHub's own address of an account has its number: docs.github.com/account-and-profile, "commit email address". */
const NO_REPLY = /^(\d+)\+(.+)@users\.noreply\.github\.com$/i;

/**
 * Names and addresses are no proof: people choose them, and a commit has whatever address its author set. One at another
 * domain says less still, and is told as such. Nothing of that counts for an account that is proved to be another's.
 */
function hintOf(
  actor: Account | null | undefined,
  by: readonly CommitPerson[],
  leaver: NamedPerson,
): string | undefined {
  const anothers = new Set(
    (leaver.othersAccounts ?? []).flatMap(({ vendor, id }) => (vendor === 'github' ? [id] : [])),
  );
  const isAnothers = (account: Account | null | undefined): boolean => anothers.has(String(account?.id));
  const addresses = by.flatMap(({ account, email }) => (email === undefined || isAnothers(account) ? [] : [email]));
  const isOwn = (address: string): boolean =>
    isOwnAddress(address, leaver) || leaver.github.some(({ id }) => String(id) === NO_REPLY.exec(address)?.[1]);
  const own = addresses.find(isOwn);
  if (own !== undefined) return `its last change was committed as ${own}`;
  const named = { ...leaver, github: [] };
  const local = (address: string): string => NO_REPLY.exec(address)?.[2] ?? accountWritten(address).name;
  const alike = addresses.find((address) => accountSign(local(address), named) !== undefined);
  if (alike !== undefined) {
    return `its last change was committed as ${alike}, which is like the leaver’s name and none of their addresses`;
  }
  if (!actor || isAnothers(actor) || accountSign(withoutShortCode(actor.login), named) === undefined) return undefined;
  return `the account ${actor.login} has the leaver’s name, and is not one that is known as theirs`;
}

/** The last change of the schedule in a file; undefined where nothing tells of it. */
export function cronChange(
  file: BlamedFile,
  now: Extract<WorkflowTriggers, { kind: 'scheduled' }> | undefined,
  before: WorkflowTriggers | undefined,
  run: LatestRun | undefined,
): CronChange | undefined {
  const lines = now?.lines ?? [];
  const covering = file.lines.filter(({ from, to }) => lines.some((line) => from <= line && line <= to));
  const last = newest(covering.length > 0 ? covering : file.lines);
  if (last === undefined) return undefined;
  return { at: last.at, by: last.by, sinceRun: changedSince(last, file, now, before, run) };
}

/**
 * A commit is older than its merge, so that its date decides only where the schedule of the latest run is not known:
 * whether the cron lines differ from those that ran is what counts.
 */
function changedSince(
  last: BlamedLines,
  file: BlamedFile,
  now: Extract<WorkflowTriggers, { kind: 'scheduled' }> | undefined,
  before: WorkflowTriggers | undefined,
  run: LatestRun | undefined,
): boolean {
  if (run === undefined || file.before === null) return true;
  if (before === undefined || now === undefined) return Date.parse(last.at) > Date.parse(run.createdAt);
  if (before.kind !== 'scheduled') return true;
  const crons = (of: { readonly crons: readonly string[] }): string => of.crons.toSorted().join('\n');
  return crons(before) !== crons(now);
}

function newest(lines: readonly BlamedLines[]): BlamedLines | undefined {
  return lines.reduce<BlamedLines | undefined>(
    (latest, each) => (latest === undefined || Date.parse(each.at) > Date.parse(latest.at) ? each : latest),
    undefined,
  );
}
