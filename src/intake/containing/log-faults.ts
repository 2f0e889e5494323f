import type { DeniedFault } from '../../connectors/denied/project.ts';
import { ERRORS } from '../../errors.ts';
import type { Log } from '../../log.ts';

/**
 * Says in the log what is wrong with the table of the denied or the list. An error alerts. That room becomes scarce is a
 * warning, because there is time, and an error where the caller says so, once an hour: nobody is alerted to warnings.
 */
export function logFaults(log: Log, faults: readonly DeniedFault[], alertScarce = false): void {
  for (const { code, message } of faults) {
    const say = code === 'deny-list-nearly-full' && !alertScarce ? log.warn : log.error;
    say(ERRORS[code].title, { code, message, todo: ERRORS[code].todo });
  }
}
