import '../../support/api/watch-answers.ts';
import { type Stack, type StackOptions, startStack } from '../../../local/stack.ts';
import { type CaseView, doDueWork, fetchReport, followCase, nearTheEnd } from '../../../local/telling/follow-case.ts';
import { type Administrator, administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Report } from '../../../src/report/report.ts';
import { thinOut } from '../../support/thin-out.ts';

/** Waits of milliseconds where production waits for minutes. */
const FAST = {
  RETRY_ATTEMPTS: '2',
  RETRY_DELAY_MS: '20',
  VERIFY_INTERVAL_MS: '50',
  VERIFY_DEADLINE_MS: '2000',
  GITHUB_POINTS_PER_MINUTE: '1000000',
  MAX_CASES_PER_HOUR: '1000',
  // At a full hour the sweep would open cases of its own beside the test's.
  LOCAL_TIMERS: 'by-hand',
};

export interface FastStack extends Stack {
  readonly administrator: Administrator;
}

export interface FastStackOptions extends StackOptions {
  /** All calls of the log's ninety days; default: the leaver's, and some of everybody's on each day (thin-out.ts). */
  readonly wholeLog?: boolean;
}

/** The whole stack with the story's own things and hardly anything else. */
export async function startFastStack({ wholeLog = false, ...options }: FastStackOptions = {}): Promise<FastStack> {
  const stack = await startStack({
    scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
    ...options,
    settings: { ...FAST, ...options.settings },
  });
  if (!wholeLog) thinOut(stack.states.logs, (caller) => caller === WORLD.leaver.oid);
  // Cases follow each other within seconds here: neither the app's pacing nor GitHub's own limit is what is tested.
  stack.states.github.limits.pointsPerMinute = Number(FAST.GITHUB_POINTS_PER_MINUTE);
  return { ...stack, administrator: administratorOf(stack.tenant.core, WORLD.operator.oid) };
}

/** Waits until the case is filed and its messages are told, and returns its report; a case that ended otherwise is an error with the app's words. */
export async function filedReport(
  stack: Pick<Stack, 'api' | 'logs' | 'tenant' | 'url'>,
  caseId: string,
): Promise<Report> {
  let last: CaseView | undefined;
  try {
    const keep = (view: CaseView): void => {
      last = view;
    };
    const { state } = await followCase(stack, caseId, keep, 180_000, () => nearTheEnd(stack, caseId));
    await doDueWork(stack);
    if (state === 'filed') return await fetchReport(stack, caseId);
    throw new Error(`case ${caseId} ended as ${state}`);
  } catch (error) {
    const calls = stack.tenant.calls.slice(-5).map(({ method, path, status }) => `${method} ${path} ${status}`);
    const said = stack.logs.slice(-20);
    throw new Error([String(error), JSON.stringify(last), ...calls, ...said].join('\n'), { cause: error });
  }
}
