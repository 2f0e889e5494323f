import type { Coverage } from '../../src/cases/coverage.ts';
import type { CaseId, Oid, RemedyId } from '../../src/cases/ids.ts';
import type { Plan, PlannedRemedy } from '../../src/cases/plan.ts';
import type { BlobRef } from '../../src/cases/remedy.ts';
import type { StepPartRef } from '../../src/cases/step-part.ts';
import type { ReadBack, VerificationFacts } from '../../src/cases/verification.ts';
import type { Config } from '../../src/config.ts';
import { isDenied } from '../../src/connectors/gateway/deny-list.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import { getJson } from '../../src/connectors/storage/evidence.ts';
import { defineActivity } from '../../src/durable.ts';
import { coverageOfFailure, tryAgainAfter } from '../case/coverage-of.ts';
import { fileStepPart } from '../case/file-step-part.ts';
import { handlerOf } from '../remedies/handlers.ts';

export interface VerifiedCase extends StepPartRef {
  /** Targets that were cut but still answer: the vendor is working off a queued revocation. */
  readonly pending: number;
}

interface VerifyInput {
  readonly caseId: CaseId;
  readonly oid: Oid;
  /** Absent where the case got no plan. */
  readonly plan?: BlobRef;
  /** The remedies that were carried out; the others still stand by design and are not read. */
  readonly applied: readonly RemedyId[];
}

type Checked = { readonly readBack: ReadBack; readonly system: string; readonly failure?: VendorFailure };

/** Reads back everything that was cut, the deny list included: an accepted request is not proof. */
export const verifyCase = defineActivity(
  'verifyCase',
  async (input: VerifyInput, { config, now }): Promise<VerifiedCase> => {
    const planned = input.plan === undefined ? [] : (await getJson<Plan>(config, input.plan)).remedies;
    const wanted = planned.filter(({ remedy }) => input.applied.includes(remedy.id));
    const checkedAt = now().toISOString();
    const [denied, ...checked] = await Promise.all([
      isDenied(config, input.oid),
      ...wanted.map((planned) => readBack(config, planned, checkedAt)),
    ]);
    const facts: VerificationFacts = {
      readBacks: checked.map((each) => each.readBack),
      deniedAtGateway: denied.ok ? (denied.value ? 'yes' : 'no') : 'could-not-check',
    };
    const gateway: Coverage = denied.ok
      ? { source: 'verification/gateway', state: 'complete', looked: { count: 1, unit: 'deny lists' } }
      : coverageOfFailure('verification/gateway', denied.failure);
    const part = await fileStepPart(
      config,
      input.caseId,
      {
        step: 'verification',
        findings: [],
        actions: [],
        coverage: [gateway, ...coverageBySystem(checked)],
        facts: { ...facts },
      },
      tryAgainAfter([denied.ok ? undefined : denied.failure, ...checked.map(({ failure }) => failure)]),
    );
    return { ...part, pending: checked.filter((each) => each.readBack.state === 'present').length };
  },
);

async function readBack(config: Config, { remedy }: PlannedRemedy, checkedAt: string): Promise<Checked> {
  const system = systemOf(remedy.call.kind);
  const answer = await handlerOf(remedy.call).read(config, remedy.call);
  if (answer.ok) return { system, readBack: { remedyId: remedy.id, state: answer.value.state, checkedAt } };
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
    const looked = { count: read, unit: 'remedies' };
    const failure = all.find((each) => each.failure !== undefined)?.failure;
    const source = `verification/${system}`;
    return failure === undefined ? { source, state: 'complete', looked } : coverageOfFailure(source, failure, looked);
  });
}

function systemOf(kind: PlannedRemedy['remedy']['call']['kind']): string {
  switch (kind) {
    case 'delete-delegated-grant':
    case 'delete-app-role-assignment':
      return 'entra';
    case 'delete-federated-credential':
      return 'federated-credentials';
    case 'revoke-fine-grained-token':
    case 'revoke-sso-credential':
    case 'delete-variable':
    case 'disable-workflow':
    case 'remove-runner':
      return 'github';
    case 'disable-agent':
    case 'revoke-devops-token':
      return 'azure-devops';
    default:
      return kind satisfies never;
  }
}
