import { app } from '@azure/functions';
import { config } from '../config.ts';
import { ensureDeadLetters } from '../connectors/storage/dead-letters.ts';
import { ensureContainers } from '../connectors/storage/evidence.ts';
import { ensureTables } from '../connectors/storage/tables.ts';

/**
 * Makes containers and tables before the first invocation. Where storage does not answer now, the app starts all
 * the same: whatever needs storage fails by itself, is delivered again, and says why.
 */
export function registerStorage(): void {
  app.hook.appStart(async () => {
    const settings = config();
    await Promise.allSettled([ensureContainers(settings), ensureDeadLetters(settings), ensureTables(settings)]);
  });
}
