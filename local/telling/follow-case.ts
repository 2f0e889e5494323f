import { setTimeout as delay } from 'node:timers/promises';
import type { CaseState } from '../../src/cases/case.ts';
import type { SourceProgress } from '../../src/cases/progress.ts';
import type { Report } from '../../src/report/report.ts';
import type { Stack } from '../stack.ts';
import { WORLD } from '../tenant/seeds/world.ts';
import type { ReportFile } from './keep-report.ts';

/** What `GET /api/cases/{id}` tells while a case runs. */
export interface CaseView {
  readonly caseId: string;
  readonly state: CaseState;
  readonly outcome?: string;
  readonly refusal?: string;
  readonly progress?: {
    readonly steps?: Readonly<Record<string, string>>;
    readonly sources?: readonly SourceProgress[];
    readonly ends?: string;
  };
}

const FINAL: readonly CaseState[] = ['filed', 'refused', 'failed'];

/** Deletes a person in the tenant as an administrator does in the portal; the tenant then tells its subscribers. */
export async function deleteUser({ tenant }: Pick<Stack, 'tenant'>, oid: string): Promise<void> {
  const token = await tenant.tokens.issue({
    audience: tenant.origin('graph'),
    oid: WORLD.operator.oid,
    clientId: 'admin-portal',
    upn: WORLD.operator.userPrincipalName,
    scopes: ['Directory.AccessAsUser.All'],
  });
  const answer = await fetch(`${tenant.origin('graph')}/v1.0/users/${oid}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  if (answer.status !== 204) throw new Error(`the tenant answered ${answer.status} to the deletion of ${oid}`);
}

/** However the host tells of the end of an orchestration. */
const ENDED = /"(Completed|Failed|Terminated)"|"level":"error"/;

/**
 * Waits until the app's log tells that the case's orchestration has ended, or for five seconds: whoever wants the end
 * alone need not keep the app busy with questions meanwhile, each of which reads all that a case has counted.
 */
export async function nearTheEnd({ logs }: Pick<Stack, 'logs'>, caseId: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  const ended = (line: string): boolean => line.includes(`"case-${caseId}"`) && ENDED.test(line);
  for (let seen = 0; Date.now() < deadline; ) {
    await delay(10);
    const lines = logs.slice(seen);
    seen += lines.length;
    if (lines.some(ended)) return;
  }
}

/**
 * Follows a case over the app's HTTP API until it is over, and waits for `pause` between two questions. Throws when it
 * is not over after `timeoutMs`.
 */
export async function followCase(
  { api }: Pick<Stack, 'api'>,
  caseId: string,
  onChange: (view: CaseView) => void = () => {},
  timeoutMs = 400_000,
  pause: () => Promise<void> = () => delay(100),
): Promise<CaseView> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await api(`/api/cases/${caseId}`).catch(() => undefined);
    if (answer?.ok) {
      const view = (await answer.json()) as CaseView;
      onChange(view);
      if (FINAL.includes(view.state)) return view;
    }
    if (Date.now() > deadline)
      throw new Error(`case ${caseId} is not over after ${timeoutMs / 1000} s (${answer?.status ?? 'no answer'})`);
    await pause();
  }
}

/** Has what is due done at once, where the app would do it within the minute: messages about a case are told so. */
export async function doDueWork({ url }: Pick<Stack, 'url'>): Promise<void> {
  const ran = await fetch(`${url()}/admin/functions/dueWork?wait=true`, { method: 'POST', body: '{}' });
  if (!ran.ok) throw new Error(`due work answered ${ran.status}`);
}

/** One of the report's files, as text. */
export async function fetchReportFile({ api }: Pick<Stack, 'api'>, caseId: string, name: ReportFile): Promise<string> {
  const answer = await api(`/api/cases/${caseId}/${name}`);
  if (!answer.ok) throw new Error(`GET /api/cases/${caseId}/${name} answered ${answer.status}`);
  return answer.text();
}

export async function fetchReport(stack: Pick<Stack, 'api'>, caseId: string): Promise<Report> {
  return JSON.parse(await fetchReportFile(stack, caseId, 'report.json')) as Report;
}
