import { TableClient } from '@azure/data-tables';
import { credentialOf } from '../../credentials.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from './answered.ts';
import { deadlinesOf } from './deadline.ts';

/**
 * `cases`: one row a case. `caseindex`: the same cases by time. `idempotency`: keys of POST requests. `unowned`: one
 * row a place with tokens of unknown owners. `denied`: one row an object id that the gateway refuses, or refused.
 * `people`: whose accounts, logins and names were. `budgets`: what is spent of GitHub's points. `outbox`: who is told what.
 * `brakes`: whether the app is paused, what each caller of the API has asked for, who was in a protected group.
 * `leavings`: the newest word of HR on each leaving that it names.
 * `answers`: what people answered about whom. `exceptions`: which findings stand by somebody's word, and until when.
 * `workflowtasks`: tasks of Entra's lifecycle workflows that wait for their answer. `privileged`: who had the API change what.
 * `metrics`: what posture measured, one row a day and metric; and which status a check had in which week.
 * `machines`: which machine of CI was told of by whom, one row a machine and sender.
 */
export const TABLES = [
  'cases',
  'caseindex',
  'idempotency',
  'unowned',
  'denied',
  'people',
  'budgets',
  'outbox',
  'brakes',
  'leavings',
  'workflowtasks',
  'privileged',
  'answers',
  'exceptions',
  'metrics',
  'machines',
] as const;
export type TableName = (typeof TABLES)[number];

const clients = new Map<string, TableClient>();

export function tableOf(settings: StorageSettings, table: TableName, maxRetries = 3): TableClient {
  const key = `${settings.TABLE_ENDPOINT}/${table} ${maxRetries} ${settings.STORAGE_TIMEOUT_SECONDS}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = new TableClient(settings.TABLE_ENDPOINT, table, credentialOf(settings, 'remover'), {
    retryOptions: { maxRetries, retryDelayInMs: 250 },
    additionalPolicies: deadlinesOf(settings),
  });
  clients.set(key, client);
  return client;
}

/** Makes the tables where they are missing. In Azure, Terraform made them and this changes nothing. */
export async function ensureTables(settings: StorageSettings): Promise<void> {
  await Promise.all(TABLES.map((table) => tableOf(settings, table).createTable()));
}

/** Proves that rows may be read and written: looks for one that cannot be there, and deletes it. */
export async function proveTables(settings: StorageSettings): Promise<void> {
  const nothing = ['doctor', 'nothing'] as const;
  for (const use of ['getEntity', 'deleteEntity'] as const) {
    try {
      await tableOf(settings, 'cases')[use](...nothing);
    } catch (error) {
      if (!answered(error, 404)) throw error;
    }
  }
}
