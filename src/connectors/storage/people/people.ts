import { createHash } from 'node:crypto';
import { odata, type TableEntity } from '@azure/data-tables';
import * as z from 'zod';
import { EVIDENCE_CODES } from '../../../people/evidence/evidence.ts';
import type {
  Memory,
  RememberedAccount,
  RememberedLogin,
  RememberedName,
} from '../../../people/evidence/remembered.ts';
import { OidSchema } from '../../../people/oid.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { tableOf } from '../base/tables.ts';

const Account = z.object({
  vendor: z.enum(['github', 'azure-devops']),
  id: z.string(),
  oid: OidSchema,
  code: z.enum(EVIDENCE_CODES),
  source: z.string(),
  firstSeen: z.string(),
  lastSeen: z.string(),
});
const Login = z.object({ id: z.string(), login: z.string(), from: z.string(), to: z.string() });
const Name = z.object({
  name: z.string(),
  oid: OidSchema,
  kind: z.enum(['directory', 'sign-on']),
  from: z.string(),
  to: z.string(),
});

/** One partition a kind: each is read whole, a thousand rows a call. */
const KINDS = { accounts: Account, logins: Login, names: Name } as const;
type Kind = keyof typeof KINDS;

/**
 * Everything that is remembered of accounts and logins, and of all names, or of these, whose they were. Rows that cannot be read
 * count as a failure: what they would say may be what keeps somebody from being cut.
 */
export async function readMemory(settings: StorageSettings, names?: readonly string[]): Promise<Memory> {
  const [accounts, logins, ...held] = await Promise.all([
    rowsOf(settings, 'accounts'),
    rowsOf(settings, 'logins'),
    ...(names === undefined
      ? [rowsOf(settings, 'names')]
      : names.map((name) => rowsOf(settings, 'names', name.toLowerCase()))),
  ]);
  return { accounts, logins, names: held.flat() };
}

/** Writes under way; the first sweep of a firm remembers everybody. */
const AT_ONCE = 16;

/** Of what is told again within a day nothing but the hour is new. */
const DAY = 86_400_000;

/**
 * Writes what was seen just now. An account that is remembered as another person's stays as it is and is given back:
 * the first proof stands, and people decide between the two.
 *
 * @throws where storage does not answer; nothing may be taken for remembered then
 */
export async function rememberPeople(
  settings: StorageSettings,
  seen: Memory,
  known: Memory,
): Promise<readonly RememberedAccount[]> {
  const accounts = new Map(known.accounts.map((each) => [keyOfAccount(each), each]));
  const disputed: RememberedAccount[] = [];
  const writes: { readonly kind: Kind; readonly row: RememberedAccount | RememberedLogin | RememberedName }[] = [];
  for (const row of seen.accounts) {
    const before = accounts.get(keyOfAccount(row));
    if (before !== undefined && before.oid !== row.oid) disputed.push(before);
    else if (isNews(before?.lastSeen, row.lastSeen)) {
      writes.push({ kind: 'accounts', row: { ...row, firstSeen: before?.firstSeen ?? row.firstSeen } });
    }
  }
  const logins = new Map(known.logins.map((each) => [keyOfLogin(each), each]));
  for (const row of seen.logins) {
    const before = logins.get(keyOfLogin(row));
    if (isNews(before?.to, row.to)) writes.push({ kind: 'logins', row: { ...row, from: before?.from ?? row.from } });
  }
  const names = new Map(known.names.map((each) => [keyOfName(each), each]));
  for (const row of seen.names) {
    const before = names.get(keyOfName(row));
    if (isNews(before?.to, row.to)) writes.push({ kind: 'names', row: { ...row, from: before?.from ?? row.from } });
  }
  const others = await mapBounded(writes, AT_ONCE, ({ kind, row }) => write(settings, kind, row));
  return [...disputed, ...others.flatMap((other) => other ?? [])];
}

function isNews(before: string | undefined, now: string): boolean {
  return before === undefined || Date.parse(now) - Date.parse(before) >= DAY;
}

/** Each writer reads the row again: another case may have proved the account another's at this very moment. */
async function write(
  settings: StorageSettings,
  kind: Kind,
  row: RememberedAccount | RememberedLogin | RememberedName,
): Promise<RememberedAccount | undefined> {
  const table = tableOf(settings, 'people');
  const entity: TableEntity = { ...keysOf(kind, row), row: JSON.stringify(row) };
  if (kind !== 'accounts') {
    await table.upsertEntity(entity, 'Replace');
    return undefined;
  }
  for (;;) {
    try {
      await table.createEntity(entity);
      return undefined;
    } catch (error) {
      if (!answered(error, 409)) throw error;
    }
    const stored = await table.getEntity(entity.partitionKey, entity.rowKey);
    const before = parsed('accounts', stored);
    if ('oid' in row && before.oid !== row.oid) return before;
    try {
      const kept = { ...row, firstSeen: before.firstSeen };
      await table.updateEntity({ ...entity, row: JSON.stringify(kept) }, 'Replace', { etag: stored.etag });
      return undefined;
    } catch (error) {
      if (!answered(error, 404, 412)) throw error;
    }
  }
}

async function rowsOf<K extends Kind>(
  settings: StorageSettings,
  kind: K,
  name?: string,
): Promise<z.output<(typeof KINDS)[K]>[]> {
  const prefix = name === undefined ? undefined : digest(name);
  // A row key is the name's digest and the person, so that all holders of a name stand together.
  const filter =
    prefix === undefined
      ? odata`PartitionKey eq ${kind}`
      : odata`PartitionKey eq ${kind} and RowKey ge ${prefix} and RowKey lt ${`${prefix}~`}`;
  const rows: z.output<(typeof KINDS)[K]>[] = [];
  for await (const entity of tableOf(settings, 'people').listEntities({ queryOptions: { filter } })) {
    rows.push(parsed(kind, entity));
  }
  return rows;
}

/** Written by this module alone, into a table that nobody else may write. @throws for anything else */
function parsed<K extends Kind>(kind: K, entity: unknown): z.output<(typeof KINDS)[K]> {
  const { row } = z.object({ row: z.string() }).parse(entity);
  return KINDS[kind].parse(JSON.parse(row)) as z.output<(typeof KINDS)[K]>;
}

function keysOf(
  kind: Kind,
  row: RememberedAccount | RememberedLogin | RememberedName,
): { partitionKey: string; rowKey: string } {
  const key = 'vendor' in row ? keyOfAccount(row) : 'login' in row ? keyOfLogin(row) : keyOfName(row);
  return { partitionKey: kind, rowKey: key };
}

/** Descriptors and names hold characters that no key may have. */
function keyOfAccount({ vendor, id }: Pick<RememberedAccount, 'vendor' | 'id'>): string {
  return digest(`${vendor}/${id}`);
}

function keyOfLogin({ id, login }: Pick<RememberedLogin, 'id' | 'login'>): string {
  return digest(`${id}/${login.toLowerCase()}`);
}

function keyOfName({ name, oid }: Pick<RememberedName, 'name' | 'oid'>): string {
  return `${digest(name)}-${oid}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
