import {
  type AzureScope,
  nameOfGrant,
  PERMISSION_IDENTITIES,
  PERMISSION_SYSTEMS,
  type PermissionIdentity,
  type PermissionSystem,
} from '../../src/connectors/permission.ts';
import { howToGrant, SCOPES, whatBreaks } from '../../src/permissions/explain.ts';
import type { Permission } from '../../src/permissions/permission.ts';

const IDENTITIES: Readonly<Record<PermissionIdentity, string>> = {
  reader: 'It discovers, and can change nothing that it looks at.',
  remover:
    'It contains, cuts, and keeps the app’s own files. Whoever takes it over can do what the column “beyond its purpose” says, so only the app’s code may act as it: nobody else is assigned it, and every use outside the app is worth an alert.',
  ingestor: 'It writes the audit log. It can neither read it nor cut anything.',
  assessor: 'It reads the platform as it stands, for the checklist. It can change nothing, and is told no secret.',
  host: 'The Functions runtime. None of the app’s code names it.',
};

const SYSTEMS: Readonly<Record<PermissionSystem, string>> = {
  graph: 'Microsoft Graph (application permissions)',
  azure: 'Azure (actions, in custom roles)',
  'key-vault': 'Key Vault',
  logs: 'Log Analytics',
  'azure-devops': 'Azure DevOps (by the scopes of its REST reference)',
  github: 'GitHub App',
  storage: 'Storage',
  'event-hub': 'Event Hubs',
  ingestion: 'Logs ingestion',
  telemetry: 'Application Insights',
};

/** docs/permissions.md. */
export function permissionsPage(table: readonly Permission[]): string {
  const tier0 = table.filter((row) => row.tier0 === true);
  const parts = PERMISSION_IDENTITIES.flatMap((identity) => {
    const rows = table.filter((row) => row.identity === identity);
    return rows.length === 0 ? [] : [`## The ${identity}`, IDENTITIES[identity], ...bySystem(rows)];
  });
  return `${[
    '# Permissions',
    'Generated from `src/permissions` by `npm run write:permissions`. Terraform grants exactly this (`infra/modules/offboarding/permissions.json`), the simulated tenant enforces it, and `GET /api/doctor` says for each whether the app holds it. Tests take them away one by one, as far as that tenant simulates them (it has no roles on storage), and see that exactly what stands behind each here no longer works, and that the report names it.',
    'Nothing here is granted in advance for later: whatever a table below names is used. A line of coverage is written as in the report; `denied` there names the permission.',
    '## What to know first',
    [
      `- **Tier 0.** Each of these of the remover suffices to become an administrator of the tenant. ${tier0.map(({ grant, risk }) => `\`${nameOfGrant(grant)}\`: ${lower(risk ?? '')}`).join(' ')} Graph has no narrower permissions for what the remover does. Treat whoever can deploy this app, change its code or settings, or assign its identities as an administrator of the tenant, and alert on sign-ins of the remover that are not the app’s.`,
      '- Without them the app still finds and contains everything. What they would have cut then fails, and the report names each grant, role and credential for a person to remove.',
      '- The assessor has a GitHub App of its own, which only reads, with a key that nobody else may sign with; and it may not sign as the first.',
      '- The reader’s right to sign is a right to act as the GitHub App. The app asks GitHub for tokens that only read where it discovers, but whoever takes over the reader need not.',
      '- Microsoft’s page on listing consents names `Directory.Read.All` as the least permission. `DelegatedPermissionGrant.Read.All` was made for exactly that since, and reads nothing else. The doctor tries it; should a tenant refuse it, put the wider one into the table in its place.',
      '- Terraform grants what Entra and Azure hold. The GitHub App’s permissions and the identities’ membership in Azure DevOps are granted by hand: see “How to grant”.',
      '- To revoke one, take it out where it was granted; for Entra and Azure, take its row out of the table, generate, and apply. Entra’s application permissions stand in access tokens, which live for up to 24 hours, so that a change of them shows late; Azure roles take up to an hour.',
    ].join('\n'),
    ...parts,
    '## How to grant',
    '| what | how |\n|---|---|\n' +
      [
        [
          'Microsoft Graph',
          'Terraform assigns the app roles; whoever applies needs the Entra role Privileged Role Administrator, once.',
        ],
        [
          'Azure',
          'Terraform makes the custom roles and assigns them; whoever applies needs Owner, or User Access Administrator, on each scope.',
        ],
        ...uniqueHows(table),
      ]
        .map(([what, how]) => `| ${what} | ${how} |`)
        .join('\n'),
    '## The doctor',
    '`GET /api/doctor` (app role `Offboarding.Operate` or `Offboarding.Administer`) asks for each permission whether the app holds it, without changing anything at any vendor:',
    '- Microsoft Graph: the `roles` of the identity’s own access token, and for those that read the very questions that cases and sweeps ask, the first page of each.\n- Azure: which actions the identity may take on each scope, by Azure’s own account of it.\n- Key Vault: a signature over a fixed digest, which is thrown away.\n- Log Analytics: a query over the last minute.\n- Azure DevOps: the very questions that cases ask, and whether its lists show all that there is; who may manage pools and revoke tokens is asked, not tried.\n- GitHub: what the installations of both Apps were granted, by GitHub’s own account of it.\n- Storage: a small file in `work`, and a look for a row that is not there.',
    [
      'It cannot ask for these, and says so:',
      ...table.flatMap(({ identity, grant, unasked }) =>
        unasked === undefined ? [] : [`- \`${nameOfGrant(grant)}\` of the ${identity}. ${unasked}`],
      ),
    ].join('\n'),
    'Each answers `granted`, `missing` or `could-not-check`. The verdict is `ready` only where every permission is granted and every check beside them passes: the audit table keeps 90 days, the GitHub Apps see all repositories, the assessor’s may do nothing but read, the repository of follow-up issues is private, the gateway’s named values exist, SUBSCRIPTION_IDS names every subscription that the app sees or the others are exempt, and storage answers. Only the answer that is meant proves a permission: a question that is refused, or leads nowhere, could not be checked.',
  ].join('\n\n')}\n`;
}

function bySystem(rows: readonly Permission[]): string[] {
  return PERMISSION_SYSTEMS.flatMap((system) => {
    const mine = rows.filter((row) => row.system === system);
    if (mine.length === 0) return [];
    const risky = mine.some(({ risk }) => risk !== undefined);
    const head = `| permission | why | without it |${risky ? ' beyond its purpose |' : ''}`;
    const rule = `|---|---|---|${risky ? '---|' : ''}`;
    return [`### ${SYSTEMS[system]}`, [head, rule, ...mine.map((row) => rowOf(row, risky))].join('\n')];
  });
}

