import * as z from 'zod';
import { CASE_MODES, type OffboardingRequest } from '../../../cases/case.ts';
import type { Candidate } from '../../../intake/person/find-by-name.ts';
import type { WhatToSay } from '../../../intake/rules/confirm-person.ts';
import { openCase as open } from '../../../intake/starting/open-case.ts';
import type { OpenedCase } from '../../../intake/starting/opened-case.ts';
import { tellUncontained } from '../../../intake/starting/report-opened.ts';
import { type Oid, parseOid } from '../../../people/oid.ts';
import { type CaseView, caseView } from '../../case-view.ts';
import { notNow, problem } from '../../problems/problem.ts';
import type { Tools } from '../../route.ts';
import { WHEN, whenToStart } from '../parts/when-to-start.ts';
import { whoIsMeant } from '../parts/who-is-meant.ts';

/** What became of a request that was refused. */
const NOTHING = 'No case was opened.';

const NAMES = ['oid', 'userPrincipalName', 'mail'] as const;
const ONE_NAME = `name the person by one of ${NAMES.join(', ')}`;
const name = z.string().trim().min(1).max(200);

/** What is said of one person: by which name they are known, and what goes with that. */
export const PERSON = {
  oid: z
    .guid('not an object id; a person may be named by userPrincipalName or mail instead')
    .transform((text) => parseOid(text) ?? z.NEVER)
    .optional(),
  userPrincipalName: name.optional(),
  mail: name.optional(),
  /** Open the case although Entra knows nobody with this id: somebody who was deleted for good long ago. */
  acceptUnknown: z.boolean().optional(),
  /** The UPN of the account that `oid` names; needed where that is enabled and has no last day. Confirms no name. */
  confirmUserPrincipalName: name.optional(),
};

/** What is said of all whom one request names. */
export const LEAVING = {
  reason: z.string().trim().min(1).max(500),
  /** No default: whether somebody is cut off is said by who asks for it. */
  mode: z.enum(CASE_MODES, { error: 'say "plan" or "apply"; there is no default' }),
  ...WHEN,
};

/** Adds a fault where not exactly one name is given. */
export function namedOnce(body: { readonly [K in (typeof NAMES)[number]]?: unknown }, context: z.RefinementCtx): void {
  const given = NAMES.filter((each) => body[each] !== undefined);
  if (given.length !== 1) context.addIssue({ code: 'custom', path: [given[1] ?? 'oid'], message: ONE_NAME });
}

export const NewCase = z.strictObject({ ...PERSON, ...LEAVING }).superRefine(namedOnce);
type NewCase = z.output<typeof NewCase>;

export const HOUR_MS = 3_600_000;

/** The draft of the header allows any text; ours must fit a table property and a log line. */
export const Key = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters')
  .optional();

/** Opens the case of one person, or names the one there is; a key that comes again opens nothing. */
export async function openOne(
  caller: Oid,
  key: string | undefined,
  body: NewCase,
  { vendors, settings, start, log, now }: Tools,
): Promise<Said | Response> {
  const keyed = key === undefined ? undefined : { caller, key, body: JSON.stringify(body) };
  const known = keyed === undefined ? 'new' : await vendors.storage.lookUpKey(keyed);
  if (known === 'another-request') return keyReused();
  const { reason, mode, lastDay, acceptUnknown = false, confirmUserPrincipalName } = body;
  const starts = whenToStart(body, settings, now());
  if ('errors' in starts)
    return problem('invalid-request', { detail: 'It does not say when to start.', errors: starts.errors });
  const limit = settings.MAX_API_CASES_PER_HOUR;
  const wait =
    known === 'repeated' ? 0 : await vendors.storage.takeAllowance({ caller, limit, windowMs: HOUR_MS }, now());
  if (wait > 0) return tooMany(limit, wait, NOTHING);
  // Not before: a request that was refused for its number would be free when it is sent again.
  if (keyed !== undefined && (await vendors.storage.rememberKey(keyed)) === 'another-request') return keyReused();
  const meant = await whoIsMeant(vendors, body, NOTHING);
  if ('answer' in meant) return meant.answer;
  const asked: OffboardingRequest = {
    oid: meant.oid,
    reason,
    mode,
    trigger: 'api',
    requestedBy: caller,
    requestedAt: now().toISOString(),
    ...(lastDay === undefined ? {} : { lastDay }),
    ...starts,
    ...(key === undefined ? {} : { dedupeKey: `api:${caller}:${key}` }),
  };
  const opened = await open(vendors, settings, asked, start, now, {
    acceptUnknown,
    ...(meant.found === undefined ? {} : { foundByName: { formerHolders: meant.found.formerHolders } }),
    ...(confirmUserPrincipalName === undefined ? {} : { confirmUserPrincipalName }),
  });
  log.info(`POST /api/cases: ${opened.kind}`, { caller, oid: asked.oid, mode: asked.mode });
  tellUncontained(log, opened);
  return answerTo(opened, meant.found?.candidate);
}

export function keyReused(): Response {
  return problem('key-reused', { detail: 'It came with another body before; take a new key for a new request.' });
}

/** @param nothing What did not happen, in a sentence. */
export function tooMany(limit: number, waitMs: number, nothing: string): Response {
  const detail = `You asked for ${limit} cases or containments within an hour (MAX_API_CASES_PER_HOUR). ${nothing}`;
  return problem('too-many-requests', { detail, headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) } });
}

/** What the answer names, where the request cannot stand as it is. */
export const SAY: Readonly<Record<WhatToSay, string>> = {
  oid: 'name the person by the object id, after you made sure who it is, and send the UPN as confirmUserPrincipalName',
  confirmUserPrincipalName: 'must be the UPN of the account that is meant',
  lastDay: 'is before the account was made; correct the person, or leave it out',
};

/** The case: 201 where it is new, 200 where it was there. */
export type Said = { readonly value: CaseView; readonly headers: Readonly<Record<string, string>> } & (
  | { readonly status: 200 }
  | { readonly status: 201 }
);

function answerTo(opened: OpenedCase, candidate: Candidate | undefined): Said | Response {
  switch (opened.kind) {
    case 'unreadable':
      return notNow(`${NOTHING} ${opened.failure.message}`, opened.failure);
    case 'not-a-person':
      return problem('not-a-person', { detail: opened.why });
    case 'not-confirmed': {
      const errors = [{ pointer: `/${opened.say}`, detail: SAY[opened.say] }];
      const extra = candidate === undefined ? {} : { extra: { candidates: [candidate] } };
      return problem('not-confirmed', { detail: opened.why, errors, ...extra });
    }
    case 'not-a-leaver':
      return problem('refused', { detail: opened.why });
    case 'unknown-person': {
      const detail = `${opened.why} Correct the id; if it is right, send "acceptUnknown": true.`;
      return problem('unknown-person', { detail, errors: [{ pointer: '/oid', detail: 'nobody has this id' }] });
    }
    case 'refused': {
      const { caseId, refusal } = opened.stored.row;
      const location = `/api/cases/${caseId}`;
      return problem('refused', {
        detail: refusal ?? 'The case was refused.',
        headers: { location },
        extra: { caseId },
      });
    }
    case 'opened':
    case 'on-hold':
    case 'merged':
    case 'duplicate': {
      const { row } = opened.stored;
      const headers = { location: `/api/cases/${row.caseId}` };
      const said = { value: caseView(row), headers };
      return opened.kind === 'opened' ? { status: 201, ...said } : { status: 200, ...said };
    }
    default:
      return opened satisfies never;
  }
}
