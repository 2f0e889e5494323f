import { isAtMost } from '../../cases/outcome.ts';
import { type Doubt, defineCheck, type Found } from '../check.ts';
import { gatewayApps } from '../readings/gateway/gateway-apps.ts';
import { type JudgedLeaver, leavers } from '../readings/leavers.ts';
import { STEPS_TO_COMPLETE } from '../runs/filed-steps.ts';
import { LEDGER_DAYS } from '../runs/ledger.ts';

const HOUR_MS = 3_600_000;
/** How long after somebody left there may be no case. */
const CASE_WITHIN_MS = 24 * HOUR_MS;
/** How long a case may lack something before that counts. */
const LACKS_FOR_MS = 7 * 24 * HOUR_MS;

type Reason = 'no-case' | 'plan-only' | 'not-contained' | 'step-failed' | 'not-finished';
type Verdict = { readonly reason: Reason; readonly says: string } | { readonly doubt: string } | undefined;

/** Point 16. */
export const leaversOffboarded = defineCheck({
  id: 'leavers-offboarded',
  point: 16,
  title: 'Everybody who left was cut off, all steps',
  severity: 'critical',
  version: 1,
  modules: ['offboarding'],
  reads: { leavers, gatewayApps },
  reasons: {
    'no-case': 'Nobody offboarded them, a day after they left.',
    'plan-only': 'There is a plan, and nothing was cut.',
    'not-contained': 'The gateway does not refuse them.',
    'step-failed': 'A step of their case failed.',
    'not-finished': 'A step of their case is open for more than seven days.',
  },
  judge: ({ leavers: { daysKept, leavers: all }, gatewayApps: { apps } }, { at, settings }) => {
    const judged = all.filter(({ hadAccess }) => hadAccess);
    const verdicts = judged.map((leaver) => ({ leaver, verdict: verdictOf(leaver, Date.parse(at)) }));
    const findings = verdicts.flatMap(({ leaver, verdict }): Found<Reason>[] =>
      verdict === undefined || 'doubt' in verdict ? [] : [foundOf(leaver, verdict)],
    );
    const open = verdicts.flatMap(({ leaver, verdict }): Doubt[] =>
      verdict !== undefined && 'doubt' in verdict
        ? [{ reason: 'no-data', resource: leaver.oid, detail: verdict.doubt }]
        : [],
    );
    const young: Doubt[] =
      daysKept >= LEDGER_DAYS
        ? []
        : [
            {
              reason: 'no-data',
              resource: 'ledger',
              detail: `Who left and who could get in is known for ${daysKept} of ${LEDGER_DAYS} days.`,
            },
          ];
    const gateway = apps.find(({ appId }) => appId === settings.GATEWAY_APP_ID);
    const others = all.length - judged.length;
    const anybody: Doubt[] =
      gateway?.principal?.assignmentRequired === false && others > 0
        ? [
            {
              reason: 'no-data',
              resource: gateway.appId,
              detail: `${gateway.name} gives a token to whoever is in the tenant: of those who left, ${others} without an assignment could get in as well.`,
            },
          ]
        : [];
    return {
      findings,
      doubts: [...open, ...young, ...anybody],
      subjects: judged.length,
      evidence: judged.map(evidenceOf),
      shows: { leavers_with_access: judged.length, leavers: all.length, days_kept: daysKept },
    };
  },
});

function verdictOf(leaver: JudgedLeaver, now: number): Verdict {
  const since = now - Date.parse(leaver.leftAt);
  const cut = leaver.cases.filter(({ mode, state }) => mode === 'apply' && !['refused', 'cancelled'].includes(state));
  const last = cut.at(-1);
  if (last === undefined) {
    if (since < CASE_WITHIN_MS) return { doubt: 'They left less than a day ago, and have no case yet.' };
    const planned = leaver.cases.some(({ mode }) => mode === 'plan');
    return planned
      ? { reason: 'plan-only', says: 'They have a plan, and nothing was cut.' }
      : { reason: 'no-case', says: 'They left, and there is no case.' };
  }
  if (!last.contained) return { reason: 'not-contained', says: `Their case ${last.caseId} has not contained them.` };
  const failed = last.steps.filter(({ outcome }) => outcome === 'failed').map(({ step }) => step);
  if (last.state === 'failed' || failed.length > 0) {
    const what = failed.length === 0 ? 'failed' : `has steps that failed: ${failed.join(', ')}`;
    return { reason: 'step-failed', says: `Their case ${last.caseId} ${what}.` };
  }
  const told = new Set(last.steps.map(({ step }) => step));
  // A step of which the report says nothing, or whose report is not there, is not done.
  const lacking = [
    ...last.steps.filter(({ outcome }) => !isAtMost(outcome, 'residual')).map(({ step }) => step),
    ...STEPS_TO_COMPLETE.filter((step) => !told.has(step)),
  ];
  if (last.filedAt !== undefined && lacking.length === 0) return undefined;
  const what = last.filedAt === undefined ? 'is not filed yet' : `is open in ${lacking.join(', ')}`;
  const says = `Their case ${last.caseId} ${what}.`;
  return now - Date.parse(last.openedAt) > LACKS_FOR_MS ? { reason: 'not-finished', says } : { doubt: says };
}

function evidenceOf({ oid, leftAt, cases }: JudgedLeaver) {
  const last = cases.at(-1);
  return {
    resource: oid,
    call: 'cases',
    shows: {
      left: leftAt,
      cases: cases.map(({ caseId }) => caseId),
      ...(last === undefined ? {} : { steps: last.steps.map(({ step, outcome }) => `${step}: ${outcome}`) }),
    },
  };
}

function foundOf(
  leaver: JudgedLeaver,
  { reason, says }: { readonly reason: Reason; readonly says: string },
): Found<Reason> {
  const { oid } = leaver;
  return {
    reason,
    resource: oid,
    says: `${oid}: ${says}`,
    evidence: evidenceOf(leaver),
    remedy: REMEDIES[reason](oid),
  };
}

const open = (oid: string) => ({
  todo: 'Look whether this person left for good, and open a case that is carried out.',
  command: `offboard case open ${oid} --reason "Left without a case"`,
});
const look = (oid: string) => ({
  todo: 'Read the newest report, do what it says is next, and have it read again.',
  command: `offboard case list --search ${oid}`,
});
const REMEDIES: Readonly<Record<Reason, (oid: string) => { readonly todo: string; readonly command: string }>> = {
  'no-case': open,
  'plan-only': open,
  'not-contained': look,
  'step-failed': look,
  'not-finished': look,
};
