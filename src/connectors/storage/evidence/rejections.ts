import * as z from 'zod';
import type { BlobRef } from '../../../cases/remedies/remedy.ts';
import { redactedStart } from '../../../credentials/redact-secrets.ts';
import { withoutSecretsIn } from '../../../credentials/without-secrets.ts';
import { type HrNotice, HrNoticeSchema } from '../../../people/hr-notice.ts';
import { type RejectionState, RejectionStateSchema } from '../../../people/rejection.ts';
import type { StorageSettings } from '../../settings.ts';
import { changeDocument } from '../base/changing-document.ts';
import { getText, putJson } from './evidence.ts';
import { listNames } from './list-evidence.ts';

/** Something that came in and could not become a request. */
export interface Rejection {
  readonly trigger: 'entra-event' | 'hr-queue';
  /** One sentence: what is wrong with it. */
  readonly reason: string;
  /** What came, as it came. */
  readonly received: unknown;
  /** What HR said, where its message could be read: it can be run again. */
  readonly notice?: HrNotice;
}

/** Event Grid delivers up to 1 MB; the beginning says what it was. */
const MAX_KEPT = 64_000;
/** Rejections that one listing reads; a source that sends more than that in a day is known by then. */
const MAX_LISTED = 100;

const Kept = z.object({
  trigger: z.string(),
  reason: z.string(),
  received: z.string(),
  length: z.number(),
  notice: z.exactOptional(HrNoticeSchema),
});
export type KeptRejection = z.output<typeof Kept> & {
  /** `<day>-<digest>`. */
  readonly id: string;
  readonly blob: string;
  readonly became: RejectionState;
};

/**
 * Keeps events and messages that could not become a case, so that acknowledging them loses nothing:
 * `rejected/<date>/<digest>.json` in `work`. The same thing again on the same day is the same blob.
 */
export async function keepRejected(
  settings: StorageSettings,
  { trigger, reason, received, notice }: Rejection,
  at: Date,
): Promise<BlobRef> {
  const text = typeof received === 'string' ? received : (JSON.stringify(received) ?? String(received));
  const kept = redactedStart(text, MAX_KEPT);
  const day = at.toISOString().slice(0, 10);
  // One that holds a credential is not run again: what is kept of it says something else.
  const said = notice !== undefined && withoutSecretsIn(notice) === notice ? { notice } : {};
  const what = { trigger, reason, received: kept, length: text.length, ...said };
  const ref = await putJson(settings, 'work', `rejected/${day}`, what);
  // What comes again was not settled by what was done about it before.
  await changeState(settings, stateNameOf(ref.name), (state) => state && { ...state, cameAgainAt: at.toISOString() });
  return ref;
}

/** What was kept on one day (UTC, `yyyy-MM-dd`), whether there is more, and which of it cannot be read, a sentence each. */
export async function listRejected(
  settings: StorageSettings,
  day: string,
): Promise<{
  readonly rejections: readonly KeptRejection[];
  readonly more: boolean;
  readonly unreadable: readonly string[];
}> {
  const names = await listNames(settings, 'work', `rejected/${day}/`, MAX_LISTED + 1);
  const read = await Promise.all(names.slice(0, MAX_LISTED).map((name) => readKeptOrWhy(settings, name)));
  return {
    rejections: read.flatMap((each) => (typeof each === 'string' ? [] : (each ?? []))),
    more: names.length > MAX_LISTED,
    unreadable: read.filter((each) => typeof each === 'string'),
  };
}

/** One that cannot be read hides no other. */
async function readKeptOrWhy(settings: StorageSettings, name: string): Promise<KeptRejection | string | undefined> {
  try {
    return await readKept(settings, name);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    return `What was kept of a message or an event as work/${name}, or what was done about it, cannot be read.`;
  }
}

const ID = /^(\d{4}-\d{2}-\d{2})-([0-9a-f]{16})$/;

/** One that was kept, by its id; undefined where there is none. */
export async function getRejected(settings: StorageSettings, id: string): Promise<KeptRejection | undefined> {
  const [, day, digest] = ID.exec(id) ?? [];
  return day === undefined ? undefined : readKept(settings, `rejected/${day}/${digest}.json`);
}

/**
 * Writes what was done about a rejection. Of several at the same moment each is asked with what stands then; `change`
 * returns undefined to leave it.
 */
export async function changeRejected(
  settings: StorageSettings,
  id: string,
  change: (state: RejectionState) => RejectionState | undefined,
): Promise<RejectionState> {
  const name = `rejections/${id.slice(0, 10)}/${id.slice(11)}.json`;
  return (await changeState(settings, name, (state = UNTOUCHED) => change(state))) ?? UNTOUCHED;
}

async function readKept(settings: StorageSettings, name: string): Promise<KeptRejection | undefined> {
  const [text, became] = await Promise.all([
    getText(settings, 'work', name),
    changeState(settings, stateNameOf(name), () => undefined),
  ]);
  if (text === undefined) return undefined;
  const id = name.replace(/^rejected\/(.+)\/(.+)\.json$/, '$1-$2');
  return { ...Kept.parse(JSON.parse(text)), id, blob: `work/${name}`, became: became ?? UNTOUCHED };
}

const UNTOUCHED: RejectionState = { retries: [] };

/** Beside what was kept, which is never written twice. */
const stateNameOf = (name: string): string => name.replace(/^rejected\//, 'rejections/');

async function changeState(
  settings: StorageSettings,
  name: string,
  change: (state: RejectionState | undefined) => RejectionState | undefined,
): Promise<RejectionState | undefined> {
  const read = (text: string | undefined): RejectionState | undefined =>
    text === undefined ? undefined : RejectionStateSchema.parse(JSON.parse(text));
  const stands = await changeDocument(settings, name, (before) => {
    const next = change(read(before));
    return next === undefined ? undefined : JSON.stringify(next);
  });
  return read(stands);
}
