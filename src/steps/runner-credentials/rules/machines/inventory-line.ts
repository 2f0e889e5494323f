import type { Coverage } from '../../../../cases/coverage/coverage.ts';
import { counted, listed } from '../../../../cases/words/wording.ts';
import type { Telling } from '../../../../machines/telling.ts';
import { type Recent, type Standing, standingOf, type Unbound } from './bound-to.ts';
import { INVENTORY } from './judge-machines.ts';
import type { ListedAt, ListedMachine } from './listed-machine.ts';
import { runOf, sayerInWords } from './sayer-in-words.ts';

/** What is kept of reports, and when one is too old. */
export interface Inventory {
  readonly tellings: readonly Telling[];
  /** Ids of machines of which what is kept cannot be read. */
  readonly unreadable: readonly string[];
  /** Where the firm set it, the inventory is meant to be on every runner, also while none has sent anything. */
  readonly maxAgeDays?: number | undefined;
  /** Why GitHub could not be asked where runs ran, in its connector's words. */
  readonly unasked?: string | undefined;
}

const MAX_AGE_DAYS = 7;
/** So many names as a line has room for. */
const NAMED = 10;
const HOW = 'docs/runner-inventory.md says how to install it';
const WHICH = 'docs/runner-inventory.md says which senders count';

/** Within how many days a report counts. */
export function recentOf({ maxAgeDays }: Pick<Inventory, 'maxAgeDays'>, now: Date): Recent {
  return { now, days: maxAgeDays ?? MAX_AGE_DAYS };
}

/**
 * What stands on the disks of an organisation's machines: a standing limit, whatever they say of themselves. A gap where
 * the firm has begun with the inventory, and a machine that takes jobs has not told by a sender that is bound to it.
 * None where no machine is online.
 */
export function inventoryLine(at: ListedAt, inventory: Inventory, now: Date): Coverage[] {
  const online = at.machines.filter((each) => each.online);
  if (online.length === 0) return [];
  const { vendor, organisation } = at;
  const runners = (number: number): string => counted(number, vendor === 'github' ? 'self-hosted runner' : 'agent');
  const { tellings, unreadable, maxAgeDays } = inventory;
  const limit = { source: INVENTORY, state: 'not-examined', why: 'no-interface' } as const;
  if (tellings.length + unreadable.length === 0 && maxAgeDays === undefined) {
    const detail = `What stands on the disks of ${runners(online.length)} of ${organisation} nobody read: ${HOW}.`;
    return [{ ...limit, looked: { asked: online.length, count: 0, unit: 'machines' }, detail }];
  }
  const recent = recentOf(inventory, now);
  const { days } = recent;
  const stand = online.map((machine) => ({ machine, standing: standingOf(machine, at, tellings, recent) }));
  const told = stand.filter(({ standing }) => standing.kind === 'told');
  const looked = { asked: online.length, count: told.length, unit: 'machines' };
  if (told.length === online.length) {
    const detail = `${runners(online.length)} of ${organisation} told within ${days} days what stands on their disks. Their word adds findings; what they leave out proves nothing.`;
    return [{ ...limit, looked, detail }];
  }
  const silent = stand.flatMap(({ machine, standing }) => (standing.kind === 'silent' ? [machine] : []));
  const detail = [...ofSilent(silent, runners, organisation, days), ...ofUnbound(stand, inventory)].join(' ');
  return [{ source: INVENTORY, state: 'partial', looked, detail }];
}

function ofSilent(
  silent: readonly ListedMachine[],
  runners: (number: number) => string,
  organisation: string,
  days: number,
): string[] {
  if (silent.length === 0) return [];
  const [is, disks] = silent.length === 1 ? ['is', 'its disk'] : ['are', 'their disks'];
  return [
    `No report within ${days} days of ${runners(silent.length)} of ${organisation} that ${is} online (${namesOf(silent)}): what stands on ${disks} nobody read. Install the inventory there, or run a job where it is installed: ${HOW}.`,
  ];
}

type UnboundStanding = Extract<Standing, { readonly kind: 'unbound' }>;

/** One sentence for each reason, with who sent the newest of such reports. */
function ofUnbound(
  stand: readonly { readonly machine: ListedMachine; readonly standing: Standing }[],
  { unasked }: Pick<Inventory, 'unasked'>,
): string[] {
  const unbound = stand.flatMap(({ machine, standing }) =>
    standing.kind === 'unbound' ? [{ machine, standing }] : [],
  );
  return [...Map.groupBy(unbound, ({ standing }) => standing.why).values()].flatMap((same) => {
    const names = namesOf(same.map(({ machine }) => machine));
    return same
      .slice(0, 1)
      .map(
        ({ standing }) =>
          `${names}: named in a report of ${senderOf(standing)}, which does not count, because ${WORDS[standing.why](unasked)}; ${WHICH}.`,
      );
  });
}

function senderOf({ by: { sayer }, run }: UnboundStanding): string {
  return `${sayerInWords(sayer)}${run === undefined ? '' : runOf(run)}`;
}

function namesOf(machines: readonly ListedMachine[]): string {
  return listed(
    machines.map(({ name }) => name),
    NAMED,
  );
}

/** Why it does not count, and what to do. */
const WORDS: Readonly<Record<Unbound, (unasked?: string) => string>> = {
  elsewhere: () =>
    'GitHub shows no job of that run on this machine: look at who wrote that workflow, and run a job that reports on the machine itself',
  gone: () =>
    'GitHub does not show that run (it was deleted, or the App does not see the repository): run another job there, or let the App see the repository',
  'under-way': () =>
    'GitHub does not say yet on which machine that job runs: read the case again when the run has ended',
  unasked: (why) =>
    `GitHub was not asked where that run ran${why === undefined ? '' : ` (${why})`}: read the case again`,
  'without-run': () => 'it was kept by an earlier version of the app: run a job there',
  'shared-identity': () =>
    'several machines may have that identity: give the machine a system-assigned one, or report by the token of a job of GitHub',
  'other-identity': () =>
    'that identity belongs to a machine of another name: register the runner or agent under the name that its machine has in Azure, and find out who sent it',
  'nameless-identity': () =>
    'the token of that identity does not say whose it is: give the machine a system-assigned identity',
  before: () => 'it came before this agent was registered: run a job on the machine as it is now',
  twins: () => 'more than one machine of that name may have sent it: give each a name of its own',
};

/** Reports of which nothing can be read any more. */
export function unreadableLine({ unreadable }: Pick<Inventory, 'unreadable'>): Coverage[] {
  if (unreadable.length === 0) return [];
  const names = listed(unreadable, NAMED);
  const detail = `What was kept of ${counted(unreadable.length, 'machine')} cannot be read (${names}): it may be of another version of the app. Run a job there, which reports anew.`;
  const looked = { asked: unreadable.length, count: 0, unit: 'machines' };
  return [{ source: INVENTORY, state: 'partial', looked, detail }];
}
