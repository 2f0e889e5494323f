import type { Vendors } from '../../connectors/vendors.ts';
import { NOTHING_KNOWN, type Reconciliation, ReconciliationSchema } from './rules/state.ts';

/** In the container `work`: rewritten every quarter of an hour, so that its lifecycle rule does not reach it. */
const NAME = 'reconciliation/entra.json';

/**
 * Changes what is remembered between rounds; another host may do so at the same moment. What cannot be read counts as
 * nothing: then everything begins with a whole reading.
 * @returns what stands afterwards
 */
export async function changeState(
  { storage }: Pick<Vendors, 'storage'>,
  change: (state: Reconciliation) => Reconciliation | undefined,
): Promise<Reconciliation> {
  const stands = await storage.changeDocument(NAME, (before) => {
    const next = change(stateOf(before));
    return next === undefined ? undefined : JSON.stringify(next);
  });
  return stateOf(stands);
}

export function readState(vendors: Pick<Vendors, 'storage'>): Promise<Reconciliation> {
  return changeState(vendors, () => undefined);
}

function stateOf(text: string | undefined): Reconciliation {
  try {
    return text === undefined ? NOTHING_KNOWN : ReconciliationSchema.parse(JSON.parse(text));
  } catch {
    return NOTHING_KNOWN;
  }
}