function rowOf(row: Permission, risky: boolean): string {
  const scope = 'scope' in row.grant ? ` on ${scopeOf(row.identity, row.grant.scope)}` : '';
  const cells = [
    `\`${nameOfGrant(row.grant)}\`${scope}${row.tier0 === true ? ' **(Tier 0)**' : ''}${row.optIn === undefined ? '' : ` (where \`${row.optIn}\` is \`on\`)`}`,
    `${row.why} Source: ${row.source}.`,
    whatBreaks(row).join('; '),
    ...(risky ? [row.risk ?? ''] : []),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The runtime's storage is an account of its own. */
function scopeOf(identity: PermissionIdentity, scope: AzureScope): string {
  return identity === 'host' && scope === 'storage' ? 'the runtime’s storage account' : SCOPES[scope];
}

/** Azure DevOps, one by one; of GitHub, once. */
function uniqueHows(table: readonly Permission[]): [string, string][] {
  const devops = table.filter(({ system }) => system === 'azure-devops');
  const members: [string, string] = [
    'Azure DevOps',
    'Add the reader, the remover and the assessor to the organisation as service principals, access level Basic (Organization settings, Users), then as below.',
  ];
  const github: [string, string] = [
    'GitHub',
    'There are two Apps: one for the reader and the remover, and one for the assessor, which only reads (operations/posture.md). Set the permissions in each App’s settings. Whenever they grow, an owner of each organisation has to accept. Install it on all repositories: those that are not selected are invisible to it, and the report stays incomplete.',
  ];
  return [
    members,
    ...devops.map((row): [string, string] => [`\`${nameOfGrant(row.grant)}\` (${row.identity})`, howToGrant(row)]),
    github,
  ];
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
