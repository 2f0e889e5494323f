import * as z from 'zod';
import { changesSince } from '../../src/cases/decisions/expected-state.ts';
import { AccountSchema } from '../../src/cases/denied/person-returned.ts';
import { revisionFolderOf } from '../../src/cases/folders.ts';
import { type CaseId, CaseIdSchema, RemedyIdSchema } from '../../src/cases/ids.ts';
import { BlobRefSchema, type Remedy } from '../../src/cases/remedies/remedy.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { withoutSecretsIn } from '../../src/credentials/without-secrets.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { OffboardingError } from '../../src/errors.ts';
import { type Oid, OidSchema } from '../../src/people/oid.ts';
import { count, instant } from '../../src/shapes/primitives.ts';
import type { TargetState } from '../../src/steps/define-remedy.ts';
import { remedyDefinition } from '../../src/steps/registry.ts';
import { AppliedRemedySchema, beforeImage, fileAction, fileFailure, recordedAction } from './applied-remedy.ts';
import { whyNotToCut } from './may-act.ts';
import { stillLeaves } from './person/still-leaves.ts';
import { tryAgainAfter } from './try-again-after.ts';

/**
 * Carries out one remedy of the plan, on a target that still is what it was planned on. Before-image first, then the
 * act, then the record of it: whichever of them a crash interrupts, the next run goes on from there and says the same.
 */
export const applyRemedy = defineActivity(
  'applyRemedy',
  {
    input: z.strictObject({
      caseId: CaseIdSchema,
      plan: BlobRefSchema,
      remedyId: RemedyIdSchema,
      /** The row's generation when the case began. */
      generation: z.exactOptional(count),
      /** Which report of the case this is for, from 2; absent for the first. */
      revision: z.exactOptional(count),
      /** When the person was read to still leave, and how the case began with them. */
      read: z.exactOptional(z.strictObject({ oid: OidSchema, opened: AccountSchema, at: instant })),
    }),
    output: AppliedRemedySchema,
  },
  async ({ caseId, plan, remedyId, read, revision = 1, ...begun }, { vendors, log, now }) => {
    // What an earlier revision recorded is over: found again, the same access is cut again.
    const folder = revisionFolderOf(caseId, revision);
    const recorded = await recordedAction(vendors, folder, remedyId);
    if (recorded !== undefined) return recorded;

    const planned = (await vendors.storage.getPlan(plan)).remedies.find(({ remedy }) => remedy.id === remedyId);
    if (planned === undefined) throw new OffboardingError('unexpected', `${remedyId} is not in the plan.`);
    const { remedy } = planned;
    const definition = remedyDefinition(remedy.call);
    const at = (): string => now().toISOString();
    // Delivered late: what the report calls failed is in people's hands by now, and who came back keeps what they have.
    const ended = await whyNotToCut(vendors, { caseId, ...begun });
    if (ended !== undefined) return fileFailure(vendors, caseId, remedy, at(), ended, undefined);

    const waited = await whyNotAfterWaiting(vendors, caseId, read, now);
    if (waited !== undefined) return fileFailure(vendors, caseId, remedy, at(), waited, 0);

    const before = await definition.read(vendors, remedy.call);
    if (!before.ok) {
      log.warn('remedy could not be prepared', { remedyId, kind: remedy.call.kind, failure: before.failure.message });
      return fileFailure(vendors, caseId, remedy, at(), before.failure.message, tryAgainOf(before.failure));
    }
    // Somebody mended it, or put something else in its place: nobody judged what stands there now.
    const why = before.value.state === 'present' ? whyNotAsPlanned(remedy, before.value) : undefined;
    if (why !== undefined) {
      log.info('remedy not carried out: its target has changed', { remedyId, kind: remedy.call.kind });
      return fileAction(vendors, folder, {
        remedyId,
        result: 'changed',
        what: remedy.what,
        at: at(),
        error: why,
      });
    }
    const image = await beforeImage(
      vendors,
      folder,
      remedyId,
      before.value.state === 'present' ? before.value.image : undefined,
    );
    if (before.value.state === 'gone') {
      // Gone with an image on file: an earlier run of this activity removed it and died before it could say so.
      const result = image === undefined ? 'nothing-to-do' : 'done';
      return fileAction(vendors, folder, {
        remedyId,
        result,
        what: remedy.what,
        at: at(),
        ...(image && { beforeImage: image }),
      });
    }

    const acted = await definition.act(vendors, remedy.call);
    if (!acted.ok) {
      // The other of two deliveries at once did it, and this one was refused for it.
      const done = await recordedAction(vendors, folder, remedyId);
      if (done !== undefined) return done;
      const again = tryAgainOf(acted.failure);
      const { kind } = remedy.call;
      const failure = acted.failure.kind;
      // Somebody writes there at this very moment, perhaps the other of two deliveries: nothing that anybody must see.
      if (failure === 'conflict' && again !== undefined) log.info('remedy is tried again', { remedyId, kind, failure });
      else log.warn('remedy failed', { remedyId, kind, failure });
      return fileFailure(vendors, caseId, remedy, at(), acted.failure.message, again, image);
    }
    log.info('remedy carried out', { remedyId, kind: remedy.call.kind, requestId: acted.requestId });
    return fileAction(vendors, folder, {
      remedyId,
      result: acted.value.effect,
      what: remedy.what,
      at: at(),
      ...(acted.requestId === undefined ? {} : { requestId: acted.requestId }),
      ...(image === undefined ? {} : { beforeImage: image }),
    });
  },
);

/** So old may the reading of the person be on which something is cut. */
const FRESH_MS = 30_000;

/**
 * Why nothing may be cut on an old reading of the person, in a sentence. What is told to act waits in a queue: for
 * seconds as a rule, for hours where the app was down. The next attempt reads the person again and says what became of
 * them.
 */
async function whyNotAfterWaiting(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  caseId: CaseId,
  read: { readonly oid: Oid; readonly opened: Parameters<typeof stillLeaves>[2]; readonly at: string } | undefined,
  now: () => Date,
): Promise<string | undefined> {
  if (read === undefined || now().getTime() - Date.parse(read.at) <= FRESH_MS) return undefined;
  const stored = await vendors.storage.getCase(caseId);
  const still = await stillLeaves(vendors, read.oid, read.opened, stored?.row, now);
  if (still.kind === 'leaving') return undefined;
  const why = still.kind === 'returned' ? still.why : `It could not be read again: ${still.failure.message}`;
  return `Whether the person still leaves was read long before this could be carried out. ${why} Nothing was changed.`;
}

function whyNotAsPlanned(
  { call }: Remedy,
  { now, reopened }: Extract<TargetState, { readonly state: 'present' }>,
): string | undefined {
  if (reopened !== undefined) return reopened;
  const changes = changesSince(call.expected, withoutSecretsIn(now));
  return changes.length === 0 ? undefined : `Changed since it was planned: ${changes.join('; ')}.`;
}

function tryAgainOf(failure: Parameters<typeof tryAgainAfter>[0][number]): number | undefined {
  return failure?.kind === 'conflict' && failure.retryable ? 0 : tryAgainAfter([failure]);
}
