import * as z from 'zod';
import { type OffboardLeaverInput, OffboardLeaverInputSchema } from '../../cases/case.ts';
import { begunFolderOf } from '../../cases/folders.ts';
import type { CaseId } from '../../cases/ids.ts';
import type { Vendors } from '../../connectors/vendors.ts';

/**
 * What every further attempt of a case takes over: the row and the policy are today's. Another release may have written
 * more, or another row and policy, which keeps nobody's case from going on.
 */
const { person, denialGeneration } = OffboardLeaverInputSchema.shape;
export const BegunWithSchema = z.object({ person: person.strip(), denialGeneration });
export type BegunWith = Pick<OffboardLeaverInput, 'person' | 'denialGeneration'>;

/**
 * Keeps what a case is begun with, before it is: the engine forgets its histories, and a case is followed up, decided and
 * read again for longer. Begun twice under one denial, what was kept first stands.
 */
export async function keepBegun(
  { storage }: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  begun: BegunWith,
): Promise<void> {
  await storage.putFirst('evidence', nameOf(caseId, begun.denialGeneration ?? 0), JSON.stringify(begun));
}

/** Undefined where nothing was kept: the case is of before. */
export async function readBegun({ storage }: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<BegunWith | undefined> {
  const name = (await storage.listNames('evidence', begunFolderOf(caseId), MOST)).at(-1);
  const text = name === undefined ? undefined : await storage.getText('evidence', name);
  return text === undefined ? undefined : BegunWithSchema.safeParse(JSON.parse(text)).data;
}

/** A start that broke before the engine heard of it, and was tried after the denial had changed, leaves one behind. */
const MOST = 100;

const nameOf = (caseId: CaseId, generation: number): string =>
  `${begunFolderOf(caseId)}${String(generation).padStart(6, '0')}.json`;
