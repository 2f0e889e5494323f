import assert from 'node:assert/strict';
import { containLeaver } from '../../../activities/containment/contain-leaver.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseMode } from '../../../src/cases/case.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult, StepResultRef } from '../../../src/cases/step-result.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';

export const oid = parseOid(WORLD.leaver.oid) as Oid;
export const opened = { cases: 0 };

interface Contained extends StepResult {
  readonly ref: StepResultRef;
}

export const nextCase = (person: Oid): CaseId => {
  opened.cases += 1;
  return makeCaseId(person, opened.cases);
};
export const kindOf = (part: StepResult, kind: string): Finding | undefined =>
  part.findings.find((finding) => finding.kind === kind);
export const statuses = (part: StepResult) =>
  Object.fromEntries(part.findings.map(({ kind, status }) => [kind, status]));

/** The gateway’s list and the directory, and cases that contain the leaver. */
export async function startContainLeaver() {
  const seed = seedContext();
  const entra = seedEntra(seed);
  const arm = seedArm(seed);
  const app = await startApp({
    vendors: (core) => [makeGraph(core, entra), makeArm(core, arm)],
    storage: 'memory',
  });
  const { config, tenant, context } = app;
  const admin = administratorOf(tenant.core, WORLD.operator.oid);
  const lists = arm.namedValues.all().map((row) => ({ row, value: row.value }));

  async function prepare(): Promise<void> {
    tenant.faults.clear();
    for (const { row, value } of lists) row.value = value;
    await forgetDenied(config);
    if (entra.deletedUsers.get(oid) !== undefined) await admin.restoreUser(oid);
  }

  async function contain(
    person: Oid = oid,
    caseId: CaseId = nextCase(person),
    mode: CaseMode = 'apply',
  ): Promise<Contained> {
    const found = await findPerson(config, person);
    assert.ok(found.ok);
    const leaver = { ...found.value, github: [], devops: [] };
    const ref = await containLeaver.handler({ caseId, leaver, mode }, context);
    return { ...(await getJson<StepResult>(config, ref.ref)), ref };
  }
  /** By the time at which they came: one that hung in an earlier test stands in the list when that was given up. */
  const callsSince = (at: number) => tenant.calls.filter((each) => each.at >= at);

  return { arm, app, config, tenant, context, admin, lists, contain, callsSince, prepare };
}

export type ContainLeaverWorld = Awaited<ReturnType<typeof startContainLeaver>>;
