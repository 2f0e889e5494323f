import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { OffboardingError } from '../../../errors.ts';
import { type Answer, AnswerSchema } from '../../../people/answers/answers.ts';
import type { Oid } from '../../../people/oid.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { jsonOf, parseEntity, type Readable, readEach } from '../base/columns.ts';
import { findEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';
import { putJson } from '../evidence/evidence.ts';

/** Several may answer about one person at the same moment; each try reads anew. */
const MAX_TRIES = 20;

const Entity = z.object({ answer: jsonOf(AnswerSchema) });

/**
 * Every answer, or those about one person, in the order in which they were given. @throws where one cannot be read: what
 * it would say may be what keeps somebody from being cut
 */
export async function listAnswers(settings: StorageSettings, oid?: Oid): Promise<Answer[]> {
  const filter = oid === undefined ? {} : { filter: odata`PartitionKey eq ${oid}` };
  const answers: Answer[] = [];
  for await (const entity of tableOf(settings, 'answers').listEntities({ queryOptions: filter }))
    answers.push(answerIn(entity));
  return answers.sort((one, other) => one.oid.localeCompare(other.oid) || one.n - other.n);
}

/** Every answer that can be read, for whoever looks at what waits: nothing is decided by it. */
export async function readableAnswers(settings: StorageSettings): Promise<Readable<Answer>> {
  return await readEach(tableOf(settings, 'answers').listEntities(), answerIn);
}

/** Writes an answer under the next number of its person; it is filed first, under each number that is tried. */
export async function addAnswer(settings: StorageSettings, answer: Omit<Answer, 'n' | 'filed'>): Promise<Answer> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const known = await listAnswers(settings, answer.oid);
    const numbered = await filed(settings, { ...answer, n: (known.at(-1)?.n ?? 0) + 1, filed: [] });
    try {
      await tableOf(settings, 'answers').createEntity(entityOf(numbered));
      return numbered;
    } catch (error) {
      if (!answered(error, 409)) throw error;
    }
  }
  throw new OffboardingError('storage-conflict', `${MAX_TRIES} answers about ${answer.oid} came at the same moment.`);
}

/**
 * Changes an answer under its ETag; what comes of it is filed before the row says so. `change` returns its argument, or
 * undefined, to leave it. @returns undefined where there is no such answer
 */
export async function changeAnswer(
  settings: StorageSettings,
  { oid, n }: Pick<Answer, 'oid' | 'n'>,
  change: (answer: Answer) => Answer | undefined,
): Promise<Answer | undefined> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const entity = await findEntity(settings, 'answers', oid, keyOf(n));
    if (entity === undefined) return undefined;
    const known = answerIn(entity);
    const changed = change(known);
    if (changed === undefined || changed === known) return known;
    const next = await filed(settings, changed);
    try {
      await tableOf(settings, 'answers').updateEntity(entityOf(next), 'Replace', { etag: entity.etag });
      return next;
    } catch (error) {
      if (!answered(error, 412)) throw error;
    }
  }
  throw new OffboardingError('storage-conflict', `Answer ${n} about ${oid} was changed ${MAX_TRIES} times meanwhile.`);
}

/** Whoever dies after this leaves a file that no row names. */
async function filed(settings: StorageSettings, answer: Answer): Promise<Answer> {
  const { filed: before, ...said } = answer;
  const { name, sha256, bytes } = await putJson(settings, 'evidence', `answers/${answer.oid}/${answer.n}`, said);
  return { ...answer, filed: [...before, { name, sha256, bytes }] };
}

function answerIn(entity: { readonly partitionKey?: unknown; readonly rowKey?: unknown }): Answer {
  return parseEntity('answers', Entity, entity).answer;
}

function entityOf(answer: Answer) {
  return { partitionKey: answer.oid, rowKey: keyOf(answer.n), answer: JSON.stringify(answer) };
}

/** Zero-padded, so that the answers about a person are read in order. */
function keyOf(n: number): string {
  return String(n).padStart(6, '0');
}
