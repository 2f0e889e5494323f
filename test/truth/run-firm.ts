import { randomUUID } from 'node:crypto';
import type { Stack } from '../../local/stack.ts';
import { forgetPeople } from '../scenarios/support/forget-people.ts';
import { type Firm, itemsOf, MOVING, personOf } from './firm/firm.ts';
import { plant } from './firm/plant.ts';
import { type Judged, judge, lookBefore, type Violation } from './oracle/judge.ts';
import { judgeSweep } from './oracle/judge-sweep.ts';
import type { FiledReport } from './oracle/report.ts';
import { sameReport, settle } from './oracle/settled.ts';
import { sweepNow } from './sweep-now.ts';
import { reportOf } from './truth-stack.ts';

export interface FirmRun extends Judged {
  readonly report: FiledReport | undefined;
}

export interface RunOptions {
  /** Runs the case again over the same firm, planted anew, and compares the reports. */
  readonly twice?: boolean;
  /** Called once the tenant is planted, before the case is opened: for what happens in the middle of a case. */
  readonly meanwhile?: (stack: Stack) => () => void;
  /** The rows that this changes, which are nobody's deed but its own. */
  readonly moves?: RegExp;
}

/** Plants the firm, runs the leaver's case in mode apply through the API, and judges what is left. */
export async function runFirm(stack: Stack, firm: Firm, options: RunOptions = {}): Promise<FirmRun> {
  const first = await runOnce(stack, firm, options);
  if (options.twice !== true || first.report === undefined) return first;
  const second = await runOnce(stack, firm, options);
  const differing = second.report === undefined ? [] : sameReport(first.report, second.report);
  return { ...first, violations: [...first.violations, ...second.violations, ...differing] };
}

async function runOnce(stack: Stack, firm: Firm, { meanwhile, moves }: RunOptions): Promise<FirmRun> {
  const { states, tenant } = stack;
  // Each firm is a tenant of its own: what another one's lists showed says nothing of this one's.
  await forgetPeople(stack);
  const { secrets } = plant(states, firm, tenant.core.now());
  const before = lookBefore(firm, states);
  const undo = [meanwhile?.(stack), changesOf(stack, firm)];
  try {
    const { report, caseId, key } = await carriedOut(stack, firm);
    const judged = judge(firm, states, before, report, secrets);
    const again = await afterwards(stack, firm, { report, caseId, key });
    const moved = ({ kind, what }: Violation): boolean => kind === 'innocent-touched' && moves?.test(what) === true;
    return { ...judged, violations: [...judged.violations.filter((each) => !moved(each)), ...again], report };
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
    for (const end of undo) end?.();
    tenant.faults.clear();
  }
}

interface CarriedOut {
  readonly report: FiledReport;
  readonly caseId: string;
  /** The request's `Idempotency-Key`. */
  readonly key: string;
}

async function carriedOut(stack: Stack, firm: Firm): Promise<CarriedOut> {
  const key = randomUUID();
  const caseId = await idOf(await openCase(stack, firm, key));
  // Intake reads the directory before there is a case; what fails, fails while the case is discovered.
  for (const { vendor, path, status } of itemsOf(firm, 'refusal')) {
    const effect = { kind: 'answer', status, headers: JSON_BODY, body: '{"message":"refused"}' } as const;
    // A query of the log is a POST; so is a removal elsewhere, which is not what fails.
    const method = vendor === 'logs' ? 'POST' : 'GET';
    stack.tenant.faults.add({ vendor, method, path: new RegExp(path), effect });
  }
  if (firm.repeated === true) {
    const again = await idOf(await openCase(stack, firm, key));
    if (again !== caseId) throw new Error(`the same request opened ${caseId}, and then ${again}`);
  }
  return { report: (await reportOf(stack, caseId)) as FiledReport, caseId, key };
}

async function idOf(opened: Response): Promise<string> {
  const { caseId } = (await opened.json()) as { caseId?: string };
  if (caseId === undefined) throw new Error(`POST /api/cases answered ${opened.status}`);
  return caseId;
}

/** When the case is over its request arrives once more, and the sweep runs: neither changes anything. */
async function afterwards(stack: Stack, firm: Firm, { report, caseId, key }: CarriedOut): Promise<Violation[]> {
  const { states } = stack;
  const differs = settle({ states, report, caseId });
  const found: Violation[] = [];
  if (firm.repeated === true) {
    const again = await idOf(await openCase(stack, firm, key));
    const now = (await reportOf(stack, again)) as FiledReport;
    found.push(...differs('the request was delivered again', { states, report: now, caseId: again }));
  }
  if (firm.swept === true) {
    found.push(...judgeSweep(firm, states, await sweepNow(stack)));
    const now = (await reportOf(stack, caseId)) as FiledReport;
    found.push(...differs('the sweep ran', { states, report: now, caseId }));
  }
  return found;
}

/** What changes in the middle of a case: everything was read when the log is asked, and nothing was cut yet. */
function changesOf({ states, tenant }: Stack, firm: Firm): () => void {
  const corrected = itemsOf(firm, 'trust').filter((trust) => trust.corrected === true);
  const { behaviour, definitions } = states.devops;
  return tenant.server.onCall(({ vendor, path }) => {
    if (firm.habits.moving === true && vendor === 'devops' && path.includes('/build/definitions'))
      behaviour.betweenPages = () => void definitions.delete(String(MOVING));
    if (vendor !== 'logs' || !path.includes('query')) return;
    for (const { at, name } of corrected) {
      const row =
        at.type === 'identity'
          ? states.arm.identities
              .all()
              .find((identity) => identity.name === at.name)
              ?.credentials.get(name)
          : states.entra.federatedCredentials.all().find((each) => each.name === name);
      if (row !== undefined) Object.assign(row, at.type === 'identity' ? CORRECTED : CORRECTED_APPLICATION);
    }
    if (firm.leaving.returns === true) restore(states, personOf(firm, firm.leaver).oid);
  });
}

const CORRECTED = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:northwind-capital/gateway:ref:refs/heads/main',
  expression: undefined,
};
const CORRECTED_APPLICATION = { issuer: CORRECTED.issuer, subject: CORRECTED.subject, claimsMatchingExpression: null };

function restore({ entra }: Stack['states'], oid: string): void {
  const user = entra.deletedUsers.get(oid);
  if (user === undefined) return;
  entra.deletedUsers.delete(oid);
  const userPrincipalName = user.userPrincipalName.slice(oid.replaceAll('-', '').length);
  entra.users.add({ ...user, userPrincipalName, deletedDateTime: null });
}

const JSON_BODY = { 'content-type': 'application/json' };

/**
 * Opens the leaver's case as an operator does, who says of the person what they know, and nothing that is not so.
 *
 * @param key the request's `Idempotency-Key`: with the same one it is the same request
 */
export async function openCase(stack: Stack, firm: Firm, key: string = randomUUID()): Promise<Response> {
  const { oid, userPrincipalName } = personOf(firm, firm.leaver);
  const { state, daysAgo, said } = firm.leaving;
  const lastDay = new Date(stack.tenant.core.now().getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  const body = {
    oid,
    reason: `Seed ${firm.seed}`,
    mode: 'apply',
    // Of an account that was deleted for good nobody knows a name to compare with.
    ...(state === 'gone' ? { acceptUnknown: true } : { confirmUserPrincipalName: userPrincipalName }),
    ...(said === true ? { lastDay } : {}),
  };
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return stack.api('/api/cases', { method: 'POST', headers, body: JSON.stringify(body) });
}
