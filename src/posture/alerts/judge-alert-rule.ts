import type { Doubt, Evidence, Found } from '../check.ts';
import type { ActionGroup, AlertFacts, AlertRule, Hit } from '../readings/calls/alerts.ts';
import { type JudgedHits, judgeHits } from './alert-hits.ts';
import { removedBy, type Sureness } from './processing-rules.ts';
import { weakerThanReleased } from './rule-limits.ts';
import type { Detection } from './rule-text.ts';

/** Why a detection tells nobody, or not enough; the same for each of the three. */
export const ALERT_REASONS = {
  'rule-missing': 'No alert rule over the audit log has the released text, so nobody is told.',
  'rule-disabled': 'The rule is there and switched off.',
  'rule-elsewhere': 'The rule asks something else than the workspace of the audit log.',
  'limits-weaker': 'A limit in front of the rule’s text lets more pass than the released one.',
  'rule-narrowed': 'The rule reports less than its text finds.',
  'told-together': 'The rule does not split its alerts, so that while one is open nothing further is told.',
  'rule-muted': 'After an alert the rule is silent for a while.',
  'no-receiver': 'The rule tells no action group that is on and has a receiver.',
  'actions-removed': 'An alert processing rule takes the action groups away, be it for some hours.',
  'hit-without-alert': 'What the rule’s own text finds in the log was never told.',
  'alert-suppressed': 'An alert was raised, and a processing rule kept it from everybody.',
} as const;
export type AlertReason = keyof typeof ALERT_REASONS;

/** By what alerts must be told apart for a second caller to be told of while the first one’s is open. */
const SPLITS: Readonly<Record<Detection, readonly string[]>> = {
  'file-system-volume': ['caller', 'hour'],
  'out-of-hours-writes': ['caller', 'night'],
  'repeated-403': ['caller', 'server', 'since'],
};

/** What is wrong with one rule, what nobody can say of it, and what it found and told. */
export interface JudgedRule {
  readonly rule: AlertRule;
  readonly findings: readonly Found<AlertReason>[];
  readonly doubts: readonly Doubt[];
  readonly hits?: JudgedHits;
}

/** Judges a rule that has the released text. */
export function judgeAlertRule(rule: AlertRule, detection: Detection, facts: AlertFacts, at: string): JudgedRule {
  const hits = rule.hits === undefined ? undefined : judgeHits(rule.hits, rule.alerts.list, at);
  const parts = [ofItself(rule, detection, facts), ofReceivers(rule, facts), ofProcessing(rule, facts, at)];
  if (hits !== undefined) parts.push(ofHits(rule, hits));
  return {
    rule,
    findings: parts.flatMap(({ findings }) => findings),
    doubts: parts.flatMap(({ doubts }) => doubts),
    ...(hits === undefined ? {} : { hits }),
  };
}

interface Part {
  readonly findings: readonly Found<AlertReason>[];
  readonly doubts: readonly Doubt[];
}

const APPLY = 'Apply infra/modules/audit again, which makes the rule as it is released.';

function ofItself(rule: AlertRule, detection: Detection, { workspace, timeZone }: AlertFacts): Part {
  const weaker = weakerThanReleased(detection, rule.values, timeZone);
  const unsplit = SPLITS[detection].filter((name) => !rule.splitsBy.includes(name));
  const findings: Found<AlertReason>[] = [];
  const say = (wrong: boolean, reason: AlertReason, says: string, todo = APPLY): void => {
    if (wrong)
      findings.push({ reason, resource: rule.id, says, evidence: evidenceOf(rule), remedy: remedy(rule, todo) });
  };
  say(!rule.enabled, 'rule-disabled', `${rule.name} is switched off.`, `Switch the rule on (alerts_enabled). ${APPLY}`);
  say(!rule.onWorkspace, 'rule-elsewhere', `${rule.name} does not ask the workspace ${nameOf(workspace)} alone.`);
  say(weaker.length > 0, 'limits-weaker', `Of ${rule.name}, ${weaker.join('; ')}.`);
  say(rule.narrowed.length > 0, 'rule-narrowed', `Of ${rule.name}: ${rule.narrowed.join('; ')}.`);
  say(unsplit.length > 0, 'told-together', `${rule.name} does not split its alerts by ${unsplit.join(', ')}.`);
  say(rule.muted, 'rule-muted', `${rule.name} mutes its actions after an alert.`);
  return { findings, doubts: [] };
}

/** Whether somebody is told at all of what a rule raises. */
export function isReceived(rule: AlertRule, facts: AlertFacts): Sureness {
  const { findings, doubts } = ofReceivers(rule, facts);
  return findings.length > 0 ? 'no' : doubts.length > 0 ? 'unsure' : 'yes';
}

