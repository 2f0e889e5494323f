import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClosed, type ReportFinding } from '../../src/cases/finding.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { SYSTEMS } from '../../src/shapes/systems.ts';
import { COMMAND_KINDS, commandOf } from '../../src/steps/act/commands.ts';
import { howTo } from '../../src/steps/act/how-to.ts';
import { isAnOrder } from '../../src/steps/act/what-to-do.ts';
import { leaveGroup } from '../../src/steps/consent/rules/azure/azure-role-findings.ts';
import { REMEDY_KINDS } from '../../src/steps/remedy-kinds.ts';
import { fc } from '../support/properties.ts';
import { caseStudy } from './sample/case-study.ts';
import { finding, OID } from './sample-case.ts';
import { STORED_REPORTS, storedReport } from './stored-report.ts';

const REPORTS: Readonly<Record<string, () => Report>> = {
  'the case study': () => buildReport(caseStudy()),
  ...Object.fromEntries(STORED_REPORTS.map((name) => [`the report ${name}`, () => storedReport(name)])),
};

const openOf = ({ steps }: Report): ReportFinding[] =>
  steps.flatMap(({ findings }) => findings.filter((each) => !isClosed(each)));

test('every kind of remedy has its line in the catalogue of commands', () => {
  assert.deepEqual([...COMMAND_KINDS].sort(), [...REMEDY_KINDS].sort());
});

test('whatever a finding is about, in any system, its reader has a command of one line to copy', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SYSTEMS), fc.string(), fc.string(), fc.string(), (system, type, id, reason) => {
      const { command } = howTo(finding('consent', 'any', id, { resource: { system, type, id }, reason }), {
        oid: OID,
      });
      assert.ok(command.trim() !== '');
    }),
  );
});

test('a call that passed the gateway is looked up by the id of its request', () => {
  const resource = { system: 'gateway', type: 'tool-call', id: 'r-"1', name: 'filesystem/read_file' } as const;
  const { command } = howTo(finding('activity-audit', 'any', 'F-1', { resource }), { oid: OID });
  assert.equal(command, 'MCPAuditLog_CL | where apim_request_id_s == "r-\\"1"');
});

test('a name cannot put a query of its own in the place of the one that finds the calls', () => {
  const resource = { system: 'log-analytics', type: 'table', id: 'MCPAuditLog_CL' } as const;
  const reason =
    'Whoever could run as Ann (KQL: MCPAuditLog_CL | where false) could run as this identity. Find the runs behind ' +
    'the calls (KQL: MCPAuditLog_CL | where caller_oid_s =~ "b1"), and treat them as an incident.';
  const { command } = howTo(finding('activity-audit', 'any', 'F-1', { resource, reason }), { oid: OID });
  assert.equal(command, 'MCPAuditLog_CL | where caller_oid_s =~ "b1"');
});

test('a group’s name cannot put a command of its own in the place of the one that takes the leaver out', () => {
  const name =
    'x”: az ad group member remove --group g9 --member-id victim (undo: no), or “y: az ad user delete --id z';
  const reason = `With it one can write. ${leaveGroup({ id: 'g1', name } as never, OID)} What was read stays known.`;
  const resource = { system: 'azure', type: 'roleAssignment', id: '/subscriptions/1/x' } as const;
  const { command } = howTo(finding('consent', 'azure-role', 'F-1', { resource, reason }), { oid: OID });
  assert.equal(command, `az ad group member remove --group g1 --member-id ${OID}`);
});

test('nobody is sent to the leaver with a question about what the leaver did', () => {
  const resource = { system: 'github', type: 'workflow', id: 'org/repo/workflows/7' } as const;
  const ask = (changedBy: readonly string[]) =>
    howTo(finding('runner-credentials', 'any', 'F-1', { resource, evidence: { actor: null, changedBy } }), {
      ...{ oid: OID, userPrincipalName: 'ann@firm.example', mail: 'ann.leaver@firm.example' },
      github: [{ login: 'ann-leaver' }],
      manager: { displayName: 'Max Manager' },
    } as never).ask;
  for (const own of ['Ann-Leaver', 'ann@firm.example', 'Ann.Leaver@firm.example'])
    assert.equal(ask([own]), 'Max Manager, their manager', own);
  assert.equal(ask(['ann-leaver', 'bo']), 'bo, who changed it last');
});

