import type { Finding, ResourceRef } from '../../src/cases/finding.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { ReadBack } from '../../src/cases/remedies/read-back.ts';
import type { Action, Remedy, RemedyCall } from '../../src/cases/remedies/remedy.ts';
import { findingId, remedyIdOf } from '../../src/cases/stable-id.ts';
import type { StepResult } from '../../src/cases/step-result.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { ReportInput } from '../../src/report/build/build-report.ts';
import type { AuditDay, AuditFacts } from '../../src/steps/activity-audit/rules/audit-facts.ts';
import { denyListFinding, sessionsFinding } from '../../src/steps/containment/rules/containment-findings.ts';
import { STEP_NAMES, type StepName } from '../../src/steps/registry.ts';
import type { VerificationFacts } from '../../src/steps/verification/rules/verification-facts.ts';

export const OID = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid;
export const CASE_ID = makeCaseId(OID, 1);
export const AT = '2026-11-23T09:41:07.000Z';
const CHECKED_AT = '2026-11-23T09:40:31.000Z';
const DAY = 86_400_000;

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
function everyStep(parts: readonly StepResult[]): StepResult[] {
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

const grant = (id: string, name: string): Finding & { readonly remedy: Remedy } =>
  withRemedy(
    finding('consent', 'delegated-grant', id, {
      title: `${name} may call the gateway as the leaver.`,
      resource: { system: 'entra', type: 'oauth2PermissionGrant', id, name },
      severity: 'high',
      reason: 'The leaver consented for themselves; a refresh token makes new access tokens from it.',
      evidence: { scope: 'mcp.tools.read mcp.tools.write', consentType: 'Principal', clientAppId: 'c1a0de00-c0de' },
    }),
    { what: `Delete the consent grant of ${name} on the gateway.` },
  );

const federated = (identity: string, name: string, subject: string, rest: Partial<Finding> = {}) =>
  withRemedy(
    finding('federated-credentials', 'references-leaver', `${identity}/${name}`, {
      title: `${identity} trusts workflows of the leaver’s own repository.`,
      resource: {
        system: 'azure',
        type: 'federatedIdentityCredential',
        id: `/subscriptions/1111/resourceGroups/rg-mcp/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identity}/federatedIdentityCredentials/${name}`,
        name: `${identity}/${name}`,
        url: 'https://portal.azure.com/#view/identity',
      },
      severity: 'high',
      reason: 'The subject’s owner is the leaver’s GitHub account, matched by its numeric id.',
      evidence: { subject, issuer: 'https://token.actions.githubusercontent.com', matchedBy: 'owner id 4711042' },
      ...rest,
    }),
    {
      what: `Delete the federated credential ${name} of ${identity}.`,
      serialKey: identity,
      call: {
        kind: 'delete-federated-credential',
        name,
        id: name,
        expected: {
          issuer: 'https://token.actions.githubusercontent.com',
          subject,
          expression: null,
          audiences: ['api://AzureADTokenExchange'],
        },
        parent: {
          type: 'managed-identity',
          subscriptionId: '1111',
          resourceGroup: 'rg-mcp',
          name: identity,
          resourceId: `/x/${identity}`,
        },
      },
    },
  );

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
  const github = (type: string, id: string, name: string): ResourceRef => ({ system: 'github', type, id, name });
  const token = withRemedy(
    finding('runner-credentials', 'token-in-variable', 'northwind-capital/data-sync/MCP_TOKEN', {
      title: 'A variable of data-sync holds the leaver’s personal token.',
      resource: github('variable', 'MCP_TOKEN', 'northwind-capital/data-sync MCP_TOKEN'),
      severity: 'critical',
      status: 'awaiting-decision',
      reason: 'The nightly job data-sync reads it; deleting it stops that job.',
      evidence: {
        tokenType: 'github-classic',
        lastFour: '9f3a',
        sha256: '5b1d…',
        checksum: 'valid',
        holder: 'personal',
      },
    }),
    {
      risk: 'disruptive',
      what: 'Delete the variable MCP_TOKEN of northwind-capital/data-sync.',
      call: {
        kind: 'delete-variable',
        scope: { type: 'repository', organisation: 'northwind-capital', repository: 'data-sync' },
        name: 'MCP_TOKEN',
        expected: { valueSha256: '5b'.repeat(32) },
      },
    },
  );
  const runner = withRemedy(
    finding('runner-credentials', 'leaver-runner', '23', {
      title: 'The self-hosted runner laptop-amoreau is still registered and online.',
      resource: github('runner', '23', 'laptop-amoreau'),
      severity: 'critical',
      status: 'awaiting-decision',
      reason: 'It ran 61 jobs since the last day, the last at 02:07 today.',
      evidence: { status: 'online', labels: ['self-hosted', 'linux', 'nightly'], jobsSinceLastDay: 61 },
    }),
    {
      risk: 'disruptive',
      what: 'Remove the runner laptop-amoreau from northwind-capital.',
      call: {
        kind: 'remove-runner',
        organisation: 'northwind-capital',
        runnerId: 23,
        name: 'laptop-amoreau',
        expected: { name: 'laptop-amoreau', os: 'linux' },
      },
    },
  );
  const pat = withRemedy(
    finding('runner-credentials', 'fine-grained-token', '881', {
      title: 'A fine-grained token of the leaver reaches 4 repositories.',
      resource: github('personal-access-token', '881', 'nightly-sync'),
      severity: 'high',
      reason: 'It was granted to the organisation and does not end with the membership.',
      evidence: { permissions: ['contents:read', 'actions:write'], repositories: 4 },
      residual: { until: '2026-11-24T09:39:00.000Z', why: 'The token ends with its own expiry date at the latest.' },
    }),
    {
      what: 'Revoke the fine-grained token nightly-sync.',
      call: {
        kind: 'revoke-fine-grained-token',
        organisation: 'northwind-capital',
        grantId: 881,
        ownerId: 4_711_042,
        login: 'amoreau',
        expected: { ownerId: 4_711_042 },
      },
    },
  );
  const schedules = ['data-sync', 'report-mailer', 'index-docs'].map((name) =>
    finding('runner-credentials', 'schedule-by-leaver', name, {
      title: `The schedule of ${name} runs as the leaver.`,
      resource: github('workflow', name, `northwind-capital/${name} nightly.yml`),
      severity: 'medium',
      reason: 'Somebody who stays has to commit to the schedule, or it runs as the leaver until it is disabled.',
      evidence: { cron: '0 2 * * *', lastRun: '2026-11-23T02:00:14Z' },
    }),
  );
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

/** Ninety days: weekdays in office hours, then the runner at two in the morning. */
export function auditFacts(): AuditFacts {
  const first = Date.parse('2026-08-26T00:00:00Z');
  const lastDay = '2026-11-02';
  const days = Array.from({ length: 90 }, (_, index): AuditDay => {
    const at = new Date(first + index * DAY);
    const date = at.toISOString().slice(0, 10);
    const weekend = at.getUTCDay() % 6 === 0;
    const after = date > lastDay;
    const gap = date === '2026-09-19' || date === '2026-09-20';
    const usual = weekend || gap ? 0 : 24 + ((index * 37) % 23);
    const night = date === '2026-11-20' ? 847 : 2 + ((index * 5) % 4);
    return {
      date,
      calls: after ? night : usual,
      callsAfterDeparture: after ? night : 0,
      relatedCalls: weekend ? 0 : 6,
      evidence: gap ? 'gap' : weekend && !after ? 'quiet' : 'rows',
    };
  });
  const week = (value: (weekday: number, hour: number) => number): number[][] =>
    Array.from({ length: 7 }, (_, weekday) => Array.from({ length: 24 }, (_, hour) => value(weekday, hour)));
  const sum = (pick: (day: AuditDay) => number): number => days.reduce((total, day) => total + pick(day), 0);
  return {
    verdict: 'after-departure',
    basis: 'The last day is 2026-11-01, told by Entra.',
    reasons: [
      '912 calls came as the leaver after 2 November 2026, all between 02:00 and 03:00.',
      'On 20 November they read 847 files in 34 directories; the busiest day before had 46 calls.',
      'The final 14 days themselves look like the 76 before.',
    ],
    timeZone: 'Europe/Paris',
    table: 'MCPAuditLog_CL',
    window: { from: '2026-08-25T22:00:00.000Z', to: AT, days: 90 },
    lastDay,
    departure: '2026-11-02T23:00:00.000Z',
    days,
    hourOfWeek: {
      before: week((weekday, hour) =>
        weekday < 5 && hour >= 8 && hour < 19 ? 12 + ((weekday * 7 + hour * 5) % 34) : 0,
      ),
      after: week((weekday, hour) => (hour === 2 ? (weekday === 4 ? 853 : 9) : 0)),
    },
    totals: {
      calls: sum(({ calls }) => calls),
      distinctResources: 1_122,
      distinctDirectories: 61,
      firstCall: '2026-08-26T07:12:00.000Z',
      lastCall: '2026-11-23T01:07:00.000Z',
    },
    afterDeparture: {
      calls: sum(({ callsAfterDeparture }) => callsAfterDeparture),
      distinctResources: 861,
      distinctDirectories: 34,
      firstCall: '2026-11-03T01:04:00.000Z',
      lastCall: '2026-11-23T01:07:00.000Z',
    },
    comparison: {
      final: {
        from: '2026-10-20',
        to: '2026-11-02',
        days: 14,
        calls: 338,
        callsPerDay: 24.1,
        distinctResources: 96,
        distinctDirectories: 14,
      },
      baseline: {
        from: '2026-08-26',
        to: '2026-10-19',
        days: 55,
        calls: 1_311,
        callsPerDay: 23.8,
        distinctResources: 240,
        distinctDirectories: 27,
      },
    },
    detections: [
      {
        detection: 'file-system-volume',
        at: '2026-11-20T01:00:00.000Z',
        local: '2026-11-20 02:00',
        calls: 847,
        directories: 34,
        afterDeparture: true,
      },
    ],
    rows: Array.from({ length: 6 }, (_, index) => ({
      at: `2026-11-20T01:0${index}:12.000Z`,
      local: `2026-11-20 02:0${index}`,
      server: 'filesystem',
      tool: 'read_file',
      resource: `/documents/finance/q${index}/ledger-${index}.xlsx`,
      status: 200,
      afterDeparture: true,
    })),
    related: [
      {
        oid: '9a1b2c3d-0000-4000-8000-00000000aa01',
        name: 'id-mcp-pipeline-prod',
        calls: 384,
        callsAfterDeparture: 90,
        distinctResources: 12,
        distinctDirectories: 3,
        lastCall: '2026-11-22T05:00:00.000Z',
        after: 'as-before',
      },
    ],
    coverage: {
      retainedDays: 90,
      gapDays: ['2026-09-19', '2026-09-20'],
      silences: [],
      unattributed: 0,
      queriesComplete: true,
    },
  };
}
