import { parseArgs } from 'node:util';
import { ensureConsole } from '../scripts/build-console.ts';
import { firstSteps } from './first-steps.ts';
import { readNumber } from './read-number.ts';
import { appOf, runStack } from './run-stack.ts';
import { behaveAsFile } from './tenant/behave/read-record.ts';

const USAGE = `npm start -- [options]

Keeps the app, the simulated tenant and storage running until ctrl-C, and prints the addresses, and commands to begin with.

  --port N            port of the app           (default 7071)
  --tenant-port N     port of the vendors       (default: any free one)
  --latency MS        what each vendor takes to answer (default 0)
  --as FILE           let the simulated firm behave as a pilot's record says (docs/pilot.md)
  --bundle            run the deployment bundle (npm run build) instead of the sources
  --help              this text`;

const options = readOptions();

await ensureConsole();
await runStack(
  () => ({
    latencyMs: options.latency,
    ports: { app: options.port, tenant: options.tenantPort },
    onLog: (line) => process.stderr.write(`${line}\n`),
    ...appOf(options.bundle),
  }),
  async (stack) => {
    if (options.as !== undefined) process.stdout.write(`${await behaveAsFile(stack, options.as)}\n`);
    process.stdout.write(await firstSteps(stack));
    return new Promise<never>(() => {});
  },
);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        as: { type: 'string' },
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
      ...(values.as === undefined ? {} : { as: values.as }),
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
