import { type DecisionPolicy, type DecisionRule, isAboutRisk } from '../cases/decisions/decision-policy.ts';

/** A rule of DECISION_POLICY in words that an operator need not look up. */
export interface RuleInWords extends DecisionRule {
  readonly detail: string;
}

export function policyInWords(policy: DecisionPolicy): RuleInWords[] {
  return policy.map((rule) => ({ ...rule, detail: detailOf(rule) }));
}

function detailOf(rule: DecisionRule): string {
  const which = isAboutRisk(rule) ? `Remedies that are ${rule.about}` : `Remedies of the kind ${rule.about}`;
  return rule.how === 'decision'
    ? `${which} wait for a person’s decision.`
    : `${which} are never carried out by the app: a person does them by hand.`;
}

/** The same as one sentence, for the headline; empty where the firm leaves it to what remedies declare. */
export function policyHeadline(policy: DecisionPolicy): string {
  if (policy.length === 0) return '';
  return ` DECISION_POLICY holds back more than remedies declare: ${policy.map(({ about, how }) => `${about}=${how}`).join(', ')}.`;
}