function ofReceivers(rule: AlertRule, { groups }: AlertFacts): Part {
  const known = (id: string): ActionGroup | undefined => groups.list.find((group) => group.id.toLowerCase() === id);
  const on = rule.groups.flatMap((id) => known(id) ?? []).filter(({ enabled }) => enabled);
  if (on.some(({ receivers }) => receivers > 0)) return { findings: [], doubts: [] };
  const unread = rule.groups.filter((id) => known(id) === undefined);
  if (unread.length > 0) {
    // Of a list that was not read whole, the gap says so.
    const detail = `${rule.name} tells ${unread.map(nameOf).join(', ')}, which is in none of SUBSCRIPTION_IDS.`;
    return { findings: [], doubts: groups.complete ? [{ reason: 'unreadable', resource: rule.id, detail }] : [] };
  }
  if (on.some(({ unsure }) => unsure > 0)) {
    const detail = `Azure does not say of a receiver of ${rule.name} whether it is told.`;
    return { findings: [], doubts: [{ reason: 'unreadable', resource: rule.id, detail }] };
  }
  const says = `${rule.name} tells nobody: ${rule.groups.length === 0 ? 'it has no action group' : `${rule.groups.map(nameOf).join(', ')} is off, or without a receiver that is on`}.`;
  const todo = 'Name a receiver (alert_email_receivers) or an action group (additional_action_group_ids), and apply.';
  const found = { reason: 'no-receiver', resource: rule.id, says } as const;
  return { findings: [{ ...found, evidence: evidenceOf(rule), remedy: remedy(rule, todo) }], doubts: [] };
}

function ofProcessing(rule: AlertRule, { processing, workspace }: AlertFacts, at: string): Part {
  const judged = processing.list.map((each) => ({ each, removes: removedBy(each, rule, workspace, at) }));
  return {
    findings: judged.flatMap(({ each, removes }): Found<AlertReason>[] => {
      if (removes !== 'yes') return [];
      return [
        {
          reason: 'actions-removed',
          resource: each.id,
          says: `The alert processing rule ${each.name} takes the action groups of ${rule.name} away.`,
          evidence: { resource: each.id, call: 'actionRules 2021-08-08', shows: { scopes: each.scopes } },
          remedy: remedy(each, 'Leave the rule out by a condition of the processing rule, or remove that.'),
        },
      ];
    }),
    doubts: judged.flatMap(({ each, removes }): Doubt[] => {
      if (removes !== 'unsure') return [];
      const detail = `Whether the alert processing rule ${each.name} takes the action groups of ${rule.name} away is not understood.`;
      return [{ reason: 'unreadable', resource: each.id, detail }];
    }),
  };
}

function ofHits(rule: AlertRule, { untold, suppressed, unsure }: JudgedHits): Part {
  const { changedAt } = rule;
  // Whoever changed the rule since may have changed its text: what it was then nobody can say.
  const isBefore = ({ due }: Hit): boolean => changedAt !== undefined && due < changedAt;
  const missed = rule.alerts.complete ? untold.filter((each) => !isBefore(each)) : [];
  const hit = ({ caller, server, when }: Hit): string =>
    [caller, server, when].filter((each) => each !== undefined).join(' ');
  const found = (reason: AlertReason, what: string, says: string, todo: string): Found<AlertReason> => ({
    reason,
    resource: `${rule.id}/hits/${what}`,
    says,
    evidence: evidenceOf(rule),
    remedy: remedy(rule, todo),
  });
  const todo = `Look at what happened at that time, and find out why ${rule.name} did not fire: its history in the portal says when it failed.`;
  const doubt = (count: number, reason: Doubt['reason'], detail: string): Doubt[] =>
    count === 0 ? [] : [{ reason, resource: rule.id, detail }];
  return {
    findings: [
      ...missed.map((each) => {
        const says = `${rule.name} finds ${hit(each)} in the log, and raised no alert for it.`;
        return found('hit-without-alert', hit(each), says, todo);
      }),
      ...suppressed.map(({ hit: each, alert }) => {
        const says = `The alert of ${rule.name} for ${hit(each)} was raised, and its action groups were taken away.`;
        return found('alert-suppressed', hit(each), `${says} It is ${nameOf(alert.id)}.`, todo);
      }),
    ],
    doubts: [
      ...doubt(
        untold.filter(isBefore).length,
        'no-data',
        `${rule.name} was changed at ${changedAt}; what it found before was not told, and may have been found by another text.`,
      ),
      ...doubt(
        unsure.length,
        'unreadable',
        `Alerts of ${rule.name} do not say of whom they are, or whether they told anybody.`,
      ),
    ],
  };
}

/** What a rule was read as. */
export function evidenceOf({ id, hash }: AlertRule): Evidence {
  return { resource: id, call: 'scheduledQueryRules 2023-12-01', hash };
}

function remedy({ id }: { readonly id: string }, todo: string): Found['remedy'] {
  return { todo, link: `https://portal.azure.com/#@/resource${id}` };
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
