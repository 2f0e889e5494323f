import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { seedLeftBehind } from '../../../local/tenant/devops/seeds/seed-left-behind.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseMode } from '../../../src/cases/case.ts';
import { loadConfig } from '../../../src/config.ts';
import { nameOfGrant } from '../../../src/connectors/permission.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Diagnosis } from '../../../src/doctor/diagnosis.ts';
import type { Permission } from '../../../src/permissions/permission.ts';
import type { Report } from '../../../src/report/report.ts';
import { readLines } from '../../../src/report/unread.ts';
import { type RemedyCall, remedyDefinition } from '../../../src/steps/registry.ts';
import { shortForm } from '../../support/short-form.ts';
import { thinOut } from '../../support/thin-out.ts';
import { filedReport, startFastStack } from '../support/fast-stack.ts';
import { gapsIn } from '../support/fault-stack.ts';
import { forgetPeople } from '../support/forget-people.ts';
import { rewinder } from '../support/rewind.ts';
import { takePermission } from '../support/take-permission.ts';
import { ISSUE, isOf, namesOf, READS, restsOn, restsOnIt, together, WRITES, wider } from './permissions/rests-on.ts';
import { callsThatWait, isDisruptive } from './permissions/waiting-remedies.ts';

const stack = await startFastStack();
after(() => stack.stop());
const { logs, github, devops } = stack.states;
thinOut(logs);
// As Azure documents it: what became of a change is asked for, which takes a permission of its own.
stack.states.arm.namedValueWrites = 'queued';
const rewind = rewinder(stack);
const { oid } = WORLD.leaver;

/** A case of the account as it was before any other, asked for by an operator. */
async function caseOf(mode: CaseMode): Promise<Report> {
  rewind();
  await forgetPeople(stack);
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'What a missing permission changes', mode }),
  });
  assert.equal(opened.status, 201);
  const { caseId } = (await opened.json()) as { caseId: string };
  return filedReport(stack, caseId);
}

/** The same with some permissions less, which everybody has back afterwards. */
async function without(rows: readonly Permission[], mode: CaseMode): Promise<Report> {
  const taken = rows.flatMap((row) => [row, ...wider(row)]).map((each) => takePermission(stack, each));
  assert.ok(
    taken.every((giveBack) => giveBack !== undefined),
    'the tenant simulates it',
  );
  const giveBack = (): void => {
    for (const each of taken) each?.();
  };
  try {
    // What was signed once serves for an hour: only a new process asks the vault.
    if (rows.some(({ system }) => system === 'key-vault')) {
      await stack.killApp();
      await stack.startApp();
    }
    return await caseOf(mode);
  } finally {
    giveBack();
  }
}

/** Of this case alone: what could not be told of an earlier one comes later. */
const issuesOf = (caseId: string): number =>
  github.repositories.all().flatMap(({ issues }) => issues.where(({ body }) => body.includes(caseId))).length;

/** `step source` of every line that was asked, with its state and the permission that it names. */
function linesOf({ steps }: Report): Map<string, string> {
  return new Map(
    steps.flatMap(({ step, coverage }) =>
      readLines(coverage).map(({ source, state, missingPermission }) => [
        `${step} ${source}`,
        missingPermission === undefined ? state : `${state} ${missingPermission}`,
      ]),
    ),
  );
}

/** The permission as the line of a source names it: whoever lacks one of the two for Entra's logs is told of both. */
function namedIn({ grant }: Permission, source: string): string {
  const name = nameOfGrant(grant);
  const both = /^(AuditLog|Directory)\./.test(name) && ['entra/directory-audit', 'entra/sign-ins'].includes(source);
  return both ? 'AuditLog.Read.All, Directory.Read.All' : name;
}

test('before anything is taken away the doctor finds everything in order', async () => {
  const answer = await stack.api('/api/doctor');
  assert.equal(answer.status, 200);
  const { verdict, headline } = (await answer.json()) as Diagnosis;
  assert.equal(verdict, 'ready', headline);
});

