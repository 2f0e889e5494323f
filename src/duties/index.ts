import type { Duty } from './duty.ts';
import { reconcileWithEntra } from './reconcile-with-entra.ts';

/** What falls due by itself, each in a file of its own. */
export const DUTIES: readonly Duty[] = [reconcileWithEntra];
