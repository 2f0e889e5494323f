import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { text } from '../../shapes/primitives.ts';
import type { Finding } from '../finding.ts';
import type { RemedyId } from '../ids.ts';
import { type Remedy, RISKS } from '../remedies/remedy.ts';

/**
 * How a remedy is carried out where the firm is stricter than the remedy itself. `decision`: a person approves it first.
 * `by-hand`: the app never carries it out, also where somebody approves it. Nothing is less strict than what a remedy
 * declares: there is no word for that.
 */
export const STRICTER = ['decision', 'by-hand'] as const;
type Stricter = (typeof STRICTER)[number];

/** Each rule is about a risk (`safe`, `disruptive`) or about a kind of remedy; of several the strictest holds. */
export const DecisionPolicySchema = z.array(z.strictObject({ about: text, how: z.enum(STRICTER) }));
export type DecisionPolicy = Immutable<z.output<typeof DecisionPolicySchema>>;
export type DecisionRule = DecisionPolicy[number];

/** The rule that holds for a remedy; undefined where the firm leaves it to what the remedy declares. */
export function ruleFor(policy: DecisionPolicy, { risk, call }: Remedy): DecisionRule | undefined {
  const rules = policy.filter(({ about }) => about === risk || about === call.kind);
  return rules.toSorted((one, other) => STRICTER.indexOf(other.how) - STRICTER.indexOf(one.how))[0];
}

const STATUS = { decision: 'awaiting-decision', 'by-hand': 'manual-action' } as const satisfies Record<
  Stricter,
  string
>;

/**
 * The findings as the firm has their remedies carried out. What was cut before the rule was made stays what it is.
 *
 * @param cut remedies that were carried out already
 */
export function withPolicy(
  findings: readonly Finding[],
  policy: DecisionPolicy,
  cut: ReadonlySet<RemedyId> = new Set(),
): Finding[] {
  return findings.map((finding) => {
    const { remedy, status, reason } = finding;
    const rule = remedy && !cut.has(remedy.id) ? ruleFor(policy, remedy) : undefined;
    // What waits for a person anyway waits for the same one.
    if (remedy === undefined || rule === undefined || (rule.how === 'decision' && remedy.risk !== 'safe'))
      return finding;
    const open = status === 'planned' || status === 'awaiting-decision';
    return {
      ...finding,
      status: open ? STATUS[rule.how] : status,
      reason: `${reason} ${whyStricter(rule)}`,
      remedy: { ...remedy, risk: 'disruptive' },
    };
  });
}

function whyStricter({ about, how }: DecisionRule): string {
  const rule = `DECISION_POLICY says ${about}=${how}`;
  return how === 'decision'
    ? `${rule}: a person decides before it is carried out.`
    : `${rule}: the app never carries it out, and a person does it by hand.`;
}

/** Whether a rule is about a risk, and not about a kind. */
export function isAboutRisk({ about }: DecisionRule): boolean {
  return RISKS.some((risk) => risk === about);
}
