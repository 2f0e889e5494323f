import * as z from 'zod';
import type { CaseId } from '../../../../src/cases/ids.ts';
import type { Config } from '../../../../src/config.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Storage } from '../../../../src/connectors/storage/index.ts';
import { instant } from '../../../../src/shapes/primitives.ts';
import { type InventoryIndex, isAhead, latestIndex } from './inventory-index.ts';
import { type LogAsRead, LogMarkSchema, readLog } from './touched.ts';

/** The last sweep's reading, and what the audit log names since. */
export interface UsableInventory {
  readonly index: InventoryIndex;
  readonly touched: readonly string[];
}

const HOUR_MS = 3_600_000;

/**
 * What a case may take from the last sweep: a reading that is no older than the setting says, where the audit log tells
 * what was changed since. Of one from the future the log could name nothing. Without a log nothing tells of a variable that was written after it, and all is read live.
 */
export async function usableInventory(
  client: GitHubOrganisation,
  storage: Pick<Storage, 'getText'>,
  { INVENTORY_MAX_AGE_HOURS: hours }: Pick<Config, 'INVENTORY_MAX_AGE_HOURS'>,
  now: Date,
): Promise<UsableInventory | undefined> {
  if (hours === 0) return undefined;
  const index = await latestIndex(storage, client.name);
  if (index === undefined) return undefined;
  const age = now.getTime() - Date.parse(index.at);
  if (age > hours * HOUR_MS || isAhead(index, now)) return undefined;
  const { touched } = await readLog(client, index);
  return touched === null ? undefined : { index, touched };
}

const nameOf = (caseId: CaseId, organisation: string): string => `${caseId}/github/${organisation}/inventory`;

/** Remembers that a case took something from the sweep of `at`: after the cut it has to ask what was changed since. */
export async function rememberUse(
  storage: Pick<Storage, 'writeRecord'>,
  caseId: CaseId,
  { organisation, at, mark }: Pick<InventoryIndex, 'organisation' | 'at' | 'mark'>,
): Promise<void> {
  await storage.writeRecord(nameOf(caseId, organisation), { at, ...(mark === undefined ? {} : { mark }) });
}

const UseSchema = z.object({ at: instant, mark: z.exactOptional(LogMarkSchema) });

/** When the sweep began of which a case took something; undefined where it read everything itself. */
export async function usedInventory(
  storage: Pick<Storage, 'readRecord'>,
  caseId: CaseId,
  organisation: string,
): Promise<LogAsRead | undefined> {
  const record = await storage.readRecord<object>(nameOf(caseId, organisation));
  return record?.ok === true ? UseSchema.parse(record.value) : undefined;
}
