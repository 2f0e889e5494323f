import type { CaseId } from '../../src/cases/ids.ts';
import type { FederatedCredential } from '../../src/connectors/federated-credential.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { OffboardingError } from '../../src/errors.ts';

/** What earlier attempts of the same discovery read, by resource id of the identity in lower case. */
export type Progress = ReadonlyMap<string, readonly FederatedCredential[]>;

/** Older progress belongs to an earlier run of the case, whose answers are not today's. */
const USABLE_MS = 3_600_000;
/** Attempts of one discovery, generously. */
const MOST_FILES = 20;

interface ProgressFile {
  /** ISO instant. */
  readonly at: string;
  readonly read: readonly (readonly [resourceId: string, credentials: readonly FederatedCredential[]])[];
}

/**
 * Azure allows five lists of credentials a second and subscription, so a tenant with many identities is throttled:
 * the next attempt must go on where this one stopped, or it would be throttled at the same place again.
 * Source: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export async function loadProgress(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  now: Date,
): Promise<{ readonly progress: Progress; readonly files: number }> {
  let latest: ProgressFile | undefined;
  let files = 0;
  for (; files < MOST_FILES; files += 1) {
    const text = await vendors.storage.getText('work', nameOf(caseId, files));
    if (text === undefined) break;
    latest = JSON.parse(text) as ProgressFile;
  }
  const usable = latest !== undefined && now.getTime() - Date.parse(latest.at) < USABLE_MS;
  return { progress: new Map(usable ? latest?.read : []), files };
}

/** Files what was read so far, for the next attempt. `files` is how many there are. */
export async function saveProgress(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  now: Date,
  files: number,
  read: Progress,
): Promise<void> {
  if (files >= MOST_FILES) return;
  const file: ProgressFile = { at: now.toISOString(), read: [...read] };
  try {
    await vendors.storage.putOnce('work', nameOf(caseId, files), JSON.stringify(file));
  } catch (error) {
    // The activity ran twice at once and the other run was faster: its progress is as good.
    if (!(error instanceof OffboardingError)) throw error;
  }
}

const nameOf = (caseId: CaseId, index: number): string => `${caseId}/federated-credentials-progress/${index}.json`;
