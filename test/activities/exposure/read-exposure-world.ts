import assert from 'node:assert/strict';
import { makePlan } from '../../../activities/case/make-plan.ts';
import { fileExposure } from '../../../activities/exposure/file-exposure.ts';
import { readExposurePart } from '../../../activities/exposure/read-part.ts';
import { fileInventory } from '../../../activities/sweep/inventory/file-inventory.ts';
import { listInventory } from '../../../activities/sweep/inventory/list-inventory.ts';
import { readInventory } from '../../../activities/sweep/inventory/read-inventory.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Plan } from '../../../src/cases/remedies/plan.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { type KeptExposure, keptExposure } from '../../../src/exposure/kept.ts';
import { partsOf } from '../../../src/exposure/part.ts';
import type { ExposurePath } from '../../../src/exposure/path.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startCaseStudyApp } from '../../support/apps/case-study-app.ts';

/** What is kept where both parts of the setting are on. */
export type Whole = Required<KeptExposure>;

/** Words by which a path shows the thing that a finding is about. */
export function wordsOf({
  kind,
  evidence,
  resource: { id, name = id },
}: StepResult['findings'][number]): readonly string[] {
  switch (kind) {
    case 'references-leaver':
      return name.split('/');
    case 'delegated-grant':
      return [name.split(' → ')[0] ?? name];
    case 'schedule-runs-as-leaver':
      return [name, id.split('/workflows/')[0] ?? id];
    case 'token-in-variable':
      return [`variable ${id.split('#')[1]} of ${id.split('#')[0]}`];
    default:
      return [`Your ${evidence.credentialType ?? 'fine-grained personal access token'} “${name}”`];
  }
}

export const FORECAST = new Set([
  ...['delegated-grant', 'references-leaver', 'fine-grained-token', 'sso-credential', 'deploy-key-of-leaver'],
  ...['schedule-runs-as-leaver', 'token-in-variable', 'connection-of-leaver'],
]);
export const shows = ({ title, where }: ExposurePath, words: readonly string[]) =>
  words.every((word) => `${title} ${where}`.includes(word));

/** Readings of who is exposed, and the plan of a case to hold them against. */
export async function startReadExposure() {
  const { app, states, discover } = await startCaseStudyApp();
  const context = { ...app.context, settings: { ...app.config, EXPOSURE: ['own' as const, 'company' as const] } };
  const { storage } = context.vendors;
  const PARTS = partsOf(app.config.SUBSCRIPTION_IDS).flat();

  async function sweepRepositories(at: string): Promise<void> {
    const { organisations } = await listInventory.handler({ at }, context);
    for (const { organisation, wholeAt, tasks } of organisations) {
      const read = await Promise.all(tasks.map((task) => readInventory.handler({ at, task }, context)));
      const batches = read.flatMap(({ batch }) => batch ?? []);
      await fileInventory.handler({ at, organisation, wholeAt, batches }, context);
    }
  }

  async function readParts(at: string, parts = PARTS, of = context): Promise<Whole> {
    for (const part of parts) await readExposurePart.handler({ at, part }, of);
    await fileExposure.handler({ at, parts: [...PARTS] }, of);
    const kept = await keptExposure(storage);
    assert.ok(kept);
    return kept as Whole;
  }

  /** The plan of a case about the leaver, made as a dry run makes it, and the findings from which it is made. */
  async function planOfCase(): Promise<
    { readonly plan: Plan; readonly unread: readonly string[] } & Pick<StepResult, 'findings'>
  > {
    const found = await discover(['consent', 'federated-credentials', 'runner-credentials']);
    const parts = await Promise.all(
      found.map(async (result, at) => ({
        step: result.step,
        ref: await storage.putJson('work', `plan-test/${at}`, result),
        ...{ findings: result.findings.length, coverage: 'complete' as const },
      })),
    );
    const { plan } = await makePlan.handler({ caseId: makeCaseId(WORLD.leaver.oid as Oid, 1), parts }, context);
    const unread = found.flatMap(({ coverage }) =>
      coverage.flatMap(({ source, state, detail }) => (state === 'complete' ? [] : [`${source}: ${state}: ${detail}`])),
    );
    return { plan: await storage.getJson<Plan>(plan), findings: found.flatMap(({ findings }) => findings), unread };
  }

  return { app, states, context, storage, PARTS, sweepRepositories, readParts, planOfCase };
}

export type ReadExposureWorld = Awaited<ReturnType<typeof startReadExposure>>;
