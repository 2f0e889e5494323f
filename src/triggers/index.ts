import { registerConsole } from './console.ts';
import { registerDueWork } from './due-work.ts';
import { registerStorage } from './ensure-storage.ts';
import { registerEntraEvents } from './entra/entra-events.ts';
import { registerEntraSubscription } from './entra/entra-subscription.ts';
import { registerExposure } from './exposure.ts';
import { registerHrQueue } from './hr/hr-queue.ts';
import { registerHttpApi } from './http-api.ts';
import { registerIngestion } from './ingest-tool-calls.ts';
import { registerPosture } from './posture.ts';
import { registerSweep } from './sweep.ts';

/** Tells Functions about every trigger. */
export function registerTriggers(): void {
  registerConsole();
  registerStorage();
  registerEntraEvents();
  registerEntraSubscription();
  registerHrQueue();
  registerHttpApi();
  registerSweep();
  registerPosture();
  registerExposure();
  registerDueWork();
  registerIngestion();
}
