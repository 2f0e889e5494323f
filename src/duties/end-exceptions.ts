import { endExceptions as endThem } from '../intake/deciding/accept-findings.ts';
import type { Duty } from './duty.ts';

/** In the first minutes of an hour: exceptions end on days, and a round may come late. */
const MINUTES = 2;

/** Findings that nobody accepts any more are open again in the next revision of their case. */
export const endExceptions: Duty = {
  name: 'end exceptions',
  run: async ({ vendors, settings, now }) => (now().getUTCMinutes() >= MINUTES ? 0 : endThem(vendors, settings, now())),
};
