import { app } from '@azure/functions';
import { type Config, config } from '../config.ts';
import { ensureDeadLetters } from '../connectors/storage/dead-letters.ts';
import { ensureContainers } from '../connectors/storage/evidence.ts';
import { ensureTables } from '../connectors/storage/tables.ts';

/**
 * Makes containers and tables before the first invocation. Where storage does not answer now, the app starts all
 * the same: whatever needs storage fails by itself, is delivered again, and says why.
 */
export function registerStorage(): void {
  app.hook.appStart(async () => {
    let settings: Config;
    try {
      settings = config();
    } catch (error) {
      // Said when the app starts, and again by whatever is called.
      console.error(error instanceof Error ? error.message : error);
      return;
    }
    await Promise.allSettled([ensureContainers(settings), ensureDeadLetters(settings), ensureTables(settings)]);
  });
}
