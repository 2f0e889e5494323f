import type { Doubt, Found, Judged, Remedy } from '../check.ts';
import type { AssignedRule, SubscriptionPolicies } from '../readings/policies.ts';
import { type Strength, strengthOf, type Weak, type Weakness } from './weaknesses.ts';

/** What a point asks of Azure Policy, besides that the rule refuses. */
export interface PolicyPoint<More extends string> {
  readonly bears: AssignedRule['bears'][number];
  /** Name of the released policy. */
  readonly policy: string;
  /** Completes “Nothing in … refuses …”: `a server without an identity of its own`. */
  readonly refuses: string;
  /** What else is wrong with a rule that would refuse. */
  readonly more?: (rule: AssignedRule) => readonly Weakness<More>[];
}

/** Why nothing refuses, for the reasons of a check. */
export const WEAKNESSES = {
  missing: 'No such policy is assigned at the subscription or above it.',
  audited: 'The policy is assigned, and reports what it should refuse.',
  overridden: 'An override of the assignment takes its effect away.',
  'not-enforced': 'The assignment is not enforced.',
  'enrolled-only': 'The assignment is enforced for what is enrolled alone.',
  narrowed: 'The assignment leaves out places in which a server can run.',
  exempted: 'An exemption lets servers pass.',
} as const satisfies Readonly<Record<Weak | 'missing', string>>;

type Weighed<More extends string> = Omit<Strength, 'weak'> & {
  readonly rule: AssignedRule;
  readonly weak: readonly Weakness<Weak | More>[];
};

/**
 * Whether each subscription has an assignment that refuses; one is enough, since assignments add up. Where the list of
 * assignments is not whole, another one may: then nothing is said to be missing.
 */
export function judgePolicy<More extends string = never>(
  subscriptions: readonly SubscriptionPolicies[],
  at: string,
  point: PolicyPoint<More>,
): Judged<Weak | More | 'missing'> {
  const each = subscriptions.map((subscription) => judgeSubscription(subscription, at, point));
  return {
    findings: each.flatMap(({ findings }) => findings),
    doubts: each.flatMap(({ doubts }) => doubts),
    subjects: subscriptions.length,
    evidence: each.flatMap(({ evidence }) => evidence),
    shows: { subscriptions: subscriptions.length, refusing: each.filter(({ refuses }) => refuses).length },
  };
}

function judgeSubscription<More extends string>(
  subscription: SubscriptionPolicies,
  at: string,
  point: PolicyPoint<More>,
): Pick<Judged<Weak | More | 'missing'>, 'findings' | 'doubts' | 'evidence'> & { readonly refuses: boolean } {
  const { id, complete, unread } = subscription;
  const weighed = subscription.rules
    .filter(({ bears }) => bears.includes(point.bears))
    .map((rule): Weighed<More> => {
      const { weak, unclear } = strengthOf(rule, id, at);
      return { rule, unclear, weak: [...weak, ...(rule.released ? (point.more?.(rule) ?? []) : [])] };
    });
  const evidence = weighed.map(({ rule }) => evidenceOf(rule));
  const strong = weighed.filter(({ weak }) => weak.length === 0);
  if (strong.some(({ unclear }) => unclear.length === 0)) return { findings: [], doubts: [], evidence, refuses: true };
  const doubts = [
    ...strong.map(({ rule, unclear }) => doubt(rule.assignment, unclear.join(' '))),
    // Where a list is not whole, its gap says so already.
    ...(complete ? unread : []).map(({ assignment, definition }) =>
      doubt(
        assignment,
        `Its definition ${definition} is not among those that Azure lists for the subscription; of a management group, the assessor may need its role there.`,
      ),
    ),
  ];
  const [best] = weighed.toSorted((one, other) => one.weak.length - other.weak.length);
  const sure = complete && doubts.length === 0;
  return { findings: sure ? [findingOf(id, best, point)] : [], doubts, evidence, refuses: false };
}

function findingOf<More extends string>(
  subscription: string,
  best: Weighed<More> | undefined,
  { policy, refuses }: PolicyPoint<More>,
): Found<Weak | More | 'missing'> {
  const nothing = `Nothing in ${subscription} refuses ${refuses}`;
  const [first] = best?.weak ?? [];
  if (best === undefined || first === undefined) {
    return {
      reason: 'missing',
      resource: subscription,
      says: `${nothing}: the policy ${policy} is assigned neither there nor above.`,
      evidence: { resource: subscription, call: CALL },
      remedy: remedyOf(subscription, `Assign ${policy} to the subscription with the effect Deny.`),
    };
  }
  const { rule, weak } = best;
  return {
    reason: first.reason,
    resource: subscription,
    says: `${nothing}, although ${rule.assignment} is assigned: ${weak.map(({ says }) => says).join(' ')}`,
    evidence: evidenceOf(rule),
    remedy: remedyOf(
      subscription,
      `Change the assignment ${rule.assignment}: ${[...new Set(weak.map(({ todo }) => todo))].join('; ')}.`,
    ),
  };
}

const CALL = 'policyAssignments 2025-03-01';

function evidenceOf(rule: AssignedRule): Found['evidence'] {
  const { assignment, hash, mode, effect, approved, nonCompliant, definition } = rule;
  return {
    resource: assignment,
    call: CALL,
    hash,
    shows: {
      definition,
      mode,
      effect: effect ?? 'not understood',
      ...(approved === undefined ? {} : { approved_subnets: approved }),
      // Of the last scan; Azure does not tell it to everybody.
      ...(nonCompliant === undefined ? {} : { non_compliant: nonCompliant }),
    },
  };
}

function remedyOf(subscription: string, todo: string): Remedy {
  return {
    todo,
    link: 'https://portal.azure.com/#view/Microsoft_Azure_Policy/PolicyMenuBlade/~/Assignments',
    command: `az policy assignment list --disable-scope-strict-match --scope '${subscription}' --output table`,
  };
}

function doubt(resource: string, detail: string): Doubt {
  return { reason: 'unreadable', resource, detail };
}
