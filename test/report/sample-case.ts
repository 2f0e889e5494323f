import type { Finding } from '../../src/cases/finding.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { ReadBack } from '../../src/cases/remedies/read-back.ts';
import type { Action, Remedy, RemedyCall } from '../../src/cases/remedies/remedy.ts';
import { findingId, remedyIdOf } from '../../src/cases/stable-id.ts';
import type { StepResult } from '../../src/cases/step-result.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { ReportInput } from '../../src/report/build/build-report.ts';
import { STEP_NAMES, type StepName } from '../../src/steps/registry.ts';
import type { VerificationFacts } from '../../src/steps/verification/rules/verification-facts.ts';

export const OID = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid;
export const CASE_ID = makeCaseId(OID, 1);
export const AT = '2026-11-23T09:41:07.000Z';
const CHECKED_AT = '2026-11-23T09:40:31.000Z';

/** A finding with everything that a test does not care about filled in. */
export function finding(step: StepName, kind: string, id: string, rest: Partial<Finding> = {}): Finding {
  return {
    id: findingId(step, kind, id),
    step,
    kind,
    title: `${id} still gives access.`,
    resource: { system: 'entra', type: kind, id },
    severity: 'medium',
    status: 'manual-action',
    reason: 'Look at it.',
    evidence: {},
    ...rest,
  };
}

/** The finding with a remedy whose id belongs to it. */
export function withRemedy(of: Finding, rest: Partial<Remedy> = {}): Finding & { readonly remedy: Remedy } {
  const call: RemedyCall = {
    kind: 'delete-delegated-grant',
    grantId: of.resource.id,
    clientId: 'client',
    resourceId: 'gateway',
    scope: 'mcp.tools.read',
    expected: {
      consentType: 'Principal',
      principal: OID,
      client: 'client',
      resource: 'gateway',
      scopes: ['mcp.tools.read'],
    },
  };
  const remedy: Remedy = {
    id: remedyIdOf(of.id),
    risk: 'safe',
    what: `Delete ${of.resource.name ?? of.resource.id}.`,
    undo: 'Create it again from the before-image.',
    call,
    ...rest,
  };
  return { ...of, status: of.status === 'manual-action' ? 'planned' : of.status, remedy };
}

export function action(of: { readonly remedy: Remedy }, rest: Partial<Action> = {}): Action {
  return {
    remedyId: of.remedy.id,
    result: 'done',
    what: of.remedy.what,
    at: '2026-11-23T09:39:12.000Z',
    requestId: 'b0a3f6de-9c51-4f0e-8d55-1f6a7c2e4b90',
    beforeImage: {
      container: 'evidence',
      name: `cases/${CASE_ID}/before/${of.remedy.id}.json`,
      sha256: 'a'.repeat(64),
      bytes: 412,
    },
    ...rest,
  };
}

export function readBack(of: { readonly remedy: Remedy }, state: ReadBack['state'] = 'gone'): ReadBack {
  return { remedyId: of.remedy.id, state, checkedAt: CHECKED_AT };
}

/** A part of a step that read its one source completely. */
export function part(step: string, rest: Partial<StepResult> = {}): StepResult {
  return {
    step,
    findings: [],
    actions: [],
    coverage: [{ source: `${step}/source`, state: 'complete', looked: { count: 3, unit: 'items' } }],
    ...rest,
  };
}

export function verification(readBacks: readonly ReadBack[], rest: Partial<VerificationFacts> = {}): StepResult {
  const facts: VerificationFacts = { readBacks, deniedAtGateway: 'yes', ...rest };
  return part('verification', { facts: { ...facts } });
}

/** These parts, and of every other step one that found nothing, in the order of the report. */
export function everyStep(parts: readonly StepResult[]): StepResult[] {
  return STEP_NAMES.flatMap((name) => {
    const own = parts.filter(({ step }) => step === name);
    if (own.length > 0) return own;
    return [name === 'verification' ? verification([]) : part(name)];
  });
}

/** A case in which every step ran, read everything and found nothing. */
export function emptyCase(rest: Partial<ReportInput> = {}): ReportInput {
  return {
    case: {
      caseId: CASE_ID,
      mode: 'apply',
      trigger: 'entra-event',
      reason: 'The user was deleted in Entra.',
      requestedBy: 'entra',
      requestedAt: '2026-11-23T09:36:40.000Z',
      openedAt: '2026-11-23T09:36:44.000Z',
      startedAt: '2026-11-23T09:36:45.000Z',
      merged: [],
    },
    leaver: { oid: OID, state: 'soft-deleted', github: [], devops: [] },
    generatedAt: AT,
    // Its sources are made up: no catalogue says that others are missing.
    catalogue: {},
    decisions: { exemptions: [], acknowledged: [], unconfigured: [] },
    parts: everyStep([]),
    crashed: [],
    actions: [],
    manifest: { name: `cases/${CASE_ID}/manifest.json`, files: [] },
    ...rest,
  };
}
