import * as z from 'zod';
import type { VendorResult } from '../result.ts';
import type { GraphSettings } from '../settings.ts';
import { askGraph } from './call/client.ts';

/** Which run of a task waits. */
export interface WaitingTask {
  readonly workflowId: string;
  readonly taskId: string;
  readonly taskProcessingResultId: string;
}

/**
 * Tells Entra how a task of a lifecycle workflow ended, so that the workflow goes on as it was designed to. The address
 * is made of three ids, as it is documented, and not of a path that came with the request: a callback leads to Graph
 * and to nothing else. The reader needs no permission where the custom task extension names it as the application that
 * may respond.
 * Source: learn.microsoft.com/graph/api/identitygovernance-taskprocessingresult-resume
 */
export async function resumeTask(
  settings: GraphSettings,
  { workflowId, taskId, taskProcessingResultId }: WaitingTask,
  operationStatus: 'Completed' | 'Failed',
): Promise<VendorResult<void>> {
  return askGraph(settings, {
    identity: 'reader',
    method: 'POST',
    path: `/identityGovernance/lifecycleWorkflows/workflows/${workflowId}/tasks/${taskId}/taskProcessingResults/${taskProcessingResultId}/resume`,
    body: { type: 'lifecycleEvent', source: 'mcp-offboarding', data: { operationStatus } },
    what: `resume the task ${taskId} of the lifecycle workflow ${workflowId}`,
    permission: 'LifecycleWorkflows.ReadWrite.All, or being the application that may respond',
    shape: z.undefined().transform(() => undefined),
  });
}
