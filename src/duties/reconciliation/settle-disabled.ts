import type { CaseRow } from '../../cases/case.ts';
import { automaticMode } from '../../config/config-cases.ts';
import type { Person } from '../../connectors/graph/people/person-of-user.ts';
import { disabledByChange } from '../../people/disabled-since.ts';
import { sweepKey } from '../../sweep/find-orphans.ts';
import { ask } from './ask-intake.ts';
import { type ReconcileContext, SETTLED, type Settled } from './context.ts';
import type { Waiting } from './rules/state.ts';
import { isKnownLeaving } from './rules/verdict.ts';

/** Remembers since when an account is disabled, as the sweep does, and forgets it at once when the account works again. */
export async function noteDisabled(
  { vendors, now }: Pick<ReconcileContext, 'vendors' | 'now'>,
  { oid, enabled, since }: Waiting,
  person: Person,
): Promise<void> {
  if (person.state === 'active') return enabled === undefined ? undefined : vendors.storage.rememberDisabled([], [oid]);
  if (enabled !== false) return;
  const known = await vendors.storage.findDisabled(oid);
  await vendors.storage.rememberDisabled([disabledByChange(person, known, since, now().toISOString())], []);
}

/**
 * Opens the case of somebody whose account worked before and has been disabled for as long as the firm says that it
 * means leaving. The request is the sweep's: one rule says who that is, and whichever asks second finds the case.
 */
export async function openForDisabled(
  context: ReconcileContext,
  { oid, disabledSince, since }: Waiting & { readonly disabledSince: string },
  person: Person,
  rows: readonly CaseRow[],
): Promise<Settled> {
  const { vendors, settings } = context;
  const sighting = await vendors.storage.findDisabled(oid);
  // Enabled meanwhile, and forgotten, or disabled anew.
  if (person.state !== 'disabled' || sighting?.from !== disabledSince) return SETTLED;
  const mode = automaticMode(settings, 'sweep');
  if (!isKnownLeaving(rows, disabledSince, mode)) {
    const settled = await ask(context, {
      oid,
      trigger: 'sweep',
      reason: `The account was disabled at ${disabledSince}, and has been since, which means by DISABLED_MEANS_LEFT_AFTER_DAYS (${settings.DISABLED_MEANS_LEFT_AFTER_DAYS}) that the person has left.`,
      requestedBy: 'entra',
      requestedAt: since,
      mode,
      dedupeKey: sweepKey({ oid, state: 'disabled', disabledSince }),
    });
    if (settled.kind === 'again') return settled;
  }
  await vendors.storage.rememberDisabled([{ ...sighting, asked: true }], []);
  return SETTLED;
}
