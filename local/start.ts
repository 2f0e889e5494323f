import { parseArgs } from 'node:util';
import { readNumber } from './read-number.ts';
import { startStack } from './stack.ts';
import { WORLD } from './tenant/seeds/world.ts';

const { values } = parseArgs({
  options: {
    bundle: { type: 'boolean', default: false },
    port: { type: 'string' },
    'tenant-port': { type: 'string' },
    latency: { type: 'string' },
  },
});

const stack = await startStack({
  latencyMs: readNumber('--latency', values.latency, 0, 0, 10_000),
  ports: {
    app: readNumber('--port', values.port, 7071, 0, 65_535),
    tenant: readNumber('--tenant-port', values['tenant-port'], 0, 0, 65_535),
  },
  onLog: (line) => process.stderr.write(`${line}\n`),
  ...(values.bundle ? { app: 'dist/src/main.cjs' } : {}),
});
const stop = (): void => void stack.stop().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

const token = async (roles: readonly string[]): Promise<string> =>
  stack.tenant.tokens.issue({
    audience: WORLD.app.audience,
    oid: WORLD.operator.oid,
    clientId: 'operator-cli',
    scopes: ['access'],
    roles,
    lifetimeSeconds: 8 * 3_600,
  });

process.stdout.write(`
mcp-offboarding runs on this machine until ctrl-C.

  app            ${stack.url()}/api
  Graph          ${stack.tenant.origin('graph')}/v1.0
  Azure          ${stack.tenant.origin('arm')}
  GitHub         ${stack.tenant.origin('github')}
  Azure DevOps   ${stack.tenant.origin('devops')}
  storage        ${stack.storage.blob}
  certificate    curl --cacert ${stack.settings.NODE_EXTRA_CA_CERTS}

An operator's token (8 hours), for "Authorization: Bearer …":

${await token(['Offboarding.Read', 'Offboarding.Operate'])}

The leaver is ${WORLD.leaver.displayName}. Open a case:

  curl -X POST ${stack.url()}/api/cases -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d '{"oid":"${WORLD.leaver.oid}","reason":"left the company"}'
`);
