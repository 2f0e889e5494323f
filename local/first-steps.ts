import { QueueClient } from '@azure/storage-queue';
import type { Role } from '../src/api/caller.ts';
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
  const tokens = await tokensOfPeople(stack);
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
${tokens.map(({ name, token }) => `${name}=${token}`).join('\n')}
TOKEN=$OPERATOR
export MCP_OFFBOARDING_URL=${stack.url()}
export MCP_OFFBOARDING_TOKEN=$OPERATOR
offboard() { npm run --silent offboard -- "$@"; }

Each token is somebody else's: the operator opens cases, the approver decides, the administrator pauses, the reader
reads. You are the operator; put another in front of a command: MCP_OFFBOARDING_TOKEN=$APPROVER offboard whoami

The leaver is ${leaver.displayName}. Open a case:

  curl -X POST $API/cases -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d '{"oid":"${leaver.oid}","reason":"left the company","mode":"apply"}'

Its state is "filed" after some seconds; then read its report:

  curl $API/cases/${leaver.oid}-1 -H "Authorization: Bearer $TOKEN"
  curl $API/cases/${leaver.oid}-1/report.md -H "Authorization: Bearer $TOKEN"

The same by the CLI, in this folder:

  offboard case open ${leaver.oid} --confirm-upn ${leaver.userPrincipalName} --reason "left the company"
  offboard case watch ${leaver.oid}-1
  offboard case report ${leaver.oid}-1

docs/try-it.md goes on: a second person decides, a case is undone, a day to come, HR's messages, the pause.
`;
}

/** One person for each role: whoever asks for a case never decides about it. */
const PEOPLE: readonly { readonly name: string; readonly oid: string; readonly role: Role }[] = [
  { name: 'OPERATOR', oid: WORLD.operator.oid, role: 'Offboarding.Operate' },
  { name: 'APPROVER', oid: 'a9000000-0000-4000-8000-000000000001', role: 'Offboarding.Approve' },
  { name: 'ADMINISTRATOR', oid: 'a9000000-0000-4000-8000-000000000002', role: 'Offboarding.Administer' },
  { name: 'READER', oid: 'a9000000-0000-4000-8000-000000000003', role: 'Offboarding.Read' },
];

function tokensOfPeople({ tenant }: Stack): Promise<{ name: string; token: string }[]> {
  return Promise.all(
    PEOPLE.map(async ({ name, oid, role }) => ({
      name,
      token: await tenant.tokens.issue({
        audience: WORLD.app.audience,
        oid,
        clientId: 'operator-cli',
        scopes: ['access'],
        roles: [role],
        lifetimeSeconds: HOURS * 3_600,
      }),
    })),
  );
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
