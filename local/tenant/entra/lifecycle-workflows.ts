import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../core/vendor.ts';
import { WORLD } from '../seeds/world.ts';
import { type GraphEnv, graphError, notFound } from './reply.ts';
import type { EntraState } from './state/state.ts';
import type { TaskProcessingResultRow } from './state/state-logs.ts';

const Resume = z.object({
  type: z.string(),
  source: z.string(),
  data: z.object({ operationStatus: z.enum(['Completed', 'Failed']) }),
});

const PATH =
  '/identityGovernance/lifecycleWorkflows/workflows/:workflow/tasks/:task/taskProcessingResults/:result/resume';

/** `taskProcessingResult: resume`, allowed to the application that the extension names and to whoever may write. */
export function registerLifecycleWorkflows(app: Hono<GraphEnv>, _core: TenantCore, state: EntraState): void {
  app.post(PATH, async (c) => {
    const token = c.get('token');
    const may = token.clientId === state.workflowResponder || token.roles.includes('LifecycleWorkflows.ReadWrite.All');
    if (!may) return graphError(c, 403, 'Authorization_RequestDenied', 'Insufficient privileges.');
    const { workflow, task, result } = c.req.param();
    const row = state.taskProcessingResults.get(result);
    if (row === undefined || row.workflowId !== workflow || row.taskId !== task) return notFound(c, result);
    const body = Resume.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success || row.processingStatus !== 'inProgress')
      return graphError(c, 400, 'BadRequest', 'The task processing result cannot be resumed.');
    row.processingStatus = body.data.data.operationStatus === 'Completed' ? 'completed' : 'failed';
    return c.body(null, 204);
  });
}

/**
 * Runs the task for a person as Entra does, and has the Logic App pass it on to an address with its own token.
 * @returns the run, and what the address answered
 */
export async function runWorkflowTask(
  core: TenantCore,
  state: EntraState,
  { url, subjectId, waits = true }: { readonly url: string; readonly subjectId: string; readonly waits?: boolean },
): Promise<{ readonly row: TaskProcessingResultRow; readonly response: Response }> {
  const { clientId, oid, workflowId, taskId } = WORLD.lifecycleWorkflows;
  const row = state.taskProcessingResults.add({
    ...{ id: randomUUID(), workflowId, taskId, subjectId },
    processingStatus: 'inProgress',
  });
  const token = await core.tokens.issue({ audience: WORLD.app.audience, oid, clientId });
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(payloadOf(core, state, row, waits)),
  });
  return { row, response };
}

/** As learn.microsoft.com/entra/id-governance/configure-logic-app-lifecycle-workflows shows it. */
export function payloadOf(
  core: TenantCore,
  state: EntraState,
  { id, workflowId, taskId, subjectId }: TaskProcessingResultRow,
  waits: boolean,
): object {
  const user = state.users.get(subjectId);
  const path = `/identityGovernance/lifecycleWorkflows/workflows/${workflowId}/tasks/${taskId}/taskProcessingResults/${id}/resume`;
  return {
    type: 'lifecycleEvent',
    source: `/tenants/${core.tenantId}/lifecycleWorkflows`,
    data: {
      ...(waits ? { callbackUriPath: path } : {}),
      subject: {
        id: subjectId,
        displayName: user?.displayName ?? null,
        email: user?.mail ?? null,
        userPrincipalName: user?.userPrincipalName ?? null,
        manager: null,
      },
      task: { id: taskId, displayName: 'Offboard from MCP servers' },
      taskProcessingResult: { id, createdDateTime: core.now().toISOString() },
      workflow: { id: workflowId, displayName: 'Offboard an employee', workflowVersion: 1 },
    },
  };
}
