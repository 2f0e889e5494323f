import assert from 'node:assert/strict';
import { carryFindings } from '../../../../activities/case/report/carry-findings.ts';
import { fileStepResult } from '../../../../activities/case/report/file-step-result.ts';
import { type CaseRow, instanceIdOf } from '../../../../src/cases/case.ts';
import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { toBeReadAgain } from '../../../../src/cases/following/attempts.ts';
import { makeCaseId, type RemedyId } from '../../../../src/cases/ids.ts';
import type { ReadBack } from '../../../../src/cases/remedies/read-back.ts';
import { ACTION_RESULTS, type Action, type Remedy } from '../../../../src/cases/remedies/remedy.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import type { Grant } from '../../../../src/connectors/graph/applications/grants.ts';
import { failed, NO_TIME_NAMED, ok } from '../../../../src/connectors/result.ts';
import { buildReport } from '../../../../src/report/build/build-report.ts';
import type { Report } from '../../../../src/report/report.ts';
import { defineSource } from '../../../../src/steps/define-source.ts';
import type { FiledPart } from '../../../../src/steps/registry.ts';
import { action, emptyCase, finding, OID, part, verification, withRemedy } from '../../../report/sample-case.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { fc } from '../../../support/properties.ts';
import { keepBlobsInMemory } from '../../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../../support/storage-in-memory/tables.ts';

export const OPEN = ['planned', 'awaiting-decision', 'manual-action', 'needs-code-change', 'failed'] as const;
const FOUND_AS = ['safe', 'disruptive', 'by-hand', 'in-code', 'not-checked', 'nothing-to-do'] as const;
const SOURCES = ['entra/some', 'entra/others'] as const;

const Thing = fc.record({
  as: fc.constantFrom(...FOUND_AS),
  /** What the reading before did about it, where something can be done. */
  did: fc.constantFrom('nothing', ...ACTION_RESULTS),
  /** What Entra says of it when this reading begins. */
  now: fc.constantFrom('present', 'gone', 'away', 'denied'),
  foundAnew: fc.boolean(),
  /** What reading it back at the end of this reading says, where it was cut. */
  backSays: fc.constantFrom('gone', 'present', 'could-not-check'),
});
type Thing = typeof Thing extends fc.Arbitrary<infer T> ? T : never;
export const Reading = fc.record({
  things: fc.array(Thing, { maxLength: 5 }),
  lines: fc.tuple(...SOURCES.map(() => fc.constantFrom('complete', 'partial', 'unavailable', 'silent'))),
});

const complete = (source: string): Coverage => ({ source, state: 'complete', looked: { count: 1, unit: 'items' } });
const idOf = (index: number): string => `grant-${index}`;
export const grantOf = (index: number): Finding & { readonly remedy: Remedy } =>
  withRemedy(finding('consent', 'delegated-grant', idOf(index)));

export function foundAs({ as }: Thing, index: number): Finding {
  const grant = grantOf(index);
  switch (as) {
    case 'safe':
      return grant;
    case 'disruptive':
      return { ...grant, status: 'awaiting-decision', remedy: { ...grant.remedy, risk: 'disruptive' } };
    default: {
      const { remedy: _, ...plain } = grant;
      const statuses = {
        'by-hand': 'manual-action',
        'in-code': 'needs-code-change',
        'not-checked': 'could-not-check',
        'nothing-to-do': 'nothing-to-do',
      } as const;
      return { ...plain, status: statuses[as] };
    }
  }
}

const isCut = (result: string): boolean => ['done', 'queued', 'nothing-to-do'].includes(result);
export const hasRemedy = ({ as }: Thing): boolean => as === 'safe' || as === 'disruptive';
/** Whether the reading before says that it took it away. */
export const wasCutBefore = (thing: Thing): boolean => hasRemedy(thing) && isCut(thing.did);
const BEFORE = '2026-11-22T09:05:00.000Z';

