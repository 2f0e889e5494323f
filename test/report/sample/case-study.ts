import type { Action } from '../../../src/cases/remedies/remedy.ts';
import type { ReportInput } from '../../../src/report/build/build-report.ts';
import { denyListFinding, sessionsFinding } from '../../../src/steps/containment/rules/containment-findings.ts';
import { action, CASE_ID, emptyCase, everyStep, finding, OID, part, readBack, verification } from '../sample-case.ts';
import { auditFacts } from './audit-facts.ts';
import { federated, grant } from './remedies.ts';
import { runnerFindings } from './runner-findings.ts';

/** The case study, as its report would read: much was cut, some things need a person, one source was refused. */
export function caseStudy(): ReportInput {
  const grants = [grant('g-1', 'Claude Code'), grant('g-2', 'VS Code MCP')];
  const credentials = [
    federated('id-mcp-pipeline-prod', 'amoreau-fork', 'repo:amoreau/mcp-tools:ref:refs/heads/main'),
    federated('id-mcp-pipeline-dev', 'amoreau-dev', 'repo:AMoreau/mcp-tools:environment:dev'),
    federated('id-mcp-data-prod', 'amoreau-etl', 'repo:amoreau/etl:ref:refs/heads/main', {
      status: 'needs-code-change',
      reason: 'The identity is tagged managed-by: terraform, so the next apply would put the credential back.',
    }),
  ];
  const wildcard = finding('federated-credentials', 'can-match-leaver', 'id-mcp-pipeline-prod/flex', {
    title: 'A flexible credential of id-mcp-pipeline-prod can match the leaver’s repositories.',
    resource: { system: 'azure', type: 'federatedIdentityCredential', id: 'flex', name: 'id-mcp-pipeline-prod/flex' },
    severity: 'medium',
    reason: 'Its expression matches every owner that begins with “a”. Pin it to the organisation.',
    evidence: { claimsMatchingExpression: "claims['sub'] matches 'repo:a*/mcp-*:ref:refs/heads/main'" },
  });
  const { token, runner, pat, schedules } = runnerFindings();
  const incident = finding('activity-audit', 'after-departure', 'calls', {
    incident: true,
    title: '912 calls came as the leaver after the last day.',
    resource: { system: 'log-analytics', type: 'table', id: 'MCPAuditLog_CL', name: 'MCPAuditLog_CL' },
    severity: 'critical',
    reason:
      'They read 847 files in 34 directories, between 02:00 and 03:00. Treat it as an incident and keep the runner’s disk.',
    evidence: { calls: 912, files: 847, directories: 34, firstAt: '2026-11-03T01:04:11Z' },
  });
  const applied = [...grants, ...credentials, pat];
  const issued = finding('consent', 'issued-tokens', OID, {
    title: 'Access tokens that Alex Moreau already holds stay valid until they expire',
    resource: { system: 'entra', type: 'accessToken', id: OID },
    severity: 'medium',
    status: 'nothing-to-do',
    reason: 'Revoking consent stops new tokens, not those already issued. The gateway refuses them by its deny list.',
    evidence: { lifetimeMinutes: 90 },
    residual: { until: '2026-11-23T11:06:45.000Z', why: 'An access token lives up to 90 minutes.' },
  });
  const who = { oid: OID, state: 'soft-deleted', displayName: 'Alex Moreau', userType: 'Member' } as const;
  const contained: Action[] = [
    {
      remedyId: 'containment',
      result: 'done',
      what: 'Put the leaver on the gateway’s deny list.',
      at: '2026-11-23T09:36:47.000Z',
      requestId: 'e4f0c9a2-1d7b-4b8e-9a06-55c0d2f7b1aa',
    },
  ];
  return emptyCase({
    leaver: {
      oid: OID,
      state: 'soft-deleted',
      displayName: 'Alex Moreau',
      userPrincipalName: 'alex.moreau@northwind-capital.example',
      mail: 'alex.moreau@northwind-capital.example',
      manager: { displayName: 'Priya Nair', mail: 'priya.nair@northwind-capital.example' },
      deletedAt: '2026-11-23T09:36:40.000Z',
      leaveAt: '2026-11-02T17:00:00.000Z',
      userType: 'Member',
      github: [
        { login: 'amoreau', id: 4711042, source: 'github/saml-identity:northwind-capital', confidence: 'proved' },
      ],
      devops: [
        {
          organisation: 'northwind',
          descriptor: 'aad.NGM5ZDFm',
          source: 'devops/graph:northwind',
          confidence: 'proved',
        },
      ],
    },
    parts: everyStep([
      part('containment', {
        findings: [
          denyListFinding(who, '/subscriptions/1111/…/apim-mcp-prod', { kind: 'done', namedValue: 'mcp-denied-oids' }),
          sessionsFinding(who, { kind: 'deleted' }),
        ],
        actions: contained,
        coverage: [
          { source: 'gateway/deny-list', state: 'complete', looked: { count: 2, unit: 'named values' } },
          {
            source: 'github/saml-identities:northwind-capital',
            state: 'complete',
            looked: { count: 40, unit: 'identities' },
          },
          { source: 'devops/users:northwind', state: 'complete', looked: { count: 38, unit: 'users' } },
        ],
      }),
      part('consent', {
        findings: [...grants, issued],
        coverage: [
          { source: 'entra/delegated-grants', state: 'complete', looked: { count: 41, unit: 'grants' } },
          { source: 'entra/app-role-assignments', state: 'complete', looked: { count: 12, unit: 'assignments' } },
        ],
      }),
      part('federated-credentials', {
        findings: [...credentials, wildcard],
        coverage: [
          { source: 'azure/managed-identities:platform', state: 'complete', looked: { count: 34, unit: 'identities' } },
          {
            source: 'azure/managed-identities:workloads',
            state: 'complete',
            looked: { count: 26, unit: 'identities' },
          },
          { source: 'entra/applications', state: 'complete', looked: { count: 118, unit: 'applications' } },
        ],
      }),
      part('runner-credentials', {
        findings: [token, runner, pat, ...schedules],
        coverage: [
          {
            source: 'github/repository-variables:northwind-capital',
            state: 'complete',
            looked: { count: 312, unit: 'variables' },
          },
          {
            source: 'github/workflow-files:northwind-capital',
            state: 'complete',
            looked: { count: 187, unit: 'files' },
          },
          {
            source: 'github/organisation-runners:northwind-capital',
            state: 'complete',
            looked: { count: 9, unit: 'runners' },
          },
          {
            source: 'devops/variable-groups:northwind',
            state: 'denied',
            looked: { count: 0, unit: 'groups' },
            detail: 'Azure DevOps answered the list of variable groups of project payments with 403.',
            missingPermission: 'vso.variablegroups_read',
          },
        ],
      }),
      part('activity-audit', {
        findings: [incident],
        coverage: [
          { source: 'log-analytics/MCPAuditLog_CL', state: 'complete', looked: { count: 3_204, unit: 'rows' } },
        ],
        facts: { ...auditFacts() },
      }),
      verification(applied.map((each) => readBack(each, each === pat ? 'present' : 'gone'))),
    ]),
    plan: { caseId: CASE_ID, hash: 'c'.repeat(64), remedies: [], known: [], places: [] },
    actions: [
      ...[...grants, ...credentials].map((each) => action(each)),
      action(pat, { result: 'queued', requestId: 'D1F2:3C4A:19E8:2B7F:6743A1C9' }),
    ],
    manifest: {
      name: `cases/${CASE_ID}/manifest.json`,
      files: [...grants, ...credentials].map(({ remedy }, index) => ({
        name: `cases/${CASE_ID}/before/${remedy.id}.json`,
        sha256: `${index}`.repeat(64),
        bytes: 380 + index,
      })),
    },
  });
}
