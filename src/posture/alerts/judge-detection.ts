import type { Doubt, Found, Judged, Shown } from '../check.ts';
import type { AlertFacts, AlertRule } from '../readings/calls/alerts.ts';
import { type AlertReason, evidenceOf, type JudgedRule, judgeAlertRule } from './judge-alert-rule.ts';
import type { Detection } from './rule-text.ts';

/** What a check wants to be told of: a detection, or one category of what it finds. */
export interface WantedAlert {
  readonly detection: Detection;
  /** Of refusals: those of what is ordinary, and of what administers or hands out secrets. */
  readonly category?: string;
}

/**
 * Judges whether somebody is told. Of several rules for the same one is enough, so that what is wrong with a copy is no
 * failure; where none does, the best of them says why.
 */
export function judgeDetection(wanted: readonly WantedAlert[], facts: AlertFacts, at: string): Judged<AlertReason> {
  const judged = wanted.map((each) => judgeOne(each, facts, at));
  const rules = judged.flatMap(({ best }) => (best === undefined ? [] : [best]));
  return {
    findings: unique(judged.flatMap(({ findings }) => findings)),
    doubts: judged.flatMap(({ doubts }) => doubts),
    subjects: wanted.length,
    evidence: rules.map(({ rule }) => evidenceOf(rule)),
    shows: shownOf(rules),
  };
}

interface JudgedOne {
  readonly findings: readonly Found<AlertReason>[];
  readonly doubts: readonly Doubt[];
  readonly best?: JudgedRule;
}

function judgeOne({ detection, category }: WantedAlert, facts: AlertFacts, at: string): JudgedOne {
  const rules = facts.rules.list.filter(
    (rule) => rule.detection === detection && (category === undefined || listed(rule.values.categories, category)),
  );
  const [best] = rules
    .map((rule) => judgeAlertRule(rule, detection, facts, at))
    .toSorted((one, other) => badness(one) - badness(other));
  if (best !== undefined) return { ...best, best };
  const what = category === undefined ? detection : `${detection} (${category})`;
  const strangers = facts.rules.list.filter(isStranger);
  if (strangers.length > 0) {
    const names = strangers.map(({ name }) => name).join(', ');
    const detail = `No rule has the released text of ${what}; ${names} ${strangers.length === 1 ? 'has' : 'have'} another text, which a person has to compare.`;
    return { findings: [], doubts: [{ reason: 'unreadable', resource: `${facts.workspace}/${what}`, detail }] };
  }
  // Of half a list nobody knows what is missing.
  if (!facts.rules.complete) return { findings: [], doubts: [] };
  const resource = `${facts.workspace}/detections/${what}`;
  return {
    findings: [
      {
        reason: 'rule-missing',
        resource,
        says: `No alert rule over the audit log is the released ${what}.`,
        evidence: { resource: facts.workspace, call: 'scheduledQueryRules 2023-12-01' },
        remedy: { todo: 'Apply infra/modules/audit, which makes the rule.' },
      },
    ],
    doubts: [],
  };
}

/** A failure weighs more than any doubt. */
function badness({ findings, doubts, hits }: JudgedRule): number {
  return findings.length * 1_000 + doubts.length * 10 + (hits === undefined ? 1 : 0);
}

/** A rule over the audit log whose text nobody released: it may be meant for this, and nobody can say. */
function isStranger({ enabled, otherText }: AlertRule): boolean {
  return enabled && otherText;
}

function listed(value: AlertRule['values'][string] | undefined, category: string): boolean {
  return Array.isArray(value) && value.includes(category);
}

/** A processing rule that hits two rules of a check is one failure. */
function unique(findings: readonly Found<AlertReason>[]): Found<AlertReason>[] {
  return [...new Map(findings.map((each) => [each.resource.toLowerCase() + each.reason, each])).values()];
}

const MOST_SHOWN = 20;

function shownOf(rules: readonly JudgedRule[]): Shown {
  const told = rules.flatMap(({ hits }) => hits?.told ?? []);
  const found = rules.reduce((sum, { rule }) => sum + (rule.hits?.length ?? 0), 0);
  return {
    rules: rules.map(({ rule }) => rule.name),
    rule_hash: rules.map(({ rule }) => rule.hash),
    expected_callers: rules.reduce((sum, { rule }) => sum + Number(rule.values.expected ?? 0), 0),
    hits: found,
    not_yet_due: rules.reduce((sum, { hits }) => sum + (hits?.passedOver ?? 0), 0),
    alerts: told.slice(0, MOST_SHOWN).map(({ id }) => id),
    ...(found === 0 && rules.length > 0 ? { tried: 'not tried: see canary' } : {}),
  };
}
