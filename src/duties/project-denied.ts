import { keepProjected } from '../intake/containing/keep-projected.ts';
import type { Duty } from './duty.ts';

/** Writes the gateway's deny list from its table, and tells whom it does not hold. */
export const projectDenied: Duty = {
  name: 'project who is denied',
  run: ({ vendors, settings, log, now }) => keepProjected(vendors, settings, log, now),
};
