/** One condition of a flexible credential's `claimsMatchingExpression`. */
export interface Condition {
  /** The claim's name as GitHub issues it: `sub`, `job_workflow_ref`. */
  readonly claim: string;
  readonly operator: 'eq' | 'matches';
  readonly operand: string;
}

export type ParsedExpression =
  | { readonly ok: true; readonly conditions: readonly Condition[] }
  | { readonly ok: false; readonly at: number };

const CONDITION = /\s*claims\s*\[\s*(['"])([^'"]+)\1\s*\]\s*(eq|matches)\s*(?:'((?:[^']|'')*)'|"([^"]*)")\s*/iy;
const AND = /and\b/iy;

/**
 * Reads `claims['sub'] matches 'repo:contoso/*' and claims['job_workflow_ref'] eq '…'`. What does not fit this
 * grammar is an answer of its own: a condition that nobody understands must not count as harmless.
 * Grammar: learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export function parseExpression(text: string): ParsedExpression {
  const conditions: Condition[] = [];
  let at = 0;
  for (;;) {
    CONDITION.lastIndex = at;
    const match = CONDITION.exec(text);
    if (match === null) return { ok: false, at };
    const [, , claim = '', operator = '', single, double = ''] = match;
    conditions.push({
      claim: claim.toLowerCase(),
      operator: operator.toLowerCase() === 'eq' ? 'eq' : 'matches',
      operand: single?.replaceAll("''", "'") ?? double,
    });
    at = CONDITION.lastIndex;
    if (at === text.length) return { ok: true, conditions };
    AND.lastIndex = at;
    if (!AND.test(text)) return { ok: false, at };
    at = AND.lastIndex;
  }
}
