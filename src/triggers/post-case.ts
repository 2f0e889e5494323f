import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { authorise } from '../api/authorise.ts';
import { answerJson, caseView } from '../api/case-view.ts';
import { problem } from '../api/problem.ts';
import { readBody } from '../api/read-body.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import { CASE_MODES, type OffboardingRequest } from '../cases/case.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { type IntakeSettings, type OpenedCase, openCase, type StartCase } from '../intake/open-case.ts';
import type { Log } from '../log.ts';
import { parseOid } from '../people/oid.ts';

/** The body of `POST /api/cases`. */
export const NewCase = z.strictObject({
  oid: z.guid().transform((text) => parseOid(text) ?? z.NEVER),
  reason: z.string().trim().min(1).max(500),
  mode: z.enum(CASE_MODES).default('apply'),
  /** Open the case although Entra knows nobody with this id: somebody who was deleted for good long ago. */
  acceptUnknown: z.boolean().optional(),
});

/** The draft of the header allows any text; ours must fit a table property and a log line. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** `POST /api/cases`: opens a case, or names the one there is. 201 where it is new, 200 where it was there. */
export async function postCase(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ApiSettings & IntakeSettings,
  request: HttpRequest,
  start: StartCase,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'operate');
  if ('answer' in authorised) return authorised.answer;
  const body = await readBody(request, NewCase);
  if ('answer' in body) return body.answer;
  const caller = authorised.caller.oid;
  const key = request.headers.get('idempotency-key')?.trim();
  if (key !== undefined && !KEY.test(key)) {
    const errors = [{ parameter: 'Idempotency-Key', detail: '1 to 200 visible ASCII characters' }];
    return problem('invalid-request', { detail: 'The Idempotency-Key is not one.', errors });
  }
  if (key !== undefined) {
    const remembered = await vendors.storage.rememberKey({ caller, key, body: JSON.stringify(body.value) });
    if (remembered === 'another-request')
      return problem('key-reused', { detail: 'It came with another body before; take a new key for a new request.' });
  }
  const { acceptUnknown = false, ...about } = body.value;
  const asked: OffboardingRequest = {
    ...about,
    trigger: 'api',
    requestedBy: caller,
    requestedAt: now().toISOString(),
    ...(key === undefined ? {} : { dedupeKey: `api:${caller}:${key}` }),
  };
  const opened = await openCase(vendors, settings, asked, start, now, { acceptUnknown });
  log.info(`POST /api/cases: ${opened.kind}`, { caller, oid: asked.oid, mode: asked.mode });
  return answerTo(opened);
}

function answerTo(opened: OpenedCase): HttpResponseInit {
  switch (opened.kind) {
    case 'unreadable': {
      const { failure } = opened;
      const waitMs = 'tryAgainAfterMs' in failure ? failure.tryAgainAfterMs : 0;
      const headers = { 'retry-after': String(Math.max(30, Math.ceil(waitMs / 1_000))) };
      return problem('unavailable', { detail: `No case was opened. ${failure.message}`, headers });
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
      return answerJson(caseView(row), { status: opened.kind === 'opened' ? 201 : 200, headers });
    }
    default:
      return opened satisfies never;
  }
}
