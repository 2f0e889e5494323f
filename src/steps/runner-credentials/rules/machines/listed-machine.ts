import { organisationOf } from '../../../../machines/keep.ts';
import type { Telling } from '../../../../machines/telling.ts';

/** A self-hosted runner or agent as its vendor lists it. */
export interface ListedMachine {
  readonly name: string;
  readonly online: boolean;
  /** GitHub's number of a runner, which a job names that ran on it. */
  readonly id?: number;
  /** GitHub's number of its group. */
  readonly group?: number;
  /** It takes one job and goes; absent where its vendor does not say. */
  readonly ephemeral?: boolean;
  /** Of a repository's own runner. */
  readonly repository?: string;
  /** Registered with the enterprise, which shares it with the organisation. */
  readonly ofEnterprise?: boolean;
  /** Of an agent. */
  readonly pool?: string;
  /** When an agent was registered, where its vendor says. */
  readonly since?: string;
}

/** Where machines were listed: a vendor's organisation. */
export interface ListedAt {
  readonly vendor: Telling['vendor'];
  readonly organisation: string;
  readonly machines: readonly ListedMachine[];
}

/** Whether somebody told of this machine by its name and place, truly or not. */
export function isOf(
  { vendor, about }: Pick<Telling, 'vendor' | 'about'>,
  listed: ListedMachine,
  at: Omit<ListedAt, 'machines'>,
): boolean {
  if (vendor !== at.vendor) return false;
  if (vendor === 'azure-devops') {
    if (organisationOf(about.registeredAt) !== at.organisation.toLowerCase()) return false;
    return isCalled(about.name, listed) && isSame(about.pool, listed.pool);
  }
  return (
    isRegistered(about.registeredAt, listed, at.organisation) &&
    (isCalled(about.name, listed) || isOfSet(about, listed))
  );
}

/** Where neither or only one of the two is known, nothing keeps them apart. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one.toLowerCase() === other.toLowerCase();
}

function isRegistered(
  registeredAt: string,
  { repository, ofEnterprise }: ListedMachine,
  organisation: string,
): boolean {
  const path = (URL.parse(registeredAt)?.pathname ?? '').replace(/\/+$/, '').toLowerCase();
  if (ofEnterprise === true) return /^\/enterprises\/[^/]+$/.test(path);
  return path === `/${organisation}${repository === undefined ? '' : `/${repository}`}`.toLowerCase();
}

/** Names differ in case alone where they are the same, at both vendors. */
export function isCalled(name: string, listed: Pick<ListedMachine, 'name'>): boolean {
  return name.toLowerCase() === listed.name.toLowerCase();
}

/** Of runners for one job one that waits has told nothing yet: another of its set has. GitHub's word makes it one. */
function isOfSet(about: Telling['about'], listed: ListedMachine): boolean {
  const set = setOf(about.name);
  return about.ephemeral === true && listed.ephemeral === true && set !== undefined && set === setOf(listed.name);
}

/** Runners for one job have a name of their set with letters of chance behind. */
function setOf(name: string): string | undefined {
  const at = name.lastIndexOf('-');
  return at > 0 && /^[a-z0-9]{4,}$/i.test(name.slice(at + 1)) ? name.slice(0, at).toLowerCase() : undefined;
}