/** One reading after another of the same things, each with the report that follows. */
export async function startCarryFindings() {
  /*
   * One reading of a case and the next one, of things of every kind: what the reading before found and did, what became of
   * each since, and what this reading sees of it. What must hold is said from outside, of the two reports.
   */
  keepBlobsInMemory();
  keepTablesInMemory();
  const app = await startApp({ vendors: () => [] });
  const { context } = app;

  let cases = 0;

  /** Seals what the reading before found and did, as `fileReport` does, and returns the row of the next one. */
  async function sealBefore(things: readonly Thing[]): Promise<CaseRow> {
    cases += 1;
    const caseId = makeCaseId(OID, cases);
    const folder = `cases/${caseId}`;
    const put = (name: string, value: unknown) =>
      context.vendors.storage.putOnce('evidence', `${folder}/${name}`, JSON.stringify(value));
    const report = await put('report.json', {
      ...{ outcome: 'incomplete', incident: false, case: {}, steps: [] },
      summary: { counts: { 'awaiting-decision': 0 } },
    });
    const acts = things.flatMap((thing, index) => {
      if (!hasRemedy(thing) || thing.did === 'nothing') return [];
      const { remedy } = grantOf(index);
      return [
        put(`actions/${remedy.id}.json`, action({ remedy }, { result: thing.did, at: '2026-11-22T09:00:00.000Z' })),
      ];
    });
    const files = [
      report,
      await put(
        'steps/consent-1.json',
        part('consent', { findings: things.map(foundAs), coverage: SOURCES.map(complete) }),
      ),
      ...(await Promise.all(acts)),
    ];
    const sealed = files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }));
    await put('manifest.json', { generatedAt: '2026-11-23T09:41:07.000Z', outcome: 'attention', files: sealed });
    const row: CaseRow = {
      ...{ oid: OID, caseId, n: cases, trigger: 'api', mode: 'apply', state: 'filed', reason: 'left', merged: [] },
      ...{ requestedBy: 'hr', requestedAt: BEFORE, openedAt: BEFORE, instanceId: instanceIdOf(caseId) },
      ...{ filedAt: BEFORE, outcome: 'incomplete', report: report.name },
    };
    return toBeReadAgain(row, BEFORE, 'recheck') ?? assert.fail();
  }

  /** Entra as it is when this reading begins. */
  function entra(things: readonly Thing[]): typeof context.vendors.graph {
    const readGrant: typeof context.vendors.graph.readGrant = async (id) => {
      const index = things.findIndex((_, at) => idOf(at) === id);
      switch (things[index]?.now) {
        case 'present':
          return ok({
            id,
            clientId: 'client',
            resourceId: 'gateway',
            consentType: 'Principal',
            scopes: [],
          } as Partial<Grant> as Grant);
        case 'away':
          return failed({ kind: 'unavailable', status: 503, tryAgainAfterMs: NO_TIME_NAMED, message: 'away' });
        case 'denied':
          return failed({ kind: 'denied', status: 403, message: 'denied' });
        default:
          return failed({ kind: 'not-found', status: 404, message: 'gone' });
      }
    };
    return { ...context.vendors.graph, readGrant };
  }

  /** The next report: what is found and carried on, what of it is cut now, and what is read back. */
  async function nextReport({
    things,
    lines,
  }: {
    readonly things: readonly Thing[];
    readonly lines: readonly string[];
  }): Promise<Report> {
    const row = await sealBefore(things);
    const coverage = lines.flatMap((state, index): Coverage[] =>
      state === 'silent'
        ? []
        : [{ source: SOURCES[index] ?? '', state: state as 'complete', looked: { count: 1, unit: 'items' } }],
    );
    const findings = things.flatMap((thing, index) => (thing.foundAnew ? [foundAs(thing, index)] : []));
    const anew: FiledPart = { step: 'consent', findings, coverage, actions: [] };
    const filed = await fileStepResult(context.vendors, row.caseId, anew);
    const input = { caseId: row.caseId, row, parts: [filed] };
    const carried = await carryFindings.handler(input, {
      ...context,
      vendors: { ...context.vendors, graph: entra(things) },
    });
    const read = <T>(refs: readonly Parameters<typeof context.vendors.storage.getJson>[0][]): Promise<T[]> =>
      Promise.all(refs.map((ref) => context.vendors.storage.getJson<T>(ref)));
    const parts = await read<StepResult>([filed, ...carried.parts].map(({ ref }) => ref));
    const before = await read<Action>(carried.applied.map(({ action: ref }) => ref));
    const known = new Set<string>(carried.applied.map(({ remedyId }) => remedyId));
    // As `applyPlan`: what needs no decision and was not cut before.
    const acts = parts.flatMap((each) =>
      each.findings.flatMap(({ remedy }): Action[] =>
        remedy?.risk !== 'safe' || known.has(remedy.id) ? [] : [action({ remedy }, { result: 'done' })],
      ),
    );
    const backs = [...before, ...acts].map(
      ({ remedyId }): ReadBack => ({
        remedyId: remedyId as RemedyId,
        state: things.find((_, index) => grantOf(index).remedy.id === remedyId)?.backSays ?? assert.fail(),
        checkedAt: '2026-11-23T09:40:31.000Z',
      }),
    );
    const base = emptyCase();
    const others = base.parts.filter(({ step }) => step !== 'consent' && step !== 'verification');
    return buildReport({
      ...base,
      parts: [...others, ...parts, verification(backs)],
      actions: [...before, ...acts],
      catalogue: {
        consent: SOURCES.map((id) => defineSource({ id, holds: 'grants', examined: 'always', permissions: [] })),
      },
    });
  }

  return { app, nextReport };
}

export type CarryFindingsWorld = Awaited<ReturnType<typeof startCarryFindings>>;
