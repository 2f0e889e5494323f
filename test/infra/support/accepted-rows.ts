import { join, resolve } from 'node:path';
import * as z from 'zod';
import { Settings } from '../../../src/config.ts';

export const INFRA = resolve(import.meta.dirname, '../../../infra');

export type Setting = keyof typeof Settings.shape;
export type Value = string | number | null | readonly unknown[] | Readonly<Record<string, unknown>>;

/** An input, the setting that it becomes, and values that both must accept or Terraform must refuse. */
export interface Row {
  readonly input: string;
  /** Whose input it is; the module offboarding’s, unless it gets there through another. */
  readonly of?: string;
  readonly setting: Setting;
  readonly good: readonly Value[];
  readonly bad: readonly Value[];
  /** How Terraform writes the value into the setting; by default as `written` has it. */
  readonly text?: (value: Value) => string;
}

export const GUID = '1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b';
const NO_GUIDS = ['', 'x', GUID.slice(1), `${GUID} `, `{${GUID}}`];
const WORKSPACE = `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log`;
const APIM = `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim`;
const day = (until: string): Value => [{ sources: ['github/deploy-keys'], reason: 'r', by: 'b', until }];
const SUBNET =
  '/subscriptions/11111111-aaaa-4bbb-8ccc-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet-mcp';
/** A day some days from now: how far ahead an exception ends is measured from the plan. */
const ahead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const accepted = (more: Readonly<Record<string, string | null>>): Value => [
  { finding: 'P-0123456789ab', reason: 'The vendor mends it in June.', by: 'b', until: ahead(90), ...more },
];
const exempt = (source: string): Value => [{ sources: [source], reason: 'r', by: 'b', until: '2027-06-30' }];
const limit = (source: string, on = '2026-11-23'): Value => [{ sources: [source], by: 'b', on }];
const MODES = { good: ['plan', 'apply'], bad: ['', 'Apply', 'off'] } as const;

