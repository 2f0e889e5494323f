import { disableWorkflowOf, getWorkflow } from '../../src/connectors/github/workflows.ts';
import { actOn, readTarget } from './github-target.ts';
import type { RemedyHandler } from './handler.ts';

/** Ends a schedule that runs as the leaver. Gone means: whatever it is now, it is not active. */
export const disableWorkflow: RemedyHandler<'disable-workflow'> = {
  kind: 'disable-workflow',
  read: (config, call) =>
    readTarget(
      config,
      call.organisation,
      (client) => getWorkflow(client, call, call.workflowId),
      ({ id, name, path, state }) => (state === 'active' ? { id, name, path, state } : undefined),
    ),
  act: (config, call) => actOn(config, call.organisation, (client) => disableWorkflowOf(client, call, call.workflowId)),
};
