import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { withoutSecretsIn } from '../../credentials/without-secrets.ts';
import type { StorageSettings } from '../settings.ts';
import { tableOf } from './base/tables.ts';

/** A call of the API that changes something. */
export const PrivilegedCallSchema = z.object({
  id: z.string(),
  /** `asked`: before anything was done. `answered`: what was answered; absent where the app died in between. */
  entry: z.enum(['asked', 'answered']),
  at: z.string(),
  /** Object id of who called. */
  caller: z.string(),
  /** Application through which they did. */
  clientId: z.string(),
  operation: z.string(),
  path: z.string(),
  /** What was sent, without credentials; its beginning. */
  body: z.string().optional(),
  status: z.number().optional(),
});
export type PrivilegedCall = z.output<typeof PrivilegedCallSchema>;

/** A property of a table holds 32,768 characters (learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model). */
const MOST = 8_000;

/** A call as it begins. */
type Asked = Omit<PrivilegedCall, 'id' | 'entry' | 'at' | 'body' | 'status'> & { readonly body: unknown };

/**
 * Enters a call before it does anything. Rows of `privileged` are added and never changed.
 * @returns enters the answer, beside the first entry
 */
export async function enterPrivilegedCall(
  settings: StorageSettings,
  { body, ...call }: Asked,
  at: Date,
): Promise<(status: number, at: Date) => Promise<void>> {
  const id = randomUUID();
  const add = async (entry: PrivilegedCall['entry'], when: Date, more: object): Promise<void> => {
    const time = when.toISOString();
    const key = { partitionKey: time.slice(0, 10), rowKey: `${time}-${id}-${entry}` };
    await tableOf(settings, 'privileged').createEntity({ ...key, id, entry, at: time, ...call, ...more });
  };
  const sent = body === undefined ? {} : { body: (JSON.stringify(withoutSecretsIn(body)) ?? '').slice(0, MOST) };
  await add('asked', at, sent);
  return (status, when) => add('answered', when, { status });
}

/** The entries of a day (UTC, `yyyy-MM-dd`), oldest first, and whether there are more than `most`. */
export async function listPrivilegedCalls(
  settings: StorageSettings,
  day: string,
  most: number,
): Promise<{ readonly calls: readonly PrivilegedCall[]; readonly more: boolean }> {
  const calls: PrivilegedCall[] = [];
  const filter = `PartitionKey eq '${day}'`;
  for await (const entity of tableOf(settings, 'privileged').listEntities({ queryOptions: { filter } })) {
    if (calls.length === most) return { calls, more: true };
    calls.push(PrivilegedCallSchema.parse(entity));
  }
  return { calls, more: false };
}
