import { QueueClient } from '@azure/storage-queue';
import type { Stack } from './stack.ts';
import { WORLD } from './tenant/seeds/world.ts';

const HOURS = 8;

/**
 * What `npm start` prints: the addresses, variables to paste into another terminal, and commands that use them.
 * docs/try-it.md goes on from there.
 */
export async function firstSteps(stack: Stack): Promise<string> {
  const { tenant, storage, settings } = stack;
  const { leaver } = WORLD;
  const token = await tokenOfOperator(stack);
  const storageToken = await tokenForStorage(stack);
  await makeQueue(stack, storageToken);
  return `
mcp-offboarding runs on this machine until ctrl-C.

  console        ${stack.url()}/console/
  API            ${stack.url()}/api
  Graph          ${tenant.origin('graph')}/v1.0
  Azure          ${tenant.origin('arm')}
  GitHub         ${tenant.origin('github')}
  Azure DevOps   ${tenant.origin('devops')}
  storage        ${storage.blob}

Paste this into another terminal (the tokens live for ${HOURS} hours):

API=${stack.url()}/api
CA=${settings.NODE_EXTRA_CA_CERTS}
BLOB=${storage.blob}
QUEUE=${storage.queue}
TABLE=${storage.table}
STORAGE_TOKEN=${storageToken}
TOKEN=${token}
export MCP_OFFBOARDING_URL=${stack.url()}
export MCP_OFFBOARDING_TOKEN=$TOKEN

The leaver is ${leaver.displayName}. Open a case:

  curl -X POST $API/cases -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d '{"oid":"${leaver.oid}","reason":"left the company","mode":"apply"}'

Its state is "filed" after some seconds; then read its report:

  curl $API/cases/${leaver.oid}-1 -H "Authorization: Bearer $TOKEN"
  curl $API/cases/${leaver.oid}-1/report.md -H "Authorization: Bearer $TOKEN"

The same by the CLI, in this folder:

  npm run --silent offboard -- case open ${leaver.oid} --confirm-upn ${leaver.userPrincipalName} --reason "left the company"
  npm run --silent offboard -- case watch ${leaver.oid}-1
  npm run --silent offboard -- case report ${leaver.oid}-1

docs/try-it.md has more: a day to come, HR's messages, the pause, what is told.
`;
}

/** An operator who may pause the app as well. */
function tokenOfOperator({ tenant }: Stack): Promise<string> {
  return tenant.tokens.issue({
    audience: WORLD.app.audience,
    oid: WORLD.operator.oid,
    clientId: 'operator-cli',
    scopes: ['access'],
    roles: ['Offboarding.Read', 'Offboarding.Operate', 'Offboarding.Administer'],
    lifetimeSeconds: HOURS * 3_600,
  });
}

/** HR's system and whoever looks into the tables: the emulator asks who comes, not what they may. */
function tokenForStorage({ tenant }: Stack): Promise<string> {
  return tenant.tokens.issue({
    audience: 'https://storage.azure.com',
    oid: WORLD.operator.oid,
    clientId: 'operator-cli',
    version: 1,
    lifetimeSeconds: HOURS * 3_600,
  });
}

/** HR's queue, which Terraform makes in Azure. */
async function makeQueue({ storage }: Stack, token: string): Promise<void> {
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + HOURS * 3_600_000 }) };
  await new QueueClient(`${storage.queue}/hr-leavers`, credential).createIfNotExists();
}
