import type { StorageSettings } from '../../settings.ts';
import { ensureDeadLetters } from '../evidence/dead-letters.ts';
import { ensureContainers } from '../evidence/evidence.ts';
import { ensureTables } from './tables.ts';

let made = false;

/**
 * Makes the containers and tables where they are missing, once in the life of a process. In Azure, Terraform made them
 * and this changes nothing.
 *
 * @returns whether it was this call that made sure of them
 */
export async function ensureStorage(settings: StorageSettings): Promise<boolean> {
  if (made) return false;
  await Promise.all([ensureContainers(settings), ensureDeadLetters(settings), ensureTables(settings)]);
  made = true;
  return true;
}
