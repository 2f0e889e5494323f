import type { Plan } from '../../../cases/remedies/plan.ts';
import { PlanSchema } from '../../../cases/remedies/plan.ts';
import type { BlobRef } from '../../../cases/remedies/remedy.ts';
import type { StorageSettings } from '../../settings.ts';
import { getParsed } from '../evidence/evidence.ts';

/** Plans of cases that run at the same time; each is kept whole. */
const MOST_KEPT = 4;

const kept = new Map<string, Promise<Plan>>();

/**
 * The plan behind a reference, checked against its digest. Every remedy of a case and everything that is read back ask
 * for the same one within minutes: the last few are kept as they were when their digest was checked, so that a case
 * does not read and parse its plan once for each remedy. A plan that could not be read is asked for again.
 */
export function getPlan(settings: StorageSettings, ref: BlobRef): Promise<Plan> {
  const key = `${settings.BLOB_ENDPOINT}/${ref.container}/${ref.name} ${ref.sha256}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const read: Promise<Plan> = getParsed(settings, ref, PlanSchema);
  kept.set(key, read);
  read.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return read;
}
