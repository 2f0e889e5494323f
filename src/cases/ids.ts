import * as z from 'zod';
import { type Oid, parseOid } from '../people/oid.ts';
import { branded } from '../shapes/primitives.ts';

/** Ids that must not be mixed up. They are plain strings at run time. */
declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** `<oid>-<n>`, n counting the cases of one person from 1. */
export type CaseId = Brand<string, 'CaseId'>;
/** Stable id of a finding: the same access found again has the same id. */
export type FindingId = Brand<string, 'FindingId'>;
/** Stable id of a remedy; equals the id of the finding that it closes with another prefix. */
export type RemedyId = Brand<string, 'RemedyId'>;

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** `denied-<oid>`: what is told of somebody who is denied by a person's word, and not by a case. */
export type DenialId = Brand<string, 'DenialId'>;
export const DenialIdSchema = branded<DenialId>(z.string().regex(new RegExp(`^denied-${GUID}$`)));

/** `posture-<run>`: what is told of a run of the checklist. */
export type PostureId = Brand<string, 'PostureId'>;
export const PostureIdSchema = branded<PostureId>(z.string().regex(/^posture-\d{4}-\d{2}-\d{2}[0-9TZ-]*-[a-z]+$/));

export const CaseIdSchema = branded<CaseId>(z.string().regex(new RegExp(`^${GUID}-[1-9]\\d{0,5}$`)));
export const FindingIdSchema = branded<FindingId>(z.string().regex(/^F-[0-9a-f]{12}$/));
export const RemedyIdSchema = branded<RemedyId>(z.string().regex(/^R-[0-9a-f]{12}$/));

/** Tells a remedy's act from what a step did by itself, which carries the step's name. */
export function isRemedyId(id: string): id is RemedyId {
  return id.startsWith('R-');
}

export function makeCaseId(oid: Oid, n: number): CaseId {
  return `${oid}-${n}` as CaseId;
}

export function makeDenialId(oid: Oid): DenialId {
  return `denied-${oid}` as DenialId;
}

export function makePostureId(runId: string): PostureId {
  return `posture-${runId}` as PostureId;
}

/** Which run of the checklist, or undefined where the text is the id of something else. */
export function parsePostureId(text: string): string | undefined {
  return PostureIdSchema.safeParse(text).success ? text.slice('posture-'.length) : undefined;
}

/** Who is contained, or undefined where the text is the id of something else. */
export function parseDenialId(text: string): Oid | undefined {
  return text.startsWith('denied-') ? parseOid(text.slice('denied-'.length)) : undefined;
}

/** The person and the count behind a case id, or undefined where the text is not one. */
export function parseCaseId(
  text: string,
): { readonly caseId: CaseId; readonly oid: Oid; readonly n: number } | undefined {
  const [, person = '', count] = /^(.{36})-([1-9]\d{0,5})$/.exec(text) ?? [];
  const oid = parseOid(person);
  if (oid === undefined) return undefined;
  const n = Number(count);
  return { caseId: makeCaseId(oid, n), oid, n };
}
