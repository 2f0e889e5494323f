import { app } from '@azure/functions';
import { type Config, config } from '../config.ts';
import { ensureStorage } from '../connectors/storage/base/ensure.ts';
import { withinDeadline } from '../deadline.ts';

/** The host waits for no longer: an app that starts late answers nobody, not even that storage is away. */
const START_MS = 5_000;

/**
 * Makes containers and tables before the first invocation. Where storage does not answer now, the app starts all
 * the same: whatever needs storage fails by itself, is delivered again, and says why; what is missing is made by a duty.
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
    try {
      await withinDeadline('making containers and tables', START_MS, () => ensureStorage(settings));
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  });
}
