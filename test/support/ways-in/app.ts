import * as df from 'durable-functions';
import { fileSweep } from '../../../activities/sweep/file-sweep.ts';
import { findOrphanedCredentials } from '../../../activities/sweep/find-orphaned-credentials.ts';
import { openSweptCases } from '../../../activities/sweep/open-swept-cases.ts';
import { startLeftOpenCases } from '../../../activities/sweep/start-left-open-cases.ts';
import { sweep } from '../../../orchestrations/sweep.ts';
import type { OffboardLeaverInput } from '../../../src/domain/case.ts';
import { registerActivity, registerOrchestration } from '../../../src/durable.ts';
import { registerTriggers } from '../../../src/triggers/index.ts';

// The doors and the sweep as they are; behind them a case that does nothing but show what it was given.
registerTriggers();
registerOrchestration(sweep);
registerActivity(fileSweep);
registerActivity(findOrphanedCredentials);
registerActivity(openSweptCases);
registerActivity(startLeftOpenCases);
df.app.orchestration('offboardLeaver', function* (context) {
  const { caseId, person } = context.df.getInput() as OffboardLeaverInput;
  context.df.setCustomStatus({ steps: { containment: 'done' } });
  yield context.df.waitForExternalEvent('never');
  return { caseId, state: person.state };
});
