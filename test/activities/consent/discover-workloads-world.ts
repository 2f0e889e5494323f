import assert from 'node:assert/strict';
import { discoverWorkloads } from '../../../activities/consent/discover-workloads.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { caseSensitive } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { type Planted, plantWorkload } from '../../support/plant-workload.ts';
import { seedContext } from '../../support/seed-context.ts';

export const leaver = WORLD.leaver.oid as Oid;
export const [ana, ben] = WORLD.colleagues;
const planted: ReturnType<typeof plantWorkload>[] = [];
export const opened = { cases: 0 };

export const told = ({ findings }: StepResult): string[] =>
  findings.map(({ kind, severity, status }) => `${kind} ${severity} ${status}`).sort();
export const gaps = ({ coverage }: StepResult): string[] =>
  coverage.flatMap((line) => (line.state === 'complete' ? [] : [`${line.source} ${line.state}`]));

/** Applications that tests plant beside those of the seed, and a case that looks at them. */
export async function startDiscoverWorkloads() {
  const state = seedEntra(seedContext());
  const app = await startApp({ vendors: (core) => [makeGraph(core, state)], storage: 'memory' });
  const admin = administratorOf(app.tenant.core, WORLD.operator.oid);
  const { vendors } = app.context;

  function prepare(): void {
    for (const { application, principal, assignment } of planted.splice(0)) {
      state.applications.delete(application.id);
      state.servicePrincipals.delete(principal.id);
      state.groups.get(ENTRA.group.id)?.memberIds.delete(principal.id);
      if (assignment !== undefined) state.assignments.delete(caseSensitive(assignment.id));
    }
    for (const row of state.deletedApplications.all()) state.deletedApplications.delete(row.id);
    state.directoryAudits.length = 0;
    state.directoryRoles.length = 0;
    app.tenant.faults.clear();
  }

  function plant(what: Planted): ReturnType<typeof plantWorkload> {
    const row = plantWorkload(state, what);
    planted.push(row);
    return row;
  }

  async function discover(): Promise<StepResult> {
    const found = await findPerson(app.config, leaver);
    assert.ok(found.ok);
    opened.cases += 1;
    const about = { caseId: makeCaseId(leaver, opened.cases), leaver: { ...found.value, github: [], devops: [] } };
    const { ref } = await discoverWorkloads.handler(about, app.context);
    return getJson<StepResult>(app.config, ref);
  }

  return { state, app, admin, vendors, plant, discover, prepare };
}

export type DiscoverWorkloadsWorld = Awaited<ReturnType<typeof startDiscoverWorkloads>>;
