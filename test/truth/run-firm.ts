import type { Stack } from '../../local/stack.ts';
import { type Firm, itemsOf, personOf } from './firm/firm.ts';
import { plant } from './firm/plant.ts';
import { type Judged, judge, lookBefore, sameReport, type Violation } from './oracle/judge.ts';
import type { FiledReport } from './oracle/report.ts';
import { reportOf } from './truth-stack.ts';

export interface FirmRun extends Judged {
  readonly report: FiledReport | undefined;
}

export interface RunOptions {
  /** Runs the case again over the same firm, planted anew, and compares the reports. */
  readonly twice?: boolean;
  /** Called once the tenant is planted, before the case is opened: for what happens in the middle of a case. */
  readonly meanwhile?: (stack: Stack) => () => void;
}

/** Plants the firm, runs the leaver's case in mode apply through the API, and judges what is left. */
export async function runFirm(stack: Stack, firm: Firm, options: RunOptions = {}): Promise<FirmRun> {
  const first = await runOnce(stack, firm, options);
  if (options.twice !== true || first.report === undefined) return first;
  const second = await runOnce(stack, firm, options);
  const differing = second.report === undefined ? [] : sameReport(first.report, second.report);
  return { ...first, violations: [...first.violations, ...second.violations, ...differing] };
}

async function runOnce(stack: Stack, firm: Firm, { meanwhile }: RunOptions): Promise<FirmRun> {
  const { states, tenant } = stack;
  const { secrets } = plant(states, firm, tenant.core.now());
  const before = lookBefore(firm, states);
  const undo = meanwhile?.(stack) ?? (() => {});
  try {
    const report = await carriedOut(stack, firm);
    return { ...judge(firm, states, before, report, secrets), report };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return {
      violations: [{ kind: 'broke', what } satisfies Violation],
      paths: [],
      living: [],
      touched: [],
      report: undefined,
    };
  } finally {
    undo();
    tenant.faults.clear();
  }
}

async function carriedOut(stack: Stack, firm: Firm): Promise<FiledReport> {
  const opened = await openCase(stack, firm);
  const { caseId } = (await opened.json()) as { caseId?: string };
  if (caseId === undefined) throw new Error(`POST /api/cases answered ${opened.status}`);
  // Intake reads the directory before there is a case; what fails, fails while the case is discovered.
  for (const { vendor, path, status } of itemsOf(firm, 'refusal')) {
    const effect = { kind: 'answer', status, headers: JSON_BODY, body: '{"message":"refused"}' } as const;
    // A query of the log is a POST; so is a removal elsewhere, which is not what fails.
    const method = vendor === 'logs' ? 'POST' : 'GET';
    stack.tenant.faults.add({ vendor, method, path: new RegExp(path), effect });
  }
  return (await reportOf(stack, caseId)) as FiledReport;
}

const JSON_BODY = { 'content-type': 'application/json' };

/** Opens the leaver's case as an operator does: with the UPN repeated, where the account still works. */
export async function openCase(stack: Stack, firm: Firm): Promise<Response> {
  const { oid, userPrincipalName } = personOf(firm, firm.leaver);
  const { state, daysAgo, said } = firm.leaving;
  const lastDay = new Date(stack.tenant.core.now().getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  const plain = {
    oid,
    reason: `Seed ${firm.seed}`,
    mode: 'apply',
    ...(state === 'gone' ? { acceptUnknown: true } : {}),
  };
  const full = { ...plain, confirmUserPrincipalName: userPrincipalName, ...(said === true ? { lastDay } : {}) };
  const headers = { 'content-type': 'application/json' };
  const post = (body: object) => stack.api('/api/cases', { method: 'POST', headers, body: JSON.stringify(body) });
  const opened = await post(full);
  // An API that knows no last day and no repeated UPN refuses both.
  return opened.ok ? opened : post(plain);
}