describe('a plan without permissions: exactly the lines that rest on each are denied and name it, for', () => {
  let undisturbed: Report;
  before(async () => {
    undisturbed = await caseOf('plan');
    assert.deepEqual(gapsIn(undisturbed), []);
  });
  for (const [index, rows] of shortForm([...together(READS).entries()])) {
    test(namesOf(rows), async () => {
      // GitHub says 403 where it admits that a thing exists, and else 404, as if there were none.
      for (const installation of github.installations.all()) installation.denials = index % 2 === 0 ? 403 : 404;
      const report = await without(rows, 'plan');
      const expected = linesOf(undisturbed);
      const taken = rows.flatMap((row) => [...wider(row), row]);
      const denied = taken.flatMap((of) =>
        of.neededFor.flatMap((each) =>
          each.kind === 'coverage' ? [{ ...each, named: namedIn(of, each.source) }] : [],
        ),
      );
      for (const each of denied) {
        const prefix = `${each.step} ${each.source}`;
        const known = [...expected.keys()].filter((key) => key === prefix || key.startsWith(`${prefix}:`));
        // Said only where it is not known, so that there is no line without faults.
        const lines = known.length === 0 && each.source === 'entra/departure' ? [prefix] : known;
        assert.ok(lines.length > 0, `${prefix} is a line of the report`);
        for (const line of lines) expected.set(line, `denied ${each.named}`);
      }
      assert.deepEqual(sorted(linesOf(report)), sorted(expected));
      assert.equal(report.outcome, rows.some((row) => restsOn(row, 'coverage')) ? 'incomplete' : undisturbed.outcome);
      assert.notEqual(report.outcome, 'clear');
    });
  }
});

describe('a case without permissions: exactly what rests on each fails, and names it, for', () => {
  let undisturbed: Report;
  before(async () => {
    undisturbed = await caseOf('apply');
    assert.deepEqual(gapsIn(undisturbed), []);
  });
  // What is disruptive waits for a decision; the remedies themselves are asked further down.
  const groups = together(WRITES.filter((each) => !each.neededFor.every(isDisruptive)));
  for (const rows of shortForm(groups)) {
    test(namesOf(rows), async () => {
      const report = await without(rows, 'apply');
      const tells = !rows.some(({ neededFor }) =>
        neededFor.some((each) => each.kind === 'function' && each.what === ISSUE),
      );
      assert.equal(issuesOf(report.case.caseId), tells ? 1 : 0);
      const failed = new Set<Permission>();
      for (const [id, status] of statusesOf(undisturbed)) {
        const finding = findingsOf(report).find((each) => each.id === id);
        assert.ok(finding !== undefined, id);
        const wanting = status === 'awaiting-decision' ? undefined : rows.find((row) => restsOnIt(finding, row));
        if (wanting !== undefined) {
          failed.add(wanting);
          const name = nameOfGrant(wanting.grant);
          if (restsOn(wanting, 'remedy')) assert.ok(finding.reason.includes(name), finding.reason);
        }
        // What only the refusal closes stands as the denial does.
        if (finding.closedWith === undefined)
          assert.equal(finding.status, wanting === undefined ? status : 'failed', finding.title);
      }
      assert.deepEqual(
        rows.filter((row) => failed.has(row)),
        rows.filter(({ neededFor }) => neededFor.some(({ kind }) => kind !== 'function')),
      );
      // Nothing was kept from looking; an act of containment says so where it stands.
      assert.deepEqual(
        gapsIn(report).map(({ missingPermission }) => missingPermission),
        rows.filter((row) => restsOn(row, 'containment')).map(({ grant }) => nameOfGrant(grant)),
      );
      assert.equal(report.outcome, failed.size > 0 ? 'failed' : undisturbed.outcome);
    });
  }
});

describe('a remedy that waits for a decision fails without its permission, and no other does, for', () => {
  const calls = callsThatWait(devops);
  const vendors = openVendors(loadConfig(stack.settings));
  const act = (call: RemedyCall) => remedyDefinition(call).act(vendors, call);
  before(async () => {
    seedLeftBehind(devops);
    Object.assign(process.env, stack.tenant.identityEnvironment);
    for (const call of calls) assert.ok((await act(call)).ok, JSON.stringify(call));
  });
  for (const row of WRITES.filter(({ neededFor }) => neededFor.some(isDisruptive))) {
    if (row.system === 'key-vault') continue;
    test(row.id, async () => {
      const giveBack = takePermission(stack, row);
      try {
        for (const call of calls) {
          const answer = await act(call);
          const rests = row.neededFor.some((each) => each.kind === 'remedy' && isOf(each, call));
          const missing = !answer.ok && answer.failure.kind === 'denied' ? answer.failure.missingPermission : 'nothing';
          assert.deepEqual([answer.ok, missing], rests ? [false, nameOfGrant(row.grant)] : [true, 'nothing']);
        }
      } finally {
        giveBack?.();
      }
    });
  }
});

function findingsOf({ steps }: Report) {
  return steps.flatMap(({ findings }) => findings);
}

function statusesOf(report: Report): [id: string, status: string][] {
  return findingsOf(report).map(({ id, status }) => [id, status]);
}

function sorted(lines: ReadonlyMap<string, string>): [string, string][] {
  return [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
}
