import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { type Message, type MessageId, MessageSchema, messageKey } from '../../cases/words/message.ts';
import { OffboardingError } from '../../errors.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './base/answered.ts';
import { type Columns, jsonOf, parseEntity, unknownColumns, whyUnreadable } from './base/columns.ts';
import { entitiesOf, findEntity, removeEntity } from './base/entities.ts';
import { tableOf } from './base/tables.ts';

/*
 * A message stands under its case, by a key that says what it is: whoever writes it again finds it. Azure Table orders
 * by key alone, so what waits is also entered in the partition `due` under the time at which it falls due. The entry is
 * written before the row and removed after it: an entry too many costs a look, one too few would be a message lost.
 */
const DUE = 'due';
const MAX_TRIES = 20;
/** So long an entry may wait for its row, which is being written. */
const ROW_FOLLOWS_MS = 86_400_000;

const Stored = MessageSchema.extend({
  report: z.exactOptional(jsonOf(MessageSchema.shape.report.unwrap())),
}).strip();

const KNOWN = Object.keys(Stored.shape);
const Entry = z.object({
  rowKey: z.string(),
  caseId: MessageSchema.shape.caseId,
  message: z.string(),
  dueAt: z.string(),
});

/** Puts a message into the outbox unless it is there. One that was void waits again: the case has come to it after all. */
export async function enterMessage(settings: StorageSettings, message: Message): Promise<void> {
  await enterDue(settings, message);
  try {
    await tableOf(settings, 'outbox').createEntity(toEntity(message));
  } catch (error) {
    if (!answered(error, 409)) throw error;
    try {
      await changeMessage(settings, message, (found) => (found.state === 'void' ? message : found));
    } catch (unreadable) {
      // A newer release wrote it, and tells it; what is due says so every minute.
      if (whyUnreadable(unreadable) === undefined) throw unreadable;
    }
  }
}

/** Messages whose time has come, and why others cannot be read, one sentence each. */
export interface DueMessages {
  readonly due: readonly Message[];
  readonly unreadable: readonly string[];
}

/** The messages whose time has come, longest due first; at most so many. One that cannot be read stays as it is. */
export async function dueMessages(settings: StorageSettings, now: Date, most: number): Promise<DueMessages> {
  const filter = odata`PartitionKey eq ${DUE} and RowKey lt ${new Date(now.getTime() + 1).toISOString()}`;
  const due = new Map<string, Message>();
  const unreadable: string[] = [];
  for await (const entity of tableOf(settings, 'outbox').listEntities({ queryOptions: { filter } })) {
    const looked = await lookAt(settings, entity);
    if (typeof looked === 'string') {
      unreadable.push(looked);
      continue;
    }
    const { rowKey, dueAt, found } = looked;
    if (found?.message.state === 'waiting' && found.message.dueAt === dueAt) {
      due.set(rowKey, found.message);
      if (due.size >= most) break;
      continue;
    }
    if (isStray(found?.message, dueAt, now)) await removeEntity(settings, 'outbox', DUE, rowKey);
  }
  return { due: [...due.values()], unreadable };
}

/** What an entry leads to; a sentence where that, or the entry, cannot be read. */
async function lookAt(
  settings: StorageSettings,
  entity: Columns,
): Promise<string | { readonly rowKey: string; readonly dueAt: string; readonly found: Read | undefined }> {
  try {
    const { rowKey, caseId, message, dueAt } = parseEntity('outbox', Entry, entity);
    return { rowKey, dueAt, found: await read(settings, caseId, message) };
  } catch (error) {
    const why = whyUnreadable(error);
    if (why === undefined) throw error;
    return why;
  }
}

/**
 * An entry of an earlier attempt, or of a message that was told. One that is later than its row, that has none, or whose
 * message is void may be the first half of a change that is being written.
 */
function isStray(message: Message | undefined, dueAt: string, now: Date): boolean {
  if (message?.state === 'told') return true;
  if (message?.state === 'waiting') return dueAt < message.dueAt;
  return now.getTime() - Date.parse(dueAt) > ROW_FOLLOWS_MS;
}

/** Every message of a case. */
export async function messagesOf(settings: StorageSettings, caseId: Message['caseId']): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const entity of entitiesOf(settings, 'outbox', caseId))
    messages.push(parseEntity('outbox', Stored, entity));
  return messages;
}

/** Changes a message under its ETag. `change` returns its argument to leave it as it is. */
export async function changeMessage(
  settings: StorageSettings,
  id: MessageId,
  change: (message: Message) => Message,
): Promise<void> {
  const key = messageKey(id);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const found = await read(settings, id.caseId, key);
    if (found === undefined) throw new OffboardingError('unexpected', `There is no message ${key} of ${id.caseId}.`);
    const next = change(found.message);
    if (next === found.message) return;
    if (next.state === 'waiting') await enterDue(settings, next);
    if (await replace(settings, next, found)) {
      const old = dueKey(found.message);
      if (next.state !== 'waiting' || dueKey(next) !== old) await removeEntity(settings, 'outbox', DUE, old);
      return;
    }
  }
  throw new OffboardingError('storage-conflict', `Message ${key} of ${id.caseId} was changed ${MAX_TRIES} times.`);
}

interface Read {
  readonly message: Message;
  readonly etag: string;
  /** Columns of a newer release. */
  readonly unknown: Columns;
}

async function read(settings: StorageSettings, caseId: Message['caseId'], key: string): Promise<Read | undefined> {
  const entity = await findEntity(settings, 'outbox', caseId, key);
  if (entity === undefined) return undefined;
  return {
    message: parseEntity('outbox', Stored, entity),
    etag: entity.etag,
    unknown: unknownColumns(entity, KNOWN),
  };
}

/** False where another writer was faster. */
async function replace(settings: StorageSettings, message: Message, { etag, unknown }: Read): Promise<boolean> {
  try {
    await tableOf(settings, 'outbox').updateEntity({ ...unknown, ...toEntity(message) }, 'Replace', { etag });
    return true;
  } catch (error) {
    if (answered(error, 412)) return false;
    throw error;
  }
}

function toEntity({ report, ...scalars }: Message): { partitionKey: string; rowKey: string } {
  return {
    ...scalars,
    partitionKey: scalars.caseId,
    rowKey: messageKey(scalars),
    ...(report && { report: JSON.stringify(report) }),
  };
}

function dueKey(message: Message): string {
  return `${message.dueAt}~${message.caseId}~${messageKey(message)}`;
}

async function enterDue(settings: StorageSettings, message: Message): Promise<void> {
  const { caseId, dueAt } = message;
  const entity = { partitionKey: DUE, rowKey: dueKey(message), caseId, message: messageKey(message), dueAt };
  await tableOf(settings, 'outbox').upsertEntity(entity, 'Replace');
}
