import * as z from 'zod';
import type { Oid } from '../../people/oid.ts';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, text } from '../../shapes/primitives.ts';
import { type CaseId, CaseIdSchema, DenialIdSchema, PostureIdSchema, parseDenialId, parsePostureId } from '../ids.ts';
import { BlobRefSchema } from '../remedies/remedy.ts';

/** What of a case people and systems are told, the most urgent first. */
export const MOMENTS = [
  /** A case ended, and something acted as the leaver after the departure. */
  'incident',
  /** The gateway could not be told to refuse the leaver. */
  'containment-failed',
  /** A case broke without a report. */
  'failed',
  /** A case ended, and something waits for somebody's decision. */
  'decision-awaited',
  /** A case of somebody whose earlier case, which cut, ended or broke. */
  'reopened',
  'ended',
  /** Written and not started: too many cases at once. */
  'on-hold',
  /** A protected account, or somebody who was restored before the case began. */
  'refused',
  'started',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** What people and systems are told of somebody who is contained without a case, beside `containment-failed`. */
const OF_DENIALS = [
  /** Nobody decided so far, and the person is let in soon. */
  'containment-ends-soon',
  'containment-ended',
  'containment-released',
  /** Contained, or for longer than before. */
  'contained',
] as const;

/** What people and systems are told of the checklist: something newly fails, is out of sight, or is accepted no more. */
const OF_POSTURE = ['posture-worse'] as const;

/** All that a channel may listen to, the most urgent first. */
export const ALL_MOMENTS = [...MOMENTS.slice(0, 2), ...OF_DENIALS, ...OF_POSTURE, ...MOMENTS.slice(2)] as const;
export type AnyMoment = (typeof ALL_MOMENTS)[number];

/** `issue`: GitHub. `webhook`: a signed one, behind which tickets and pagers hang. `log`: a table of Log Analytics. */
export const CHANNELS = ['issue', 'teams', 'webhook', 'log'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * `void`: never told, because the case did not come to what the message says, or because a later message says it, or
 * because the channel is not listened to any more.
 */
const MESSAGE_STATES = ['waiting', 'told', 'void'] as const;

/** One message to one channel. What it says is read when it is delivered; the row holds no words and no names. */
export const MessageSchema = z.strictObject({
  /** What it is about: a case, or where there is none, `denied-<oid>`, or `posture-<run>`. */
  caseId: z.union([CaseIdSchema, DenialIdSchema, PostureIdSchema]),
  moment: z.enum(ALL_MOMENTS),
  /** Which time it is that a case comes to this: 1, or higher after it was reopened. Of a containment: its generation. Of a run: 1. */
  revision: count,
  channel: z.enum(CHANNELS),
  /** When it happened. */
  at: instant,
  /** When it is tried next, or was tried last. */
  dueAt: instant,
  attempts: count,
  state: z.enum(MESSAGE_STATES),
  /** Why the last attempt failed, or why it is void. */
  failure: z.exactOptional(text),
  toldAt: z.exactOptional(instant),
  /** report.json of the end that it tells. */
  report: z.exactOptional(BlobRefSchema),
});
export type Message = Immutable<z.output<typeof MessageSchema>>;

/** A message about a case. */
export type CaseMessage = Message & { readonly caseId: CaseId; readonly moment: Moment };

/** A message about somebody who is contained without a case. */
export interface DenialMessage {
  readonly message: Message;
  readonly oid: Oid;
}

/** A message about a run of the checklist. */
export interface PostureMessage {
  readonly message: Message;
  readonly runId: string;
}

/** Which of the three a message is; every message is one. */
export function aboutOf(message: Message): { readonly message: CaseMessage } | DenialMessage | PostureMessage {
  const runId = parsePostureId(message.caseId);
  if (runId !== undefined) return { message, runId };
  const oid = parseDenialId(message.caseId);
  return oid === undefined ? { message: message as CaseMessage } : { message, oid };
}

/** What one message is recognised by. */
export type MessageId = Pick<Message, 'caseId' | 'moment' | 'revision' | 'channel'>;

/** The end of a case is told once, as one of these. */
const END: readonly AnyMoment[] = ['incident', 'decision-awaited', 'ended'];

/** The same for every delivery of the same message, and the same for an end however it is told: `end-1-teams`. */
export function messageKey({ moment, revision, channel }: Omit<MessageId, 'caseId'>): string {
  return `${END.includes(moment) ? 'end' : moment}-${revision}-${channel}`;
}
