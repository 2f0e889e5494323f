import { parseArgs } from 'node:util';
import { readNumber } from './read-number.ts';
import { appOf, runStack } from './run-stack.ts';
import type { Stack } from './stack.ts';
import { WORLD } from './tenant/seeds/world.ts';

const USAGE = `npm start -- [options]

Keeps the app, the simulated tenant and storage running until ctrl-C, and prints the addresses.

  --port N            port of the app           (default 7071)
  --tenant-port N     port of the vendors       (default: any free one)
  --latency MS        what each vendor takes to answer (default 0)
  --bundle            run the deployment bundle (npm run build) instead of the sources
  --help              this text`;

const options = readOptions();

await runStack(
  () => ({
    latencyMs: options.latency,
    ports: { app: options.port, tenant: options.tenantPort },
    onLog: (line) => process.stderr.write(`${line}\n`),
    ...appOf(options.bundle),
  }),
  async (stack) => {
    process.stdout.write(await addresses(stack));
    return new Promise<never>(() => {});
  },
);

async function addresses(stack: Stack): Promise<string> {
  return `
mcp-offboarding runs on this machine until ctrl-C.

  app            ${stack.url()}/api
  Graph          ${stack.tenant.origin('graph')}/v1.0
  Azure          ${stack.tenant.origin('arm')}
  GitHub         ${stack.tenant.origin('github')}
  Azure DevOps   ${stack.tenant.origin('devops')}
  storage        ${stack.storage.blob}
  certificate    curl --cacert ${stack.settings.NODE_EXTRA_CA_CERTS}

An operator's token (8 hours):

TOKEN=${await tokenOf(stack)}

The leaver is ${WORLD.leaver.displayName}. Open a case:

  curl -X POST ${stack.url()}/api/cases -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d '{"oid":"${WORLD.leaver.oid}","reason":"left the company","mode":"apply"}'

Its state is "filed" after some seconds; then read its report:

  curl ${stack.url()}/api/cases/${WORLD.leaver.oid}-1 -H "Authorization: Bearer $TOKEN"
  curl ${stack.url()}/api/cases/${WORLD.leaver.oid}-1/report.md -H "Authorization: Bearer $TOKEN"
`;
}

function tokenOf({ tenant }: Stack): Promise<string> {
  return tenant.tokens.issue({
    audience: WORLD.app.audience,
    oid: WORLD.operator.oid,
    clientId: 'operator-cli',
    scopes: ['access'],
    roles: ['Offboarding.Read', 'Offboarding.Operate'],
    lifetimeSeconds: 8 * 3_600,
  });
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        bundle: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        port: { type: 'string' },
        'tenant-port': { type: 'string' },
        latency: { type: 'string' },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    return {
      bundle: values.bundle,
      port: readNumber('--port', values.port, 7071, 0, 65_535),
      tenantPort: readNumber('--tenant-port', values['tenant-port'], 0, 0, 65_535),
      latency: readNumber('--latency', values.latency, 0, 0, 10_000),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
    process.exit(2);
  }
}
