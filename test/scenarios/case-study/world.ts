import assert from 'node:assert/strict';
import { after } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import type { Report } from '../../../src/report/report.ts';
import { filedReport, startFastStack } from '../support/fast-stack.ts';
import { type Picture, pictureOf } from '../support/picture.ts';

export const { leaver, gateway, github } = WORLD;
export const PLAN = `${leaver.oid}-1`;
export const CASE = `${leaver.oid}-2`;
export const SCALE = { repositories: 12, identities: 4, credentialsPerIdentity: 3 };

export const stack = await startFastStack({ scale: SCALE, wholeLog: true });
after(() => stack.stop());
export const { tenant, administrator } = stack;

/** What was seen on the way: kept for the tests that compare with it. */
export const stories: { before?: Picture; report?: Report; plan?: Report; firstCall?: number } = {};

/** The case study, told once: the tests look at what it left. */
export async function told(): Promise<{ before: Picture; after: Picture; report: Report; findings: ReportFinding[] }> {
  if (stories.report === undefined) {
    stories.before = pictureOf(stack);
    stories.firstCall = tenant.calls.length;
    await administrator.deleteUser(leaver.oid);
    stories.report = await filedReport(stack, CASE);
  }
  const { before, report } = stories;
  assert.ok(before !== undefined && report !== undefined);
  return { before, after: pictureOf(stack), report, findings: report.steps.flatMap(({ findings }) => findings) };
}

/** All but those. */
export const without = <T>(all: readonly T[], gone: readonly T[]): T[] => all.filter((each) => !gone.includes(each));

/** The ids of the leaver's cases, the newest first. */
export const casesOfLeaver = async (): Promise<string[]> => {
  const { cases } = (await (await stack.api('/api/cases')).json()) as { cases: { caseId: string; oid: string }[] };
  return cases.filter(({ oid }) => oid === leaver.oid).map(({ caseId }) => caseId);
};
