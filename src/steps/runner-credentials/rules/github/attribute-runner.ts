import type { NamedPerson } from '../../../../people/machine-names.ts';
import { type MachineOwner, machineOwner, signOfName } from '../machine-owner.ts';

export interface NamedRunner {
  readonly name: string;
  /** Labels that somebody chose; `self-hosted`, `linux` and the like say nothing. */
  readonly customLabels: readonly string[];
  /** ISO instant at which the leaver's account registered it, by the audit log. */
  readonly registeredByLeaverAt?: string;
}

/**
 * Whose a self-hosted runner is. GitHub names no owner, so that its name, its labels and who registered it have to
 * tell. Whoever registered a machine may have done so for others, so that this alone is no proof either.
 */
export function attributeRunner(runner: NamedRunner, leaver: NamedPerson): MachineOwner {
  const { name, customLabels, registeredByLeaverAt: at } = runner;
  return machineOwner([
    ...signOfName(name, 'its name', leaver),
    ...customLabels.flatMap((label) => signOfName(label, `the label ${label}`, leaver)),
    ...(at === undefined
      ? []
      : [
          {
            kind: 'registrar',
            strength: 'medium',
            why: `the leaver’s account registered it on ${at.slice(0, 10)}`,
          } as const,
        ]),
  ]);
}
