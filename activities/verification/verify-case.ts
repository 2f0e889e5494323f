import * as z from 'zod';
import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import { CaseIdSchema, RemedyIdSchema } from '../../src/cases/ids.ts';
import type { PlannedRemedy } from '../../src/cases/remedies/plan.ts';
import type { ReadBack } from '../../src/cases/remedies/read-back.ts';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import { StepPartRefSchema } from '../../src/cases/step-result.ts';
import { hasGateway } from '../../src/config/config-optional.ts';
import type { VendorFailure, VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { OidSchema } from '../../src/people/oid.ts';
import { count, instant } from '../../src/shapes/primitives.ts';
import { remedyDefinition } from '../../src/steps/registry.ts';
import type { VerificationFacts } from '../../src/steps/verification/rules/verification-facts.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';

const VerifiedCaseSchema = StepPartRefSchema.extend({
  /** What was cut and still answers: the vendor is working off a queued revocation. */
  pending: count,
});
export type VerifiedCase = Shaped<typeof VerifiedCaseSchema>;

const VerifyInputSchema = z.strictObject({
  caseId: CaseIdSchema,
  oid: OidSchema,
  /** Absent where the case got no plan. */
  plan: z.exactOptional(BlobRefSchema),
  /** The remedies that were carried out; the others still stand by design and are not read. */
  applied: z.array(RemedyIdSchema),
  /** Set where the person came back: the gateway need not refuse them. */
  returned: z.exactOptional(z.literal(true)),
  /** Set where the case revoked sign-in sessions: not before when, by the clock of the orchestration. */
  sessionsRevokedFrom: z.exactOptional(instant),
});
export type VerifyInput = Shaped<typeof VerifyInputSchema>;

type Checked = { readonly readBack: ReadBack; readonly system: string; readonly failure?: VendorFailure };

/** Reads back everything that was cut, the deny list included: an accepted request is not proof. */
export const verifyCase = defineActivity(
  'verifyCase',
  { input: VerifyInputSchema, output: VerifiedCaseSchema },
  async (input, { vendors, settings, now }) => {
    const planned = input.plan === undefined ? [] : (await vendors.storage.getPlan(input.plan)).remedies;
    const wanted = planned.filter(({ remedy }) => input.applied.includes(remedy.id));
    const checkedAt = now().toISOString();
    const [denied, sessions, ...checked] = await Promise.all([
      hasGateway(settings) ? vendors.gateway.isDenied(input.oid) : undefined,
      readSessions(vendors, input),
      ...wanted.map((planned) => readBack(vendors, planned, checkedAt)),
    ]);
    const facts: VerificationFacts = {
      readBacks: checked.map((each) => each.readBack),
      deniedAtGateway: denied === undefined ? 'no-gateway' : await deniedAt(vendors, input, denied),
      ...(sessions === undefined ? {} : { sessionsRevoked: sessions.state }),
    };
    const part = await fileStepResult(
      vendors,
      input.caseId,
      {
        step: 'verification',
        findings: [],
        actions: [],
        coverage: [
          ...gatewayLine(denied),
          ...(sessions === undefined ? [] : [sessions.coverage]),
          ...coverageBySystem(checked),
        ],
        facts,
      },
      tryAgainAfter([
        denied === undefined || denied.ok ? undefined : denied.failure,
        sessions?.failure,
        ...checked.map(({ failure }) => failure),
      ]),
    );
    // What a person let in again stays so, however often it is read.
    const present = checked.filter(
      ({ readBack: { state, detail } }) => state === 'present' && detail === undefined,
    ).length;
    return { ...part, pending: present + (sessions?.state === 'no' ? 1 : 0) };
  },
);

/** The line of the deny list. Without a gateway there is none: the catalogue's says that none is configured. */
function gatewayLine(denied: VendorResult<boolean> | undefined): Coverage[] {
  if (denied === undefined) return [];
  const source = 'verification/gateway';
  return denied.ok
    ? [{ source, state: 'complete', looked: { count: 1, unit: 'deny lists' } }]
    : [coverageOf(source, NOTHING_READ, [denied.failure])];
}

async function deniedAt(
  vendors: Pick<Vendors, 'storage'>,
  input: VerifyInput,
  denied: VendorResult<boolean>,
): Promise<VerificationFacts['deniedAtGateway']> {
  if (!denied.ok) return 'could-not-check';
  return denied.value ? 'yes' : whyNotDenied(vendors, input);
}

/** Somebody whom the gateway does not refuse was let in again, by the case or by a person; or nobody knows why. */
async function whyNotDenied(
  vendors: Pick<Vendors, 'storage'>,
  { oid, returned }: VerifyInput,
): Promise<'released' | 'released-by-hand' | 'no'> {
  if (returned === true) return 'released';
  const row = await vendors.storage.getDenied(oid).catch(() => undefined);
  return row?.state === 'released' ? 'released-by-hand' : 'no';
}

interface SessionsRead {
  readonly state: NonNullable<VerificationFacts['sessionsRevoked']>;
  readonly coverage: Coverage;
  readonly failure?: VendorFailure;
}

/** How far Entra's clock may be behind the orchestration's. */
const CLOCK_SKEW_MS = 300_000;

/** Whether Entra refuses sessions of before the case; undefined where the case revoked none, or the account is deleted. */
async function readSessions(
  vendors: Pick<Vendors, 'graph'>,
  { oid, sessionsRevokedFrom }: VerifyInput,
): Promise<SessionsRead | undefined> {
  if (sessionsRevokedFrom === undefined) return undefined;
  const source = 'verification/sign-in-sessions';
  const answer = await vendors.graph.sessionsValidFrom(oid);
  if (answer.ok) {
    const taken = Date.parse(answer.value ?? '') >= Date.parse(sessionsRevokedFrom) - CLOCK_SKEW_MS;
    const coverage = coverageOf(source, { count: 1, unit: 'accounts' });
    return { state: taken ? 'yes' : 'no', coverage };
  }
  const { failure } = answer;
  // Deleted since: nobody signs in with it.
  if (failure.kind === 'not-found') return undefined;
  return { state: 'could-not-check', coverage: coverageOf(source, { count: 0, unit: 'accounts' }, [failure]), failure };
}

async function readBack(vendors: Vendors, { remedy }: PlannedRemedy, checkedAt: string): Promise<Checked> {
  const { system, read } = remedyDefinition(remedy.call);
  const answer = await read(vendors, remedy.call);
  if (answer.ok) {
    const { value } = answer;
    const stays = value.state === 'present' ? (value.reopened ?? value.goesOn) : undefined;
    const seen = { remedyId: remedy.id, state: value.state, checkedAt };
    return { system, readBack: stays === undefined ? seen : { ...seen, detail: stays } };
  }
  const { failure } = answer;
  return {
    system,
    failure,
    readBack: { remedyId: remedy.id, state: 'could-not-check', checkedAt, detail: failure.message },
  };
}

function coverageBySystem(checked: readonly Checked[]): Coverage[] {
  return [...Map.groupBy(checked, ({ system }) => system)].map(([system, all]) => {
    const read = all.filter(({ failure }) => failure === undefined).length;
    const looked = { asked: all.length, count: read, unit: 'remedies' };
    const failure = all.find((each) => each.failure !== undefined)?.failure;
    const source = `verification/${system}`;
    return coverageOf(source, looked, [failure]);
  });
}
