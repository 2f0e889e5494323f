import type { Clock } from '../engine/clock.ts';
import type { Store } from '../engine/storage/store.ts';
import { withSettings } from '../host-settings.ts';
import type { Invoke } from '../invoker.ts';
import type { Logger } from '../log.ts';
import { messageOf } from '../log.ts';
import type { RegisteredFunction } from '../registry.ts';
import { parseSchedule } from './ncrontab.ts';

export interface TimerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly log: Logger;
  readonly settings: Readonly<Record<string, string | undefined>>;
}

/** Stops the schedule and resolves when a run under way has ended. */
export type StopTrigger = () => Promise<void>;

/**
 * Runs a timer function on its schedule, never twice at a time. When it last ran is kept, so that an occurrence
 * missed while the host was down is made up for at once, once, with `isPastDue`. With `LOCAL_TIMERS=by-hand` it runs only
 * when it is asked to through `/admin/functions`.
 */
export function startTimer(target: RegisteredFunction, parts: TimerParts): StopTrigger {
  const { store, clock, invoke, log, settings } = parts;
  const expression = withSettings(String(target.trigger.schedule), settings);
  const schedule = parseSchedule(expression, settings.WEBSITE_TIME_ZONE);
  let cancel: (() => void) | undefined;
  let run: Promise<void> = Promise.resolve();
  let stopped = false;

  const execute = async (isPastDue: boolean): Promise<void> => {
    const began = clock.now();
    const known = store.schedule(target.name);
    const outcome = await invoke(target, {
      trigger: {
        json: JSON.stringify({
          Schedule: { AdjustForDST: true },
          ScheduleStatus: {
            Last: new Date(known?.last ?? 0).toISOString(),
            Next: new Date(schedule(began)).toISOString(),
            LastUpdated: new Date(known?.last ?? 0).toISOString(),
          },
          IsPastDue: isPastDue,
        }),
      },
    });
    if (!outcome.ok) log('error', `Function.${target.name}`, messageOf(outcome.error));
    arm(began);
  };

  const start = (isPastDue: boolean): void => {
    run = execute(isPastDue);
  };

  const arm = (last: number): void => {
    if (stopped) return;
    const next = schedule(clock.now());
    store.saveSchedule(target.name, last, next);
    cancel = clock.setTimer(next, () => start(false));
  };

  if (settings.LOCAL_TIMERS === 'by-hand') return async () => {};
  const known = store.schedule(target.name);
  const missed = target.trigger.useMonitor !== false && known !== undefined && known.next < clock.now();
  if (missed || target.trigger.runOnStartup === true) start(missed);
  else arm(known?.last ?? clock.now());

  return async () => {
    stopped = true;
    cancel?.();
    await run;
  };
}
