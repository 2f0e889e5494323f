import type { AlertRule, ProcessingRule } from '../readings/calls/alerts.ts';

/** Whether something is so, as far as what was read tells. */
export type Sureness = 'yes' | 'no' | 'unsure';

const DAY_MS = 86_400_000;

/**
 * Whether a processing rule takes the action groups of a rule’s alerts away, now or at another hour: by night is often
 * enough. Source: learn.microsoft.com/azure/azure-monitor/alerts/alerts-processing-rules
 */
export function removedBy(
  { scopes, conditions, until }: ProcessingRule,
  rule: AlertRule,
  workspace: string,
  at: string,
): Sureness {
  // Its end is in a zone of its own: a day later it is over everywhere.
  const ends = until === undefined ? Number.NaN : Date.parse(/[Zz]$/.test(until) ? until : `${until}Z`);
  if (ends + DAY_MS < Date.parse(at)) return 'no';
  const covers = (id: string): boolean => {
    const below = id.toLowerCase();
    return scopes.some((scope) => below === scope || below.startsWith(`${scope.replace(/\/$/, '')}/`));
  };
  // It looks at what an alert is about, which is the workspace; that a rule’s own place counts as well is not documented.
  const scope: Sureness = covers(workspace) ? 'yes' : covers(rule.id) ? 'unsure' : 'no';
  const all = [scope, ...conditions.map((condition) => holds(condition, rule, workspace))];
  if (all.includes('no')) return 'no';
  return all.includes('unsure') ? 'unsure' : 'yes';
}

/** What an alert of the rule has in each field; those that are left out are not known before there is one. */
function known(field: string, { id, name, displayName, severity }: AlertRule, workspace: string): readonly string[] {
  switch (field.toLowerCase()) {
    case 'alertruleid':
      return [id];
    case 'alertrulename':
      // Which of its two names is meant is not documented.
      return [name, ...(displayName === undefined ? [] : [displayName])];
    case 'severity':
      return severity === undefined ? [] : [`Sev${severity}`];
    case 'signaltype':
      return ['Log'];
    case 'targetresource':
      return [workspace];
    case 'targetresourcegroup':
      return [workspace.split('/')[4] ?? ''];
    default:
      return [];
  }
}

function holds(
  { field, operator, values }: ProcessingRule['conditions'][number],
  rule: AlertRule,
  workspace: string,
): Sureness {
  const has = known(field, rule, workspace).map((each) => each.toLowerCase());
  const wanted = values.map((each) => each.toLowerCase());
  if (has.length === 0 || wanted.length === 0) return 'unsure';
  const part = operator === 'Contains' || operator === 'DoesNotContain';
  const negative = operator === 'NotEquals' || operator === 'DoesNotContain';
  if (!part && !negative && operator !== 'Equals') return 'unsure';
  const matching = has.filter((each) => wanted.some((value) => (part ? each.includes(value) : each === value)));
  if (matching.length > 0 && matching.length < has.length) return 'unsure';
  return matching.length > 0 === negative ? 'no' : 'yes';
}
