import type { Coverage } from '../../../../cases/coverage.ts';
import { counted, listed } from '../../../../cases/wording.ts';
import { organisationOf } from '../../../../machines/keep.ts';
import type { KeptMachine } from '../../../../machines/kept.ts';
import type { MachineVendor } from '../../../../machines/report.ts';
import { INVENTORY } from './judge-machines.ts';

/** A self-hosted runner or agent as its vendor lists it. */
export interface ListedMachine {
  readonly name: string;
  readonly online: boolean;
  /** It takes one job and goes; absent where its vendor does not say. */
  readonly ephemeral?: boolean;
  /** Of a repository's own runner. */
  readonly repository?: string;
  /** Of an agent. */
  readonly pool?: string;
}

/** What is kept of reports, and when one is too old. */
export interface Inventory {
  readonly machines: readonly KeptMachine[];
  /** Ids of machines of which what is kept cannot be read. */
  readonly unreadable: readonly string[];
  /** Where the firm set it, the inventory is meant to be on every runner, also while none has sent anything. */
  readonly maxAgeDays?: number | undefined;
}

const MAX_AGE_DAYS = 7;
const DAY_MS = 86_400_000;
/** So many names as a line has room for. */
const NAMED = 10;
const HOW = 'docs/runner-inventory.md says how to install it';

/**
 * What stands on the disks of an organisation's machines: a standing limit, whatever they say of themselves. A gap where
 * the firm has begun with the inventory, and a machine that takes jobs has not told. None where no machine is online.
 */
export function inventoryLine(
  vendor: MachineVendor,
  organisation: string,
  listedMachines: readonly ListedMachine[],
  inventory: Inventory,
  now: Date,
): Coverage[] {
  const online = listedMachines.filter((each) => each.online);
  if (online.length === 0) return [];
  const runners = (number: number): string => counted(number, vendor === 'github' ? 'self-hosted runner' : 'agent');
  const { machines, unreadable, maxAgeDays } = inventory;
  const limit = { source: INVENTORY, state: 'not-examined', why: 'no-interface' } as const;
  if (machines.length + unreadable.length === 0 && maxAgeDays === undefined) {
    const detail = `What stands on the disks of ${runners(online.length)} of ${organisation} nobody read: ${HOW}.`;
    return [{ ...limit, looked: { asked: online.length, count: 0, unit: 'machines' }, detail }];
  }
  const days = maxAgeDays ?? MAX_AGE_DAYS;
  const fresh = machines.filter((each) => now.getTime() - Date.parse(each.reportedAt) <= days * DAY_MS);
  const silent = online.filter((each) => !fresh.some((kept) => isOf(kept, vendor, organisation, each)));
  const looked = { asked: online.length, count: online.length - silent.length, unit: 'machines' };
  if (silent.length === 0) {
    const detail = `${runners(online.length)} of ${organisation} told within ${days} days what stands on their disks. Their word adds findings; what they leave out proves nothing.`;
    return [{ ...limit, looked, detail }];
  }
  const [is, disks] = silent.length === 1 ? ['is', 'its disk'] : ['are', 'their disks'];
  const names = listed(
    silent.map(({ name }) => name),
    NAMED,
  );
  const detail = `No report within ${days} days of ${runners(silent.length)} of ${organisation} that ${is} online (${names}): what stands on ${disks} nobody read. Install the inventory there, or run a job where it is installed: ${HOW}.`;
  return [{ source: INVENTORY, state: 'partial', looked, detail }];
}

/** Reports of which nothing can be read any more. */
export function unreadableLine({ unreadable }: Pick<Inventory, 'unreadable'>): Coverage[] {
  if (unreadable.length === 0) return [];
  const names = listed(unreadable, NAMED);
  const detail = `What was kept of ${counted(unreadable.length, 'machine')} cannot be read (${names}): it may be of another version of the app. Run a job there, which reports anew.`;
  const looked = { asked: unreadable.length, count: 0, unit: 'machines' };
  return [{ source: INVENTORY, state: 'partial', looked, detail }];
}

/** By name and place: what a machine says of its number no vendor's page promises to be the number of its list. */
function isOf(kept: KeptMachine, vendor: MachineVendor, organisation: string, listedMachine: ListedMachine): boolean {
  const { machine } = kept.report;
  if (kept.vendor !== vendor || organisationOf(machine.registeredAt) !== organisation.toLowerCase()) return false;
  const same = machine.name.toLowerCase() === listedMachine.name.toLowerCase();
  const { pool, repository } = listedMachine;
  if (vendor === 'azure-devops') {
    const inPool =
      pool === undefined || machine.pool === undefined || machine.pool.toLowerCase() === pool.toLowerCase();
    return same && inPool;
  }
  const own = `/${organisation}${repository === undefined ? '' : `/${repository}`}`.toLowerCase();
  if (pathOf(machine.registeredAt) !== own) return false;
  return (
    same ||
    (machine.ephemeral === true &&
      listedMachine.ephemeral !== false &&
      setOf(machine.name) === setOf(listedMachine.name))
  );
}

function pathOf(address: string): string | undefined {
  return URL.parse(address)?.pathname.replace(/\/+$/, '').toLowerCase();
}

/** Runners for one job have a name of their set with letters of chance behind: one tells before its job what all have. */
function setOf(name: string): string | undefined {
  return /^(.+)-[a-z0-9]{4,}$/i.exec(name)?.[1]?.toLowerCase();
}
