import * as z from 'zod';
import { defineStarter } from '../../src/durable/activity.ts';
import { startOpenCase } from '../../src/intake/open-case.ts';
import { startCaseWith } from '../../src/intake/start-case.ts';
import { count } from '../../src/shapes/primitives.ts';

/** Younger ones are being opened by somebody right now. */
const LEFT_MS = 10 * 60_000;

/**
 * Starts cases whose opener died between writing and starting them, where nothing is delivered again that would:
 * an operator's POST. Those on hold and refused ones stay as they are.
 */
export const startUnstartedCases = defineStarter(
  'startUnstartedCases',
  { input: z.null(), output: z.strictObject({ started: count }) },
  async (_, { vendors, settings, client, log, now }) => {
    const cases = await vendors.storage.recentCases('open');
    const before = new Date(now().getTime() - LEFT_MS).toISOString();
    let started = 0;
    for (const { row } of cases.filter(({ row: { openedAt } }) => openedAt < before)) {
      const result = await startOpenCase(vendors, settings, row, startCaseWith(client), now);
      if (result !== 'started') continue;
      started += 1;
      log.warn('started a case that was left open', { caseId: row.caseId });
    }
    return { started };
  },
);
