import type { NamedPerson } from '../../../../people/machine-names.ts';
import { type MachineOwner, type MachineSign, machineOwner, signOfName } from '../machine-owner.ts';

export interface NamedRunner {
  readonly name: string;
  /** Labels that somebody chose; `self-hosted`, `linux` and the like say nothing. */
  readonly customLabels: readonly string[];
  /** ISO instant at which the leaver's account registered it, by the audit log. */
  readonly registeredByLeaverAt?: string;
  /** That account only may be the leaver's. */
  readonly registrarUnproved?: boolean;
}

/**
 * Whose a self-hosted runner is. GitHub names no owner, so that its name, its labels and who registered it have to
 * tell. Whoever registered a machine may have done so for others, so that this alone is no proof either.
 */
export function attributeRunner(runner: NamedRunner, leaver: NamedPerson): MachineOwner {
  const { name, customLabels, registeredByLeaverAt: at, registrarUnproved = false } = runner;
  return machineOwner([
    ...signOfName(name, 'its name', leaver),
    ...customLabels.flatMap((label) => signOfName(label, `the label ${label}`, leaver)),
    ...(at === undefined ? [] : [registrar(at.slice(0, 10), registrarUnproved)]),
  ]);
}

/** An account that only may be the leaver's is one by its name, and adds nothing to the name of the machine. */
function registrar(day: string, unproved: boolean): MachineSign {
  if (!unproved) return { kind: 'registrar', strength: 'medium', why: `the leaver’s account registered it on ${day}` };
  return { kind: 'name', strength: 'weak', why: `an account that may be the leaver’s registered it on ${day}` };
}
