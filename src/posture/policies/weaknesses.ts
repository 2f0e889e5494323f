import type { AssignedRule } from '../readings/policies.ts';
import { reachOf, reachOfAny } from './selectors.ts';

/** Why a policy that is assigned does not refuse what it is there to refuse. */
export type Weak = 'audited' | 'overridden' | 'not-enforced' | 'enrolled-only' | 'narrowed' | 'exempted';

/** One thing that is wrong with an assignment, and what to do about it, as a phrase that begins with the verb. */
export interface Weakness<Reason extends string = Weak> {
  readonly reason: Reason;
  readonly says: string;
  readonly todo: string;
}

/** Whether an assigned rule refuses: never, where it has a weakness; and nobody can say, where something is not clear. */
export interface Strength {
  readonly weak: readonly Weakness[];
  readonly unclear: readonly string[];
}

/**
 * How an assigned rule holds in a subscription at an instant. Sources: learn.microsoft.com/azure/governance/policy/
 * concepts/assignment-structure, …/exemption-structure, …/enrollment-structure.
 */
export function strengthOf(rule: AssignedRule, subscription: string, at: string): Strength {
  const effects = effectsOf(rule);
  const scopes = narrowing(rule, subscription);
  const weak: Strength['weak'] = [
    ...(rule.released ? effects.weak : []),
    ...modeOf(rule),
    ...scopes.weak,
    ...rule.exemptions.flatMap((exemption): Strength['weak'] => {
      if (reachOfAny(exemption.resourceSelectors, rule.reference) === 'never' || isOver(exemption, at)) return [];
      const until = exemption.expiresOn === undefined ? 'for good' : `until ${exemption.expiresOn}`;
      const says = `The exemption ${exemption.id} lets servers pass ${until}.`;
      return [{ reason: 'exempted', says, todo: `delete the exemption ${exemption.id}` }];
    }),
  ];
  const unclear = [
    ...(rule.released
      ? effects.unclear
      : [`Its rule is none of the released ones (SHA-256 ${rule.hash}): compare it with infra/policies.`]),
    ...scopes.unclear,
    ...(rule.released && rule.bears.includes('subnet') && rule.approved === undefined
      ? ['Its list of approved subnets is an expression that is not understood here.']
      : []),
    ...(rule.otherVersions
      ? ['It holds to a version of its definition, which may not be the one that Azure shows.']
      : []),
  ];
  return { weak, unclear };
}

/** The effect by its parameter, and what overrides make of it. */
function effectsOf(rule: AssignedRule): Strength {
  const { reference } = rule;
  const changes = rule.overrides
    .map((each) => ({ ...each, reach: reachOf(each.selectors, reference) }))
    .filter(({ reach }) => reach !== 'never');
  const effects = changes.filter(({ kind }) => kind.toLowerCase() === 'policyeffect');
  const others = changes.filter(({ kind }) => kind.toLowerCase() !== 'policyeffect');
  const unclear = others.map(({ kind }) => `An override changes its ${kind}, which is not understood here.`);
  const denies = (effect: string): boolean => effect.toLowerCase() === 'deny';
  const softened = effects.find(({ value }) => !denies(value));
  if (softened !== undefined) {
    const says = `An override makes its effect ${softened.value}.`;
    return { weak: [{ reason: 'overridden', says, todo: 'take its override away' }], unclear };
  }
  if (effects.some(({ reach }) => reach === 'always')) return { weak: [], unclear };
  if (rule.effect === undefined) {
    return { weak: [], unclear: [...unclear, 'Its effect is an expression that is not understood here.'] };
  }
  return {
    weak: denies(rule.effect)
      ? []
      : [{ reason: 'audited', says: `Its effect is ${rule.effect}.`, todo: 'set its parameter effect to Deny' }],
    unclear,
  };
}

function modeOf({ mode, enrolled }: AssignedRule): Strength['weak'] {
  const todo = 'set its enforcement mode to Default';
  switch (mode.toLowerCase()) {
    case 'default':
      return [];
    case 'enroll': {
      const says = `Its mode is Enroll: it refuses what is enrolled alone (enrollments: ${enrolled}).`;
      return [{ reason: 'enrolled-only', says, todo }];
    }
    default:
      return [{ reason: 'not-enforced', says: `Its enforcement mode is ${mode}.`, todo }];
  }
}

/** Places that the assignment leaves out, of those in the subscription. */
function narrowing(rule: AssignedRule, subscription: string): Strength {
  const inside = (scope: string): boolean =>
    scope === subscription.toLowerCase() || scope.startsWith(`${subscription.toLowerCase()}/`);
  const left = rule.notScopes.filter(inside);
  // Whether a management group is above the subscription, no list here says.
  const groups = rule.notScopes.filter((scope) => scope.startsWith('/providers/microsoft.management/'));
  const selected = reachOfAny(rule.resourceSelectors, rule.reference) !== 'always';
  const narrowed = (says: string, todo: string): Weakness => ({ reason: 'narrowed', says, todo });
  return {
    weak: [
      ...(left.length === 0 ? [] : [narrowed(`It leaves out ${left.join(', ')}.`, 'take its excluded scopes away')]),
      ...(selected
        ? [narrowed('Its resource selectors leave out container groups.', 'take its resource selectors away')]
        : []),
    ],
    unclear: groups.map((group) => `It leaves out ${group}, in which the subscription may be.`),
  };
}

/** One that no clock can read is not over. */
function isOver({ expiresOn }: AssignedRule['exemptions'][number], at: string): boolean {
  return expiresOn !== undefined && Date.parse(expiresOn) <= Date.parse(at);
}