/** Ranges of the app's numbers, from the app. */
const numbers = Object.entries(Settings.shape).flatMap(([name, schema]) => {
  const range = z
    .object({ type: z.literal('integer'), minimum: z.number(), maximum: z.number() })
    .safeParse(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  return range.success ? [{ name: name as Setting, ...range.data }] : [];
});
const member = (name: string) => (value: Value) => String((value as Record<string, unknown>)[name]);

export const rows: readonly Row[] = [
  { input: 'tenant_id', setting: 'TENANT_ID', good: [GUID], bad: NO_GUIDS },
  { input: 'gateway_app_id', setting: 'GATEWAY_APP_ID', good: [GUID, GUID.toUpperCase()], bad: NO_GUIDS },
  { input: 'workspace_customer_id', setting: 'AUDIT_WORKSPACE_ID', good: [GUID], bad: [...NO_GUIDS, WORKSPACE] },
  {
    input: 'workspace_id',
    setting: 'AUDIT_WORKSPACE_RESOURCE_ID',
    good: [WORKSPACE, WORKSPACE.toLowerCase()],
    bad: ['', GUID, `${WORKSPACE}/tables/x`, WORKSPACE.slice(1)],
  },
  { input: 'gateway_apim_id', setting: 'GATEWAY_APIM_ID', good: [APIM], bad: [GUID, `${APIM}/apis/x`, WORKSPACE] },
  {
    input: 'exposure',
    setting: 'EXPOSURE',
    good: [[], ['own'], ['company'], ['own', 'company']],
    bad: [['all'], [''], ['Own'], ['own,company']],
  },
  {
    input: 'workstation_hunting',
    setting: 'SHARED_HOSTS',
    good: [{}, { shared_hosts: ['10.2.0.9', 'crm.contoso.com', 'fd00::1'] }],
    bad: ['https://crm.contoso.com', 'a b', 'crm.contoso.com/x', '-a'].map((each) => ({ shared_hosts: [each] })),
    text: (value) => ((value as { readonly shared_hosts?: readonly string[] }).shared_hosts ?? []).join(','),
  },
  {
    input: 'workstation_hunting',
    setting: 'ALLOWED_WORKSTATION_SERVERS',
    good: [{}, { allowed_servers: ['@modelcontextprotocol/server-memory', 'a'.repeat(64)] }],
    bad: ['npx -y server', 'ab', '"x"', 'a'.repeat(201)].map((each) => ({ allowed_servers: [each] })),
    text: (value) => ((value as { readonly allowed_servers?: readonly string[] }).allowed_servers ?? []).join(','),
  },
  {
    input: 'gateway_url',
    setting: 'GATEWAY_URL',
    good: ['https://mcp.contoso.example', 'https://apim-mcp-dev.azure-api.net/'],
    bad: ['http://a.com', 'a.com', '', 'https://', 'https://a b'],
  },
  {
    input: 'protected_group_ids',
    setting: 'PROTECTED_GROUPS',
    good: [{}, { a: GUID.toUpperCase() }],
    bad: NO_GUIDS.map((a) => ({ a })),
  },
  {
    input: 'deny_list_named_values',
    setting: 'DENY_LIST_NAMED_VALUES',
    good: [['mcp-denied-oids', 'x2']],
    bad: [['-x'], [''], ['a b'], ['a,b'], ['ä']],
  },
  {
    input: 'logs_ingestion_endpoint',
    setting: 'LOGS_INGESTION_ENDPOINT',
    good: ['https://a.ingest.monitor.azure.com'],
    bad: ['http://a.b', 'a.b', '', 'https://', 'https://a b'],
  },
  { input: 'dcr_immutable_id', setting: 'AUDIT_RULE_ID', good: ['dcr-0123abc'], bad: ['0123', 'dcr-', 'dcr-a/b'] },
  {
    input: 'dcr_stream_name',
    setting: 'AUDIT_STREAM',
    good: ['Custom-MCPAuditLog_CL'],
    bad: ['MCPAuditLog_CL', 'Custom-', 'Custom-1', 'Custom-a b'],
  },
  { input: 'subscription_ids', setting: 'SUBSCRIPTION_IDS', good: [[GUID]], bad: NO_GUIDS.map((id) => [id]) },
  {
    input: 'protected_object_ids',
    setting: 'PROTECTED_OIDS',
    good: [{}, { a: GUID.toUpperCase() }],
    bad: NO_GUIDS.map((a) => ({ a })),
  },
  {
    input: 'deny_list_named_values',
    of: join(INFRA, 'modules/gateway'),
    setting: 'DENY_LIST_NAMED_VALUES',
    good: [['mcp-denied-oids', 'x2']],
    bad: [['-x'], [''], ['a b'], ['a,b'], ['ä'], []],
  },
  {
    input: 'existing_workspace',
    of: INFRA,
    setting: 'AUDIT_WORKSPACE_RESOURCE_ID',
    text: member('id'),
    good: [{ id: WORKSPACE, customer_id: GUID }],
    bad: ['', GUID, APIM].map((id) => ({ id, customer_id: GUID })),
  },
  {
    input: 'existing_workspace',
    of: INFRA,
    setting: 'AUDIT_WORKSPACE_ID',
    text: member('customer_id'),
    good: [{ id: WORKSPACE, customer_id: GUID }],
    bad: [...NO_GUIDS, WORKSPACE].map((customer_id) => ({ id: WORKSPACE, customer_id })),
  },
  {
    input: 'business_time_zone',
    setting: 'BUSINESS_TIME_ZONE',
    good: ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'],
    bad: ['', 'Europe/Nowhere', 'Europe/Berlim', 'W. Europe Standard Time', 'Mars/Olympus'],
  },
  { input: 'entra_events_mode', setting: 'ENTRA_EVENTS_MODE', ...MODES },
  { input: 'hr_queue_mode', setting: 'HR_QUEUE_MODE', ...MODES },
  { input: 'lifecycle_workflows_mode', setting: 'LIFECYCLE_WORKFLOWS_MODE', ...MODES },
  {
    input: 'lifecycle_workflows_app_id',
    setting: 'LIFECYCLE_WORKFLOWS_APP_ID',
    good: [GUID],
    bad: NO_GUIDS,
  },
  { input: 'sweep_mode', setting: 'SWEEP_MODE', ...MODES },
  {
    input: 'github_organisations',
    setting: 'GITHUB_ORGANISATIONS',
    good: [['contoso', 'contoso-labs']],
    bad: [['-x'], ['a/b'], ['a b'], [''], ['https://github.com/a']],
  },
  {
    input: 'devops_organisations',
    setting: 'DEVOPS_ORGANISATIONS',
    good: [[], ['contoso']],
    bad: [['-x'], ['dev.azure.com/a'], ['a b'], ['']],
  },
  {
    input: 'machines_owner_ids',
    setting: 'MACHINES_OWNER_IDS',
    good: [[], ['9012345', '1']],
    bad: [['contoso'], ['0'], ['-1'], ['1.5'], [''], ['9012345 ']],
  },
  {
    input: 'machines_audience',
    setting: 'MACHINES_AUDIENCE',
    good: ['mcp-offboarding-machines', 'api://machines/of-contoso'],
    bad: ['', 'a'.repeat(201)],
  },
  { input: 'github_app_id', setting: 'GITHUB_APP_ID', good: ['123456'], bad: ['', 'Iv1.a629723b1b4a', '12 ', '-1'] },
  {
    input: 'assessor_github_app_id',
    setting: 'ASSESSOR_GITHUB_APP_ID',
    good: ['123457'],
    // The last is the App that cuts.
    bad: ['', 'Iv1.a629723b1b4a', '12 ', '-1', '123456'],
  },
  {
    input: 'security_repository',
    setting: 'SECURITY_REPOSITORY',
    good: ['contoso/security'],
    bad: ['', 'security', 'https://github.com/a/b', 'a/b/c', 'a/b c'],
  },
  {
    input: 'trusted_owners',
    setting: 'TRUSTED_OWNERS',
    good: [
      [],
      ['gitlab.com=acme', 'token.actions.githubusercontent.com=hashicorp@761456'],
      ['https://oidc.eks.eu-west-1.amazonaws.com/id/ABC=*', 'git.acme.com:8443/x=*', 'oidc.circleci.com/org/1=*'],
    ],
    bad: [
      ...['gitlab.com=*', 'GitLab.com=*', 'https://gitlab.com/=*', 'gitlab.com:443=*', 'https://gitlab.com//=*'],
      ...['gitlab.com.=*', 'gitlab.com/a=*', 'oidc.vercel.com=*', 'oidc.vercel.com/a/..=*', 'oidc.vercel.com/./=*'],
      ...['oidc.eks.eu-west-1.amazonaws.com/id=*', 'login.microsoftonline.com/common/v2.0=*', 'gitlab.com:0443=*'],
      ...[
        'oidc.vercel.com/%2e=*',
        'oidc.vercel.com?x=*',
        'oidc.vercel.com#x=*',
        'oidc.vercel.com\\=*',
        'x@gitlab.com=*',
      ],
      ...['http://a.com=b', 'a.com=', '=b', 'a.com', 'a.com=b*', 'a.com=?', 'a com=b', 'a.com=b c', '', 'a=b=c'],
      // A space of another kind is one to the app, which Terraform's `\s` does not know.
      ...['a.com=b\u00a0c', 'a.com=b\u3000c', 'a.com=b\u000bc', 'a.com=b\ufeffc'],
      ...['https://=b', 'a.com:99999=b', 'a.com:x=b', '1.2.3.4.5=b', 'a..b:=c', '[::1=b', 'xn--a=b'],
    ].map((each) => [each]),
  },
  {
    input: 'app_only_servers',
    setting: 'APPLICATION_ONLY_SERVERS',
    text: (value) =>
      Object.entries(value as Readonly<Record<string, string>>)
        .map((entry) => entry.join('='))
        .join(','),
    good: [{}, { vault: GUID.toUpperCase(), 'Vault-2': GUID }],
    bad: [...NO_GUIDS.map((id) => ({ vault: id })), { 'a b': GUID }, { '-a': GUID }, { '': GUID }],
  },
  { input: 'writing_client_ids', setting: 'WRITING_CLIENT_IDS', good: [[], [GUID]], bad: NO_GUIDS.map((id) => [id]) },
  {
    input: 'approved_subnet_ids',
    setting: 'APPROVED_SUBNET_IDS',
    good: [[], [SUBNET, SUBNET.toUpperCase()]],
    bad: [['snet-mcp'], [''], [`${SUBNET}/x`], [SUBNET.replace('/subnets/', '/peerings/')]],
  },
  {
    input: 'posture_exceptions',
    setting: 'POSTURE_EXCEPTIONS',
    good: [[], accepted({}), accepted({ covers: 'tag-missing' }), accepted({ covers: null })],
    bad: [
      ...['P-0123', 'p-0123456789ab', ''].map((finding) => accepted({ finding })),
      ...['too short', ' '.repeat(30)].map((reason) => accepted({ reason })),
      ...['', ' '].map((by) => accepted({ by })),
      ...['2027-02-30', '30.6.2027', '', 'soon', '2027-06-30T00:00:00Z'].map((until) => accepted({ until })),
      ...['', 'Tag missing', '-'].map((covers) => accepted({ covers })),
      // The app starts with it, accepts nothing by it, and says so with each run.
      accepted({ until: ahead(182) }),
    ],
  },
  {
    input: 'exempt_sources',
    setting: 'EXEMPT_SOURCES',
    good: [[], exempt('github/deploy-keys'), exempt('azure-devops/*')],
    bad: [
      ...['github/deploy-key', 'slack/*', 'entra/*', 'mcp/open-streams', 'github', ''].map(exempt),
      ...['2027-02-30', '30.6.2027', '', '2027-6-30', '2027-06-30T00:00:00Z', 'soon'].map(day),
      [{ sources: [], reason: 'r', by: 'b', until: '2027-06-30' }],
      [{ sources: ['github/deploy-keys'], reason: ' ', by: 'b', until: '2027-06-30' }],
      [{ sources: ['github/deploy-keys'], reason: 'r', by: '', until: '2027-06-30' }],
    ],
  },
  {
    input: 'acknowledged_limits',
    setting: 'ACKNOWLEDGED_LIMITS',
    good: [[], limit('mcp/open-streams')],
    bad: [
      ...['github/deploy-keys', 'mcp/*', 'mcp/streams', ''].map((source) => limit(source)),
      limit('mcp/open-streams', '2027-02-30'),
      [{ sources: ['mcp/open-streams'], by: ' ', on: '2026-11-23' }],
      [{ sources: [], by: 'b', on: '2026-11-23' }],
    ],
  },
  {
    input: 'cases_stream_name',
    setting: 'CASES_STREAM',
    good: ['Custom-MCPOffboardingCases_CL'],
    bad: ['MCPOffboardingCases_CL', 'Custom-', 'Custom-1', 'Custom-a b'],
  },
  {
    input: 'posture_stream_name',
    setting: 'POSTURE_STREAM',
    good: ['Custom-MCPPosture_CL'],
    bad: ['MCPPosture_CL', 'Custom-', 'Custom-1', 'Custom-a b'],
  },
  {
    input: 'console_url',
    setting: 'CONSOLE_URL',
    good: ['https://console.contoso.example/cases', 'https://app.contoso.example/console'],
    bad: ['http://a.com', 'a.com', 'https://', 'https://a b'],
  },
  {
    input: 'webhook',
    setting: 'WEBHOOK_URL',
    text: member('url'),
    good: [{ url: 'https://a.example/hooks?tenant=1', secret_name: 'signing' }],
    bad: ['http://a.com', 'a.com', 'https://', 'https://a b'].map((url) => ({ url, secret_name: 'signing' })),
  },
  ...(['issue', 'teams', 'webhook', 'log'] as const).map(
    (channel): Row => ({
      input: 'messages',
      setting: `${channel.toUpperCase() as Uppercase<typeof channel>}_MOMENTS`,
      text: (value) => ((value as Record<string, readonly string[]>)[channel] ?? []).join(','),
      good: [{ [channel]: ['incident', 'started'] }],
      bad: [{ [channel]: ['end'] }],
    }),
  ),
  {
    input: 'messages',
    setting: 'PLANS_TOLD_TO',
    text: (value) => ((value as Record<string, readonly string[]>).plans ?? []).join(','),
    good: [{ plans: ['teams', 'log'] }],
    bad: [{ plans: ['mail'] }],
  },
  ...numbers
    .filter(({ name }) => name !== 'ACCESS_TOKEN_LIFETIME_MINUTES')
    .map(
      ({ name, minimum, maximum }): Row => ({
        input: 'settings',
        setting: name,
        text: member(name),
        good: [minimum, maximum].map((value) => ({ [name]: String(value) })),
        bad: [minimum - 1, maximum + 1, minimum + 0.5, 'x', `${minimum}s`].map((value) => ({ [name]: String(value) })),
      }),
    ),
  ...numbers
    .filter(({ name }) => name === 'ACCESS_TOKEN_LIFETIME_MINUTES')
    .map(
      ({ name, minimum, maximum }): Row => ({
        input: 'access_token_lifetime_minutes',
        setting: name,
        good: [minimum, maximum],
        bad: [minimum - 1, maximum + 1, minimum + 0.5],
      }),
    ),
  {
    input: 'settings',
    setting: 'LAST_DAY_ENDS',
    text: member('LAST_DAY_ENDS'),
    good: ['00:00', '17:30', '23:59'].map((value) => ({ LAST_DAY_ENDS: value })),
    bad: ['24:00', '7:30', '18:60', '18', '18:00:00', '18:00 '].map((value) => ({ LAST_DAY_ENDS: value })),
  },
  {
    input: 'settings',
    setting: 'DECISION_POLICY',
    text: member('DECISION_POLICY'),
    good: ['safe=decision', 'safe=by-hand, delete-variable=by-hand,', ''].map((value) => ({ DECISION_POLICY: value })),
    bad: ['safe', 'safe=automatic', 'all=decision', 'delete-variables=by-hand', 'safe=decision=by-hand'].map(
      (value) => ({ DECISION_POLICY: value }),
    ),
  },
  {
    input: 'settings',
    setting: 'FOLLOW_UPS',
    text: member('FOLLOW_UPS'),
    good: ['24h,7d,31d', '31d', 'none', ''].map((value) => ({ FOLLOW_UPS: value })),
    bad: ['1d', '24h;7d', '24', 'never'].map((value) => ({ FOLLOW_UPS: value })),
  },
  {
    // Whoever answers there says whose tokens open reports: the plan takes Microsoft's clouds, the app any, for its tests.
    input: 'settings',
    setting: 'LOGIN_ENDPOINT',
    text: member('LOGIN_ENDPOINT'),
    good: ['https://login.microsoftonline.us', 'https://login.partner.microsoftonline.cn'].map((value) => ({
      LOGIN_ENDPOINT: value,
    })),
    bad: ['http://login.microsoftonline.com', 'https://login.contoso.example', 'https://a b'].map((value) => ({
      LOGIN_ENDPOINT: value,
    })),
  },
  {
    // Whoever answers there says who may tell of machines.
    input: 'settings',
    setting: 'GITHUB_OIDC_ISSUER',
    text: member('GITHUB_OIDC_ISSUER'),
    good: [
      'https://token.actions.githubusercontent.com/contoso',
      'https://token.actions.contoso.ghe.com',
      'https://ghe.contoso.com/_services/token',
    ].map((value) => ({ GITHUB_OIDC_ISSUER: value })),
    bad: ['http://token.actions.githubusercontent.com', 'https://tokens.contoso.example', 'https://a b'].map(
      (value) => ({
        GITHUB_OIDC_ISSUER: value,
      }),
    ),
  },
  ...(
    [
      ...(['GRAPH_ENDPOINT', 'ARM_ENDPOINT', 'LOGS_ENDPOINT', 'LOGS_INGESTION_AUDIENCE'] as const),
      ...(['GITHUB_API_ENDPOINT', 'DEVOPS_ENDPOINT', 'DEVOPS_GRAPH_ENDPOINT'] as const),
    ] as const
  ).map(
    (name): Row => ({
      input: 'settings',
      setting: name,
      text: member(name),
      good: [{ [name]: 'https://login.microsoftonline.us' }, { [name]: 'https://ghe.acme.com:8443/api/v3/' }],
      bad: ['http://a.com', 'a.com', 'https://', 'https://a b', 'https://a.com:99999', 'ftp://a.com'].map((value) => ({
        [name]: value,
      })),
    }),
  ),
];
