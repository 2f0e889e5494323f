import { counted, instant, listed } from '../cases/words/wording.ts';
import type { Config } from '../config.ts';
import { mapBounded } from '../connectors/map-bounded.ts';
import type { Vendors } from '../connectors/vendors.ts';
import type { DoctorCheck } from './diagnosis.ts';

type MachineSettings = Pick<
  Config,
  'DEVOPS_ORGANISATIONS' | 'GITHUB_ORGANISATIONS' | 'MACHINE_REPORT_MAX_AGE_DAYS' | 'MACHINES_OWNER_IDS'
>;

const CHECK = 'runner-inventory';
const GUIDE = 'docs/runner-inventory.md';
/** Anybody who may send reports may write any name. */
const BY_NAME = `This goes by the names in the reports: whether who sent one is bound to that machine, as a case’s gap wants it, each case looks up (${GUIDE}).`;
/** As cases count while no setting says otherwise. */
const MAX_AGE_DAYS = 7;
const DAY_MS = 86_400_000;
const NAMED = 10;
const IN_FLIGHT = 8;

/**
 * Whether reports tell what stands on the disks of runners: what is set, which machines were named and when, and which are
 * online and were not. A fact where the firm never began with it; else what each case has a gap for. By name alone: whether
 * who sent a report is bound to the machine only a case asks, as it alone lists runners of single repositories and
 * targets of deployments.
 */
export async function checkMachines(
  vendors: Pick<Vendors, 'devops' | 'github' | 'storage'>,
  settings: MachineSettings,
  now: Date,
): Promise<DoctorCheck[]> {
  const { rows, unreadable } = await vendors.storage.listMachineRows();
  const { MACHINE_REPORT_MAX_AGE_DAYS: set, MACHINES_OWNER_IDS: owners } = settings;
  if (rows.length + unreadable.length === 0 && set === undefined) {
    const jobs =
      owners.length === 0
        ? 'MACHINES_OWNER_IDS names no owner on GitHub whose jobs may'
        : `MACHINES_OWNER_IDS lets jobs of ${counted(owners.length, 'owner')} on GitHub, and none has`;
    const detail = `Nothing tells what stands on the disks of runners and agents: ${jobs}, and no managed identity has. Each case says so as a standing limit. ${GUIDE} says how to install the inventory.`;
    return [{ check: CHECK, state: 'passes', detail }];
  }
  const days = set ?? MAX_AGE_DAYS;
  const newest = new Map<string, string>();
  for (const { machine, reportedAt } of rows) {
    if (reportedAt > (newest.get(machine) ?? '')) newest.set(machine, reportedAt);
  }
  const isFresh = (id: string): boolean => now.getTime() - Date.parse(newest.get(id) ?? '') <= days * DAY_MS;
  const fresh = [...newest.keys()].filter(isFresh).length;
  const last = [...newest.values()].sort().at(-1);
  const online = await onlineMachines(vendors, settings);
  const silent = online.ids.filter((id) => !isFresh(id));
  const told = `Reports of the last ${counted(days, 'day')} name ${counted(fresh, 'machine')}${last === undefined ? '' : `, of ${newest.size} that ever were; the newest report is of ${instant(last)}`}.`;
  const names = silent.map((id) => (newest.has(id) ? id : `${id} (never)`));
  const without = silent.length === 0 ? '' : ` Online, and named in none: ${listed(names.sort(), NAMED)}.`;
  const unread = [
    ...online.unread,
    ...(unreadable.length === 0 ? [] : [`What was kept of ${listed(unreadable, NAMED)} cannot be read.`]),
  ];
  const detail = [`${told}${without}`, ...(fresh === 0 ? [] : [BY_NAME]), ...unread].join(' ');
  if (silent.length > 0) {
    const whatToDo = `Install the inventory there, or run a job where it is installed (${GUIDE}): until then each case has a gap.`;
    return [{ check: CHECK, state: 'fails', detail, whatToDo }];
  }
  return [{ check: CHECK, state: unread.length > 0 ? 'could-not-check' : 'passes', detail }];
}

interface Online {
  /** As reports name them: vendor, organisation and name, in lower case. */
  readonly ids: readonly string[];
  readonly unread: readonly string[];
}

/** What takes jobs now, by the vendors' own lists. Runners for one job are left out: they have no name that stays. */
async function onlineMachines(
  vendors: Pick<Vendors, 'devops' | 'github'>,
  { GITHUB_ORGANISATIONS, DEVOPS_ORGANISATIONS }: MachineSettings,
): Promise<Online> {
  const all = await Promise.all([
    ...GITHUB_ORGANISATIONS.map((organisation) => runnersOf(vendors, organisation)),
    ...DEVOPS_ORGANISATIONS.map((organisation) => agentsOf(vendors, organisation)),
  ]);
  return { ids: [...new Set(all.flatMap(({ ids }) => ids))], unread: all.flatMap(({ unread }) => unread) };
}

async function runnersOf({ github }: Pick<Vendors, 'github'>, organisation: string): Promise<Online> {
  const connected = await github.organisation('reader', organisation);
  if (!connected.ok) return { ids: [], unread: [connected.failure.message] };
  const { items, failure } = await connected.value.listRunners({ organisation });
  return {
    ids: items
      .filter(({ status, ephemeral }) => status === 'online' && ephemeral !== true)
      .map(({ name }) => `github/${organisation}/${name}`.toLowerCase()),
    unread: failure === undefined ? [] : [failure.message],
  };
}

async function agentsOf({ devops }: Pick<Vendors, 'devops'>, organisation: string): Promise<Online> {
  const pools = await devops.listAgentPools(organisation, 'automation');
  const own = pools.items.filter(({ isHosted }) => !isHosted);
  const lists = await mapBounded(own, IN_FLIGHT, ({ id }) =>
    devops.listAgents(organisation, id, { capabilities: false }),
  );
  return {
    ids: lists
      .flatMap(({ items }) => items)
      .filter(({ enabled, status }) => enabled && status === 'online')
      .map(({ name }) => `azure-devops/${organisation}/${name}`.toLowerCase()),
    unread: [pools, ...lists].flatMap(({ failure }) => failure?.message ?? []),
  };
}
