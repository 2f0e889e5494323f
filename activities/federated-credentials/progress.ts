import { attemptOf } from '../../src/cases/following/attempts.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { FederatedCredential } from '../../src/connectors/federated-credential.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { OffboardingError } from '../../src/errors.ts';

/** What earlier tries of the same discovery read, by resource id of the identity in lower case. */
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

interface Loaded {
  readonly progress: Progress;
  /** Where it lies, and how many files there are. */
  readonly folder: string;
  readonly files: number;
}

/**
 * Azure allows five lists of credentials a second and subscription, so a tenant with many identities is throttled:
 * the next attempt must go on where this one stopped, or it would be throttled at the same place again.
 * Source: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export async function loadProgress(vendors: Pick<Vendors, 'storage'>, caseId: CaseId, now: Date): Promise<Loaded> {
  // Another attempt of the case reads for itself: a report rests on no answers of before it.
  const row = (await vendors.storage.getCase(caseId))?.row;
  const folder = folderOf(caseId, row === undefined ? 1 : attemptOf(row));
  let latest: ProgressFile | undefined;
  let files = 0;
  for (; files < MOST_FILES; files += 1) {
    const text = await vendors.storage.getText('work', nameOf(folder, files));
    if (text === undefined) break;
    latest = JSON.parse(text) as ProgressFile;
  }
  const usable = latest !== undefined && now.getTime() - Date.parse(latest.at) < USABLE_MS;
  return { progress: new Map(usable ? latest?.read : []), folder, files };
}

/** Files what was read so far, for the next attempt. */
export async function saveProgress(
  vendors: Pick<Vendors, 'storage'>,
  { folder, files }: Pick<Loaded, 'folder' | 'files'>,
  now: Date,
  read: Progress,
): Promise<void> {
  if (files >= MOST_FILES) return;
  const file: ProgressFile = { at: now.toISOString(), read: [...read] };
  try {
    await vendors.storage.putOnce('work', nameOf(folder, files), JSON.stringify(file));
  } catch (error) {
    // The activity ran twice at once and the other run was faster: its progress is as good.
    if (!(error instanceof OffboardingError)) throw error;
  }
}

function folderOf(caseId: CaseId, attempt: number): string {
  const folder = `${caseId}/federated-credentials-progress`;
  return attempt === 1 ? folder : `${folder}/attempt-${attempt}`;
}

const nameOf = (folder: string, index: number): string => `${folder}/${index}.json`;
