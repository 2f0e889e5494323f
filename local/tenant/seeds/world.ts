/**
 * Who is who in the seeded tenant: the ids and names that more than one vendor's seed must agree on.
 * The story is the case study's: Alex Moreau left three weeks ago, the runner `laptop-amoreau` did not.
 */
export const WORLD = {
  tenantId: '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10',
  domain: 'northwind-capital.example',
  /** The leaver of the case study. */
  leaver: {
    oid: '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35',
    displayName: 'Alex Moreau',
    userPrincipalName: 'alex.moreau@northwind-capital.example',
    mail: 'alex.moreau@northwind-capital.example',
    githubLogin: 'amoreau',
    githubId: 4711042,
    devopsDescriptor: 'aad.NGM5ZDFmN2EtNTJlOC03YjZkLThmMTAtYTRjN2UyYjkwZDM1',
    devopsStorageKey: '8b1f6f0e-21c4-4c7e-9f57-6d1a30c2b4e9',
  },
  manager: {
    oid: '7e2b4c90-1d3f-4a58-b6c7-0f9e8d7c6b5a',
    displayName: 'Priya Nair',
    mail: 'priya.nair@northwind-capital.example',
  },
  /** Colleagues who stay; nothing of theirs may change. */
  colleagues: [
    {
      oid: 'a1b2c3d4-0001-4000-8000-000000000001',
      displayName: 'Ana Moreau-Silva',
      userPrincipalName: 'ana.moreau-silva@northwind-capital.example',
      githubLogin: 'amoreau-silva',
      githubId: 5120001,
    },
    {
      oid: 'a1b2c3d4-0002-4000-8000-000000000002',
      displayName: 'Ben Okafor',
      userPrincipalName: 'ben.okafor@northwind-capital.example',
      githubLogin: 'bokafor',
      githubId: 5120002,
    },
  ],
  /** Operators of this app, for the HTTP API. */
  operator: { oid: 'b7c8d9e0-1111-4222-8333-444455556666', userPrincipalName: 'it.operator@northwind-capital.example' },
  /** The Logic App through which lifecycle workflows call the app, and the workflow that has the task. */
  lifecycleWorkflows: {
    clientId: '1c3e5f70-aaaa-4bbb-8ccc-00000000107a',
    oid: '1c3e5f70-bbbb-4ccc-8ddd-00000000107b',
    workflowId: '4f36da05-5df8-457d-adb3-b132e7b59571',
    taskId: 'e07dcdb2-0a77-4ee3-8645-3801fbe1cf9f',
  },
  breakGlass: {
    oid: 'eeeeeeee-0000-4000-8000-00000000b911',
    userPrincipalName: 'break.glass@northwind-capital.example',
  },
  gateway: {
    appId: '6a1d5e2b-3c4f-4a7b-9e8d-1c2b3a4f5e6d',
    applicationObjectId: '0d9c8b7a-6f5e-4d3c-8b2a-190807060504',
    servicePrincipalId: '27fb395a-9c03-45ed-8165-e7b5da27bae1',
    scopes: ['mcp.tools.read', 'mcp.tools.write', 'mcp.tools.admin', 'mcp.tools.secrets'],
  },
  /** Client apps (service principals) that hold grants on the gateway. */
  clients: {
    claudeCode: {
      appId: 'c1a0de00-0000-4000-8000-00000000c0de',
      servicePrincipalId: '85477313-fa43-4c7d-b8a4-54fed35d0b60',
      displayName: 'Claude Code',
    },
    vscode: {
      appId: 'c1a0de00-0000-4000-8000-0000000000c5',
      servicePrincipalId: '263a5b01-03e5-4b3c-9d21-7a1b2c3d4e5f',
      displayName: 'VS Code MCP',
    },
  },
  subscriptions: {
    platform: '11111111-aaaa-4bbb-8ccc-000000000001',
    workloads: '22222222-aaaa-4bbb-8ccc-000000000002',
  },
  apim: {
    resourceGroup: 'rg-mcp-gateway-prod',
    name: 'apim-mcp-prod',
    namedValues: ['mcp-denied-oids', 'mcp-denied-oids-2'],
    /** The gateway's own identity, which sends every tool call to the event hub. */
    identity: { clientId: 'f0000000-0000-4000-8000-0000000000a9', oid: 'f0000000-0000-4000-8000-0000000000b9' },
  },
  audit: {
    workspaceId: '0f1e2d3c-4b5a-4697-8877-665544332211',
    resourceGroup: 'rg-mcp-audit-prod',
    workspaceName: 'log-mcp-prod',
    table: 'MCPAuditLog_CL',
    eventHub: 'mcp-tool-calls',
    consumerGroup: 'offboarding',
    /** Immutable id of the data collection rule. */
    ruleId: 'dcr-5d1f0c9b7e6a4f3d8c2b1a0998877665',
    stream: 'Custom-MCPAuditLog_CL',
    casesStream: 'Custom-MCPOffboardingCases_CL',
    postureStream: 'Custom-MCPPosture_CL',
  },
  github: {
    organisation: 'northwind-capital',
    organisationId: 90017,
    appId: '1200345',
    installationId: 55001,
    /** The second App, which only reads. */
    assessor: { appId: '1200346', installationId: 55002 },
    securityRepository: 'northwind-capital/security-offboarding',
    runner: { id: 23, name: 'laptop-amoreau' },
  },
  devops: { organisation: 'northwind', agent: { poolId: 7, id: 31, name: 'laptop-amoreau' } },
  timeZone: 'Europe/Paris',
  /** The app's own identities. */
  app: {
    audience: 'api://mcp-offboarding',
    reader: { clientId: 'f0000000-0000-4000-8000-0000000000a1', oid: 'f0000000-0000-4000-8000-0000000000b1' },
    remover: { clientId: 'f0000000-0000-4000-8000-0000000000a2', oid: 'f0000000-0000-4000-8000-0000000000b2' },
    assessor: { clientId: 'f0000000-0000-4000-8000-0000000000a4', oid: 'f0000000-0000-4000-8000-0000000000b4' },
    canary: { clientId: 'f0000000-0000-4000-8000-0000000000a5', oid: 'f0000000-0000-4000-8000-0000000000b5' },
    ingestor: { clientId: 'f0000000-0000-4000-8000-0000000000a3', oid: 'f0000000-0000-4000-8000-0000000000b3' },
  },
  /** Days between the last working day and today, in which the runner went on at 2 AM. */
  daysSinceLastDay: 21,
} as const;
