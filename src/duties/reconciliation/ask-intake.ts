import type { OffboardingRequest } from '../../cases/case.ts';
import { automaticMode } from '../../config/config-cases.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import { openCase } from '../../intake/starting/open-case.ts';
import { logOpened } from '../../intake/starting/report-opened.ts';
import { type ReconcileContext, SETTLED, type Settled } from './context.ts';
import type { Waiting } from './rules/state.ts';

/** What does not pass by itself is asked for again as often as Entra is asked what changed. */
const LASTS_MS = 15 * 60_000;

export function unanswered(failure: VendorFailure): Settled {
  const passing = failure.kind === 'throttled' || failure.kind === 'unavailable';
  return { kind: 'again', ms: passing ? failure.tryAgainAfterMs : LASTS_MS, failure };
}

/** A request that says what an event would say. */
export function requestOf({ settings }: ReconcileContext, { oid, since }: Pick<Waiting, 'oid' | 'since'>) {
  return {
    oid,
    trigger: 'entra-event',
    requestedBy: 'entra',
    requestedAt: since,
    mode: automaticMode(settings, 'entra-event'),
  } as const;
}

/** The same intake as of an event, so that whichever comes second finds the case of the first. */
export async function ask(context: ReconcileContext, request: OffboardingRequest): Promise<Settled> {
  const { vendors, settings, log, start, now } = context;
  const opened = await openCase(vendors, settings, request, start, now);
  if (opened.kind === 'unreadable') return unanswered(opened.failure);
  logOpened(log, request, opened);
  return SETTLED;
}
