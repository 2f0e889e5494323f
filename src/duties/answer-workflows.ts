import type { CaseRow } from '../cases/case.ts';
import type { WorkflowTask } from '../cases/workflow-task.ts';
import { mapBounded } from '../connectors/map-bounded.ts';
import type { Vendors } from '../connectors/vendors.ts';
import type { Log } from '../log.ts';
import type { Duty } from './duty.ts';

const AT_ONCE = 4;
/** What one round answers; the rest comes a minute later. */
const SLICE = 100;
/** One call, and the time that it may take. */
const CLAIM_MS = 5 * 60_000;
/** An extension waits for three hours at most; what could not be told for so much longer is told to nobody. */
const GIVE_UP_MS = 24 * 3_600_000;

/** Tells Entra how the cases ended that its lifecycle workflows wait for, again and again until it was told. */
export const answerWorkflows: Duty = {
  name: 'answer lifecycle workflows',
  run: async ({ vendors, log, now }) => {
    const { tasks, unreadable } = await vendors.storage.listWorkflowTasks();
    if (unreadable.length > 0)
      log.error('tasks of lifecycle workflows cannot be read', { code: 'row-unreadable', first: unreadable[0] });
    const due: { readonly task: WorkflowTask; readonly status: Status }[] = [];
    for (const task of tasks) {
      if (due.length === SLICE) break;
      const status = await statusOf(vendors, task);
      if (status !== undefined) due.push({ task, status });
    }
    const told = await mapBounded(due, AT_ONCE, ({ task, status }) => tell(vendors, task, status, log, now));
    return told.filter(Boolean).length;
  },
};

type Status = 'Completed' | 'Failed';

/** Undefined while the case goes on. */
async function statusOf(vendors: Pick<Vendors, 'storage'>, { caseId }: WorkflowTask): Promise<Status | undefined> {
  if (caseId === undefined) return 'Failed';
  const stored = await vendors.storage.getCase(caseId);
  return stored === undefined ? 'Failed' : workflowStatusOf(stored.row);
}

/**
 * How a task ended whose case is this one. It is completed where everything that could be cut is gone: a plan cut
 * nothing, and an outcome that leaves something open, or unread, is no completion. Undefined while the case goes on.
 */
export function workflowStatusOf({
  state,
  mode,
  outcome,
}: Pick<CaseRow, 'state' | 'mode' | 'outcome'>): Status | undefined {
  if (state === 'failed' || state === 'refused' || state === 'cancelled') return 'Failed';
  if (state !== 'filed') return undefined;
  return mode === 'apply' && (outcome === 'clear' || outcome === 'residual') ? 'Completed' : 'Failed';
}

/** @returns whether Entra knows now */
async function tell(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  task: WorkflowTask,
  status: Status,
  log: Log,
  now: () => Date,
): Promise<boolean> {
  const { taskProcessingResultId, caseId } = task;
  const about = { taskProcessingResultId, workflowId: task.workflowId, status, ...(caseId && { caseId }) };
  // The clock and not an instant: whoever waits for another’s claim has to see it run out.
  const once = { name: `workflows/${taskProcessingResultId}`, claimMs: CLAIM_MS, now };
  const answer = await vendors.storage.doOnce<{ readonly status: Status }>(once, async () => {
    const resumed = await vendors.graph.resumeTask(task, status);
    return resumed.ok ? { ...resumed, value: { status } } : resumed;
  });
  const isOver = !answer.ok && ['not-found', 'refused'].includes(answer.failure.kind);
  const isLate = now().getTime() - Date.parse(task.askedAt) > GIVE_UP_MS;
  if (answer.ok) log.info('a lifecycle workflow was answered', about);
  else if (isOver || isLate)
    log.error('a lifecycle workflow waits no more for its answer', {
      code: 'workflow-unanswered',
      ...about,
      ...answer.failure,
    });
  else log.warn('a lifecycle workflow could not be answered yet', { ...about, ...answer.failure });
  if (answer.ok || isOver || isLate) await vendors.storage.removeWorkflowTask(taskProcessingResultId);
  return answer.ok;
}
