import { accountSign, commonAccountSign, type NamedPerson, nameSign } from '../../../people/machine-names.ts';

/** Why a machine looks like the leaver's. */
export interface MachineSign {
  /**
   * `name`: what it and its labels are called. `account`: under whose account, or from whose home directory, it runs.
   * `registrar`: who registered it, by the vendor's audit log.
   */
  readonly kind: 'name' | 'account' | 'registrar';
  readonly strength: 'strong' | 'medium' | 'weak';
  readonly why: string;
}

export interface MachineOwner {
  /** `leaver`: signs of different kinds agree, or it runs under their account. `maybe`: somebody has to look. */
  readonly verdict: 'leaver' | 'maybe' | 'unrelated';
  /** Strong 3, medium 2, weak 1; the best of each kind. */
  readonly score: number;
  readonly signs: readonly MachineSign[];
}

const WEIGHT: Readonly<Record<MachineSign['strength'], number>> = { strong: 3, medium: 2, weak: 1 };
const ENOUGH = 3;

/**
 * Whose a machine is, for every vendor. A name is one sign, however often it stands: people choose names, and a leaver
 * who calls themselves like a shared machine does not own it. So names alone never make it theirs, and never nobody's.
 */
export function machineOwner(signs: readonly MachineSign[]): MachineOwner {
  const byKind = Map.groupBy(signs, ({ kind }) => kind);
  const best = [...byKind.values()].map((some) => Math.max(...some.map(({ strength }) => WEIGHT[strength])));
  const score = best.reduce((sum, weight) => sum + weight, 0);
  const sure = score >= ENOUGH && signs.some(({ kind }) => kind !== 'name');
  return { verdict: sure ? 'leaver' : score > 0 ? 'maybe' : 'unrelated', score, signs };
}

/** The sign in something that people named, `what` being the subject of its sentence: `its name`, `the label docs`. */
export function signOfName(text: string, what: string, person: NamedPerson): MachineSign[] {
  const sign = nameSign(text, person);
  return sign === undefined ? [] : [{ kind: 'name', strength: sign.strength, why: `${what} ${sign.why}` }];
}

/**
 * The sign in an account that a machine runs under, or owns its home; strong where the firm gave that name. `foreign`:
 * the machine says that the account is of a domain which is not known as the firm's. Then it is called like the person,
 * as it is where many have the name, and adds nothing to what the machine is called.
 */
export function signOfAccount(
  account: string,
  what: string,
  person: NamedPerson,
  { foreign }: { readonly foreign?: string | undefined } = {},
): MachineSign[] {
  const sign = accountSign(account, person);
  const alike = (why: string): MachineSign[] => [{ kind: 'name', strength: 'weak', why: `${what} ${why}` }];
  if (sign === undefined) {
    const common = commonAccountSign(account, person);
    return common === undefined ? [] : alike(common.why);
  }
  if (foreign !== undefined) return alike(`${sign.why}, at ${foreign}, which is not known as a domain of the firm`);
  return [{ kind: 'account', strength: sign.strength === 'medium' ? 'strong' : 'weak', why: `${what} ${sign.why}` }];
}