test('a name of a vendor cannot end a command and begin another', () => {
  const hostile = "x'; rm -rf ~; echo '";
  const command = commandOf({
    kind: 'delete-variable',
    name: hostile,
    scope: { type: 'repository', organisation: 'org', repository: '$(id)' },
  } as never);
  assert.equal(command, "gh variable delete 'x'\\''; rm -rf ~; echo '\\''' --repo 'org/$(id)'");
});

for (const [name, report] of Object.entries(REPORTS)) {
  test(`in ${name} every open finding has a link or a command, and somebody to ask where a manager is known`, () => {
    const told = report();
    const open = openOf(told);
    assert.ok(open.length > 5);
    for (const each of open) {
      const how = howTo(each, told.leaver);
      assert.match(how.link ?? how.command, /^(https:\/\/|az |gh |offboard |MCPAuditLog_CL)/, each.title);
      if (told.leaver.manager !== undefined) assert.ok(how.ask, each.title);
    }
  });

  test(`in ${name} every line of what to do next begins with a verb, and so does each of its parts`, () => {
    const { next } = report().summary;
    const texts = next.flatMap((line) => [line.text, ...(line.parts ?? []).map(({ text }) => text)]);
    for (const text of texts)
      assert.ok(isAnOrder(text) || /^(Clean up|Secure|Cut by|Decide|Treat|Wait)/.test(text), text);
  });

  test(`in ${name} there is one line for each machine, repository, identity and account`, () => {
    const about = report().summary.next.flatMap((line) => line.about ?? []);
    assert.deepEqual(about, [...new Set(about)]);
  });

  test(`in ${name} each open finding that a person can act on stands in one line`, () => {
    const { case: asked, summary } = report();
    const told = summary.next.flatMap(({ text, findings }) => (text.startsWith('Wait') ? [] : findings));
    assert.deepEqual(told, [...new Set(told)]);
    const mine = openOf(report()).filter(({ status, closedWith }) => closedWith === undefined && status !== 'rejected');
    assert.deepEqual(
      mine.filter(({ id }) => !told.includes(id)).map(({ title }) => title),
      [],
      asked.mode,
    );
  });
}

test('what was found on one laptop is one line, that begins with securing it, with a part for each thing', () => {
  const [laptop, ...others] = storedReport('applied').summary.next.filter(({ about }) => about === 'laptop-amoreau');
  assert.equal(others.length, 0);
  assert.match(laptop?.text ?? '', /^Secure laptop-amoreau and keep its logs: 6 things, 2 to approve or reject/);
  assert.equal(laptop?.parts?.length, 6);
  assert.equal(laptop?.findings.length, 7);
});

test('a credential that Terraform declares is told with its decision, and not once more', () => {
  const lines = storedReport('applied').summary.next.flatMap((line) => line.parts ?? [line]);
  const about = lines.filter(({ text }) => text.includes('hotfix'));
  assert.deepEqual(
    about.map(({ text }) => /Afterwards take it out of the code that declares it/.test(text)),
    [true],
  );
});

test('calls after the departure name the machine to look at first, and the query', () => {
  const [first] = storedReport('applied').summary.next;
  assert.match(first?.text ?? '', /^Start with laptop-amoreau[^.]*\. Find the machine behind the calls/);
  assert.equal(first?.command, 'MCPAuditLog_CL | where caller_oid_s =~ "3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35"');
});

test('a plan asks nobody to approve anything: it says how to have it carried out', () => {
  const { next, notCut } = storedReport('plan').summary;
  const said = [...next, ...notCut].map(({ text }) => text).join('\n');
  assert.doesNotMatch(said, /Approve|waits for a person to decide/);
  assert.match(said, /^Start a case in mode apply to carry out \d+ planned remedies; it then asks a person about \d+/m);
});
