import type { Case } from '../calling/client.ts';
import { oneLine } from '../terminal/table.ts';
import { PROGRAM } from '../usage.ts';
import { containment, standing, whoOf } from './cases.ts';
import { type Finding, type Findings, waiting } from './findings.ts';

/** Findings that are named one by one, the worst first. */
const MOST = 10;

/** A case for a person: what happened, what waits for somebody, and what is next. */
export function describeCase(row: Case, findings: Findings | undefined): string {
  const part = (head: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', head, ...lines.map((line) => `  ${oneLine(line)}`)];
  return [
    `${row.caseId}  ${oneLine([...whoOf(row), standing(row)].join(': '))}`,
    ...part('What happened', happened(row, findings)),
    ...part('What waits', whatWaits(row, findings)),
    ...part('What is next', next(row, findings)),
    '',
  ].join('\n');
}

function happened(row: Case, findings: Findings | undefined): string[] {
  const { mode, trigger, requestedBy, requestedAt, reason, merged, attempts = [], because } = row;
  const { decisions = [], revisions = [], filedAt } = row;
  return [
    `${requestedAt}  asked for by ${requestedBy} (${trigger}, ${mode}): ${reason}`,
    ...merged.map(
      (each) => `${each.requestedAt}  asked for again by ${each.requestedBy} (${each.trigger}): ${each.reason}`,
    ),
    ...containment(row),
    ...attempts.map(({ endedAt, why }) => `${endedAt}  an attempt ended without a report: ${why}`),
    ...revisions.map((each, at) => `${each.filedAt}  report ${at + 1} was filed: ${each.outcome}`),
    ...decisions.map(({ at, by, emergency }) => `${at}  ${by} decided${emergency === true ? ', in an emergency' : ''}`),
    ...(because === undefined ? [] : [`read again because of: ${because}`]),
    ...(row.state === 'filed' && filedAt !== undefined
      ? [
          `${filedAt}  ${revisions.length === 0 ? 'the report' : `revision ${revisions.length + 1}`} was filed: ${row.outcome ?? ''}`,
        ]
      : []),
    ...(findings === undefined ? [] : [`findings: ${counts(findings.findings)}`]),
  ];
}

function counts(findings: readonly Finding[]): string {
  const by = Map.groupBy(findings, ({ status }) => status);
  return [...by].map(([status, all]) => `${all.length} ${status}`).join(', ') || 'none';
}

/** Statuses with which somebody has to do something outside of the app. */
const BY_HAND: readonly Finding['status'][] = ['manual-action', 'needs-code-change', 'could-not-check', 'failed'];

const SEVERITIES: readonly Finding['severity'][] = ['critical', 'high', 'medium', 'low', 'info'];

function bySeverity(one: Finding, other: Finding): number {
  return SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity);
}

function whatWaits(row: Case, findings: Findings | undefined): string[] {
  const open = findings === undefined ? [] : waiting(findings);
  const byHand = (findings?.findings ?? []).filter(({ status }) => BY_HAND.includes(status));
  const named = [...open, ...byHand].toSorted(bySeverity).slice(0, MOST);
  const rest = open.length + byHand.length - named.length;
  return [
    ...(row.onHold === undefined || row.state !== 'open' ? [] : [row.onHold]),
    ...named.map(({ id, status, severity, title }) => `${id}  ${status}, ${severity}: ${title}`),
    ...(rest === 0 ? [] : [`and ${rest} more: ${PROGRAM} case findings ${row.caseId}`]),
    ...(row.readAgainAt === undefined
      ? []
      : [`it is read again at ${row.readAgainAt}, because a vendor did not answer`]),
    ...(row.notReadAgain === undefined ? [] : [`it is not read again by itself: ${row.notReadAgain}`]),
    ...(row.attemptAt === undefined ? [] : [`the next attempt begins at ${row.attemptAt}`]),
  ];
}

function next({ caseId, oid, mode, state, onHold, report }: Case, findings: Findings | undefined): string[] {
  const about = (verb: string, options = ''): string => `${PROGRAM} case ${verb} ${caseId}${options}`;
  if (state === 'scheduled')
    return [
      about('start', ' --reason …'),
      about('reschedule', ' --last-day … --reason …'),
      about('cancel', ' --reason …'),
    ];
  if (state === 'open' && onHold !== undefined)
    return [`${PROGRAM} case release-held --reason …   (all that are on hold)`];
  if (state === 'open' || state === 'running') return [about('watch')];
  if (report === undefined) return [];
  if (mode === 'plan')
    return [
      `${PROGRAM} case open ${oid} --confirm-upn … --reason …   (a plan cuts nothing: nobody decides about it)`,
      about('report'),
    ];
  const decide = findings !== undefined && waiting(findings).length > 0;
  return [...(decide ? [`${about('decide')}   (somebody with the role Offboarding.Approve)`] : []), about('report')];
}
