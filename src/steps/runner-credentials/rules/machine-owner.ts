import { accountSign, commonAccountSign } from '../../../people/names/account-signs.ts';
import { nameSign } from '../../../people/names/machine-names.ts';
import type { NamedPerson } from '../../../people/names/whole-names.ts';

/**
 * What may tell whose a machine is, over all vendors, and the most that a sign of it counts; whoever reads one may find it
 * weaker. A strong sign of the account suffices by itself, because the machine says under whom it runs. Everything else needs
 * another kind of sign beside it: whoever registers a machine may do so for others, names may be anybody's, and what runs
 * on a machine or who administers its repository is no ownership of it.
 */
const SIGNALS = {
  /** Under whose account, or from whose home directory, it runs: what an agent of Azure Pipelines published. */
  account: 'strong',
  /** Who registered it, by the vendor's audit log. */
  registrar: 'strong',
  /** What it and its labels are called, and accounts that are only called like the leaver's. */
  name: 'medium',
  /** Its latest jobs, of whoever's, were all of runs that the leaver started. */
  jobs: 'medium',
  /** The leaver alone administers, or administered, the repository that it is registered at. */
  admin: 'weak',
} as const satisfies Readonly<Record<string, Strength>>;

type Strength = 'strong' | 'medium' | 'weak';

/** Why a machine looks like the leaver's. */
export interface MachineSign {
  readonly kind: keyof typeof SIGNALS;
  readonly strength: Strength;
  readonly why: string;
}

export interface MachineOwner {
  /** `leaver`: its removal is planned, for a person to approve. `maybe`: somebody has to look, or it is mentioned. */
  readonly verdict: 'leaver' | 'maybe' | 'unrelated';
  /** The sum of the best sign of each kind. */
  readonly score: number;
  readonly signs: readonly MachineSign[];
}

const WEIGHT: Readonly<Record<Strength, number>> = { strong: 3, medium: 2, weak: 1 };
/** From here on, with a sign that suffices or of more than one kind, its removal is planned. */
const PLANNED = 3;
/** From here on a person has to look; what is below is mentioned. */
const ASKED = 2;

/**
 * Whose a machine is, for every vendor: a score with its reasons. A kind counts once, however often it shows: people choose
 * names, and a leaver who calls themselves like a shared machine does not own it. So names alone never make it theirs, and
 * never nobody's. docs/ownership.md has the table.
 */
export function machineOwner(signs: readonly MachineSign[]): MachineOwner {
  const byKind = Map.groupBy(signs, ({ kind }) => kind);
  const best = [...byKind].map(([kind, some]) => Math.max(...some.map((sign) => weightOf(kind, sign))));
  const score = best.reduce((sum, weight) => sum + weight, 0);
  const itself = signs.some(({ kind, strength }) => kind === 'account' && strength === 'strong');
  const sure = score >= PLANNED && (itself || byKind.size > 1);
  return { verdict: sure ? 'leaver' : score > 0 ? 'maybe' : 'unrelated', score, signs };
}

function weightOf(kind: MachineSign['kind'], { strength }: MachineSign): number {
  return Math.min(WEIGHT[strength], WEIGHT[SIGNALS[kind]]);
}

/** How loudly it is told that a machine may be the leaver's. */
export function severityOfMaybe({ score }: Pick<MachineOwner, 'score'>): 'medium' | 'low' {
  return score >= ASKED ? 'medium' : 'low';
}

/** The signs in order of weight, as people read them. */
export function reasonsOf({ signs }: Pick<MachineOwner, 'signs'>): string[] {
  const loudest = signs.toSorted((one, other) => WEIGHT[other.strength] - WEIGHT[one.strength]);
  return loudest.map(({ strength, why }) => `${strength}: ${why}`);
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
