import { parseArgs } from 'node:util';
import { readNumber } from './read-number.ts';

const USAGE = `npm start -- [options]

Keeps the app, a simulated firm and storage running until Ctrl+C, with a page to play the firm on, and prints links and
first commands.

  --port N            port of the app           (default 7071)
  --play-port N       port of the play page     (default 7070)
  --tenant-port N     port of the vendors       (default: any free one)
  --latency MS        what each vendor takes to answer (default 0)
  --as FILE           let the simulated firm behave as a pilot's record says (docs/pilot.md)
  --bundle            run the deployment bundle (npm run build) instead of the sources
  --hourly-sweep      run the sweep at every full hour, as in Azure; by default it runs when you ask for it
  --verbose           print the app's log here, and not into .local/logs/
  --help              this text`;

const options = readOptions();
// What follows takes some seconds; whoever waits sees at once that it does.
process.stdout.write('Starting a simulated firm, storage and the app on this machine: some seconds …\n');
const { runStart } = await import('./run-start.ts');
await runStart(options);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        as: { type: 'string' },
        bundle: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        'hourly-sweep': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        port: { type: 'string' },
        'play-port': { type: 'string' },
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
      hourlySweep: values['hourly-sweep'],
      verbose: values.verbose,
      port: readNumber('--port', values.port, 7071, 0, 65_535),
      playPort: readNumber('--play-port', values['play-port'], 7070, 0, 65_535),
      tenantPort: readNumber('--tenant-port', values['tenant-port'], 0, 0, 65_535),
      latency: readNumber('--latency', values.latency, 0, 0, 10_000),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
    process.exit(2);
  }
}
