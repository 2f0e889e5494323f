import * as z from 'zod';
import { type DecisionPolicy, type DecisionRule, STRICTER } from './cases/decisions/decision-policy.ts';
import { RISKS } from './cases/remedies/remedy.ts';
import { REMEDY_KINDS } from './steps/remedy-kinds.ts';

/** What DECISION_POLICY can name, and how each can be carried out. */
export const DECIDABLE: readonly string[] = [...RISKS, ...REMEDY_KINDS];

/**
 * `safe=decision,delete-variable=by-hand`: what waits for a person, or is left to one, beyond what remedies declare.
 * A name that nothing has is a fault: a rule that is mistyped would hold nothing back.
 */
export const DecisionPolicySetting = z
  .string()
  .default('')
  .transform(
    (text, context): DecisionPolicy =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .flatMap((part) => {
          const rule = ruleOf(part);
          if (typeof rule !== 'string') return [rule];
          context.addIssue(`${part} ${rule}`);
          return [];
        }),
  );

/** The rule, or what is wrong with it. */
function ruleOf(part: string): DecisionRule | string {
  const [about = '', said, ...more] = part.split('=');
  const how = STRICTER.find((each) => each === said);
  if (how === undefined || more.length > 0) return `is not <what>=${STRICTER.join(' or =')}`;
  return DECIDABLE.includes(about) ? { about, how } : `names no risk and no kind of remedy: ${DECIDABLE.join(', ')}`;
}
