import * as z from 'zod';
import type { CaseRow } from '../../cases/case.ts';
import { ACCEPTABLE, type Exception, exceptionId, isGrave } from '../../cases/decisions/exception.ts';
import { FINDING_STATUSES, SEVERITIES } from '../../cases/finding.ts';
import { revisionOf } from '../../cases/following/attempts.ts';
import { type FindingId, FindingIdSchema } from '../../cases/ids.ts';
import type { Config } from '../../config.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { OffboardingError } from '../../errors.ts';
import type { ProtectionSettings } from '../person/protection.ts';
import { type Reading, readBecauseOf } from './read-because-of.ts';
import { readSealed } from './read-sealed.ts';

type AcceptSettings = ProtectionSettings & Pick<Config, 'EXCEPTION_DAYS'>;

/** What somebody accepts. */
export interface Accepting {
  readonly findingIds: readonly FindingId[];
  readonly until: string;
  readonly reason: string;
  /** Hash of the plan that they looked at; absent where the report has none. */
  readonly planHash?: string | undefined;
  readonly by: string;
  /** They administer the app. */
  readonly administers: boolean;
}

export type Accepted =
  | { readonly kind: 'accepted'; readonly exceptions: readonly Exception[]; readonly reading: Reading }
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'changed'; readonly why: string }
  | { readonly kind: 'faults'; readonly faults: readonly { readonly findingId: FindingId; readonly why: string }[] };

const Filed = z.object({
  steps: z.array(
    z.object({
      findings: z.array(
        z.object({
          ...{ id: FindingIdSchema, kind: z.string(), title: z.string() },
          ...{
            severity: z.enum(SEVERITIES),
            status: z.enum(FINDING_STATUSES),
            incident: z.exactOptional(z.literal(true)),
          },
        }),
      ),
    }),
  ),
});

const DAY_MS = 86_400_000;

/** Records that findings of the newest report are accepted until a day, all of them or none, and has the case read again. */
export async function acceptFindings(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: AcceptSettings,
  row: CaseRow,
  { findingIds, until, reason, planHash, by, administers }: Accepting,
  now: Date,
): Promise<Accepted> {
  const { caseId, oid, state } = row;
  if (state !== 'filed')
    return { kind: 'nothing', why: `The case is ${state}; its findings are accepted once it is filed.` };
  const days = settings.EXCEPTION_DAYS;
  const ends = Date.parse(until) - now.getTime();
  if (ends <= 0) return { kind: 'nothing', why: `${until} is over.` };
  if (ends > days * DAY_MS)
    return { kind: 'nothing', why: `${until} is more than ${days} days away (EXCEPTION_DAYS).` };
  const sealed = await readSealed(vendors, row);
  if (sealed === undefined) return { kind: 'nothing', why: 'The case has no report.' };
  if (sealed.plan?.hash !== planHash)
    return { kind: 'changed', why: `The plan of the case is ${sealed.plan?.hash ?? 'none'} by now.` };
  const all = Filed.parse(JSON.parse(sealed.report)).steps.flatMap(({ findings }) => findings);
  const wanted = [...new Set(findingIds)];
  const found = wanted.map((findingId) => ({ findingId, finding: all.find(({ id }) => id === findingId) }));
  const faults = found.flatMap(({ findingId, finding }) => {
    if (finding === undefined) return [{ findingId, why: 'is not in the newest report' }];
    if (!ACCEPTABLE.includes(finding.status))
      return [{ findingId, why: `stands as ${finding.status}, which nobody accepts` }];
    if (isGrave(finding) && !administers)
      return [{ findingId, why: 'is critical or an incident, which only somebody who administers the app accepts' }];
    return [];
  });
  if (faults.length > 0) return { kind: 'faults', faults };
  const at = now.toISOString();
  const exceptions = await Promise.all(
    found
      .flatMap(({ finding }) => (finding === undefined ? [] : [finding]))
      .map(async (finding): Promise<Exception> => {
        const { id: findingId, kind, title, severity, incident } = finding;
        const given: Exception = {
          ...{
            id: exceptionId({ oid, findingId, at }),
            oid,
            caseId,
            revision: revisionOf(row),
            findingId,
            kind,
            title,
          },
          ...{ severity, by, at, until: new Date(until).toISOString(), reason },
          ...(incident && { incident }),
          ...(planHash !== undefined && { planHash }),
        };
        const file = await vendors.storage.putJson('evidence', `cases/${caseId}/exceptions/${given.id}`, given);
        const exception = { ...given, file };
        await vendors.storage.addException(exception);
        return exception;
      }),
  );
  return { kind: 'accepted', exceptions, reading: await readBecauseOf(vendors, settings, oid, at, false) };
}

/** Takes an exception back: its finding is open again, and the case is read again. Undefined where there is none. */
export async function revokeException(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: AcceptSettings,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
  now: Date,
): Promise<{ readonly exception: Exception; readonly reading: Reading } | undefined> {
  const at = now.toISOString();
  const known = (await vendors.storage.listExceptions()).find((each) => each.id === id);
  if (known === undefined) return undefined;
  // Before the row says so.
  await vendors.storage.putJson('evidence', `cases/${known.caseId}/exceptions/${id}`, {
    id,
    revoked: { by, at, reason },
  });
  const exception = await vendors.storage.changeException(id, (current) =>
    current.revoked === undefined ? { ...current, revoked: { by, at, reason } } : undefined,
  );
  if (exception === undefined) return undefined;
  return { exception, reading: await readBecauseOf(vendors, settings, exception.oid, at, false) };
}

/**
 * Has the cases read again whose exceptions are over; each is told once. @returns how many were over
 * @throws OffboardingError `unavailable` where some could not be told, after all others were
 */
export async function endExceptions(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  now: Date,
): Promise<number> {
  const over = (await vendors.storage.listExceptions()).filter(
    ({ until, revoked, endTold }) =>
      revoked === undefined && endTold === undefined && Date.parse(until) <= now.getTime(),
  );
  const at = now.toISOString();
  const untold: string[] = [];
  for (const { id, oid } of over) {
    try {
      await readBecauseOf(vendors, settings, oid, at, false);
      await vendors.storage.changeException(id, (current) => ({ ...current, endTold: at }));
    } catch (error) {
      // One case that cannot be read keeps no other finding accepted.
      untold.push(`${id}: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
  if (untold.length === 0) return over.length;
  const message = `The end of ${untold.length} of ${over.length} exceptions could not be told; the first: ${untold[0]}`;
  throw new OffboardingError('unavailable', message);
}
