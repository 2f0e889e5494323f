import { registerCasesApi } from './cases-api.ts';
import { registerDeniedApi } from './denied-api.ts';
import { registerDueWork } from './due-work.ts';
import { registerStorage } from './ensure-storage.ts';
import { registerEntraEvents } from './entra-events.ts';
import { registerEntraSubscription } from './entra-subscription.ts';
import { registerHeldApi } from './held-api.ts';
import { registerHrQueue } from './hr-queue.ts';
import { registerIngestion } from './ingest-tool-calls.ts';
import { registerLifecycleWorkflows } from './lifecycle-workflows.ts';
import { registerPauseApi } from './pause-api.ts';
import { registerSweep } from './sweep.ts';

/** Tells Functions about every trigger. */
export function registerTriggers(): void {
  registerStorage();
  registerEntraEvents();
  registerEntraSubscription();
  registerHrQueue();
  registerLifecycleWorkflows();
  registerCasesApi();
  registerDeniedApi();
  registerHeldApi();
  registerPauseApi();
  registerSweep();
  registerDueWork();
  registerIngestion();
}
