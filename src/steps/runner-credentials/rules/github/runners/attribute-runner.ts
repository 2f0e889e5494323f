import type { NamedPerson } from '../../../../../people/names/whole-names.ts';
import { type MachineOwner, type MachineSign, machineOwner, signOfName } from '../../machine-owner.ts';

export interface NamedRunner {
  readonly name: string;
  /** Labels that somebody chose; `self-hosted`, `linux` and the like say nothing. */
  readonly customLabels: readonly string[];
  /** ISO instant at which the leaver's account registered it, by the audit log. */
  readonly registeredByLeaverAt?: string;
  /** That account only may be the leaver's. */
  readonly registrarUnproved?: boolean;
  /** Whose the latest jobs were that it ran, as far as that was asked: account ids of those that started them. */
  readonly jobs?: readonly JobsOf[];
  /** Of a repository's own runner: accounts that administer the repository directly, by number. */
  readonly admins?: readonly number[];
}

/** Jobs of one runner that runs of one account had. */
export interface JobsOf {
  /** Null for an account that was deleted. */
  readonly actorId: number | null;
  readonly jobs: number;
}

/**
 * Whose a self-hosted runner is. GitHub names no owner: the audit log tells who registered it and is asked first, and the
 * name, the labels and whose jobs it ran have to tell what it does not. The weights are those of every machine.
 */
export function attributeRunner(runner: NamedRunner, leaver: NamedPerson): MachineOwner {
  const { name, customLabels, registeredByLeaverAt: at, registrarUnproved = false, jobs = [], admins = [] } = runner;
  return machineOwner([
    ...(at === undefined ? [] : [registrar(at.slice(0, 10), registrarUnproved)]),
    ...signOfName(name, 'its name', leaver),
    ...customLabels.flatMap((label) => signOfName(label, `the label ${label}`, leaver)),
    ...signOfJobs(jobs, leaver),
    ...signOfAdmins(admins, leaver),
  ]);
}

/** An account that only may be the leaver's is one by its name, and adds nothing to the name of the machine. */
function registrar(day: string, unproved: boolean): MachineSign {
  if (!unproved) return { kind: 'registrar', strength: 'strong', why: `the leaver’s account registered it on ${day}` };
  return { kind: 'name', strength: 'weak', why: `an account that may be the leaver’s registered it on ${day}` };
}

/** Nothing where anybody else's job ran there as well, and where an account only may be the leaver's. */
function signOfJobs(jobs: readonly JobsOf[], leaver: NamedPerson): MachineSign[] {
  const own = ownAccounts(leaver);
  if (jobs.length === 0 || !jobs.every(({ actorId }) => actorId !== null && own.has(actorId))) return [];
  const number = jobs.reduce((sum, each) => sum + each.jobs, 0);
  const why =
    number === 1
      ? 'the one job that it is known to have run was of a run that the leaver started'
      : `all ${number} jobs that it is known to have run were of runs that the leaver started`;
  return [{ kind: 'jobs', strength: 'medium', why }];
}

function signOfAdmins(admins: readonly number[], leaver: NamedPerson): MachineSign[] {
  const [only, ...others] = admins;
  if (only === undefined || others.length > 0 || !ownAccounts(leaver).has(only)) return [];
  return [{ kind: 'admin', strength: 'weak', why: 'the leaver alone was made an administrator of its repository' }];
}

function ownAccounts({ github }: NamedPerson): ReadonlySet<number> {
  return new Set(github.flatMap(({ id, confidence }) => (confidence === 'weak' ? [] : [id])));
}
