import { parseArgs } from 'node:util';
import { readNumber } from './read-number.ts';
import { DEMO_SCALE } from './tenant/seeds/demo-scale.ts';

const USAGE = `npm run demo -- [options]

Deletes the seeded leaver in the simulated tenant and shows what the app does about it.

  --json              print only the final report.json to standard output
                      (npm prints two lines of its own before; "npm run --silent demo -- --json" does not)
  --repos N           repositories in the organisation         (default ${DEMO_SCALE.repositories})
  --identities N      pipeline identities beside the seeded    (default ${DEMO_SCALE.identities})
  --latency MS        what each vendor takes to answer         (default 20)
  --bundle            run the deployment bundle (npm run build) instead of the sources
  --help              this text

The report is kept in .local/reports/, in a folder of its own that is named by when it was filed.

Exit code 0: the case was carried out and its report filed. 1: it was not. 2: the options are wrong.`;

const options = readOptions();
// What follows takes a second to load, and more to start; whoever waits sees at once that it does.
const screen = options.json ? process.stderr : process.stdout;
screen.write('Starting a simulated firm, storage and the app on this machine: some seconds …\n');
const { runDemo } = await import('./run-demo.ts');
await runDemo(options);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        bundle: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        repos: { type: 'string' },
        identities: { type: 'string' },
        latency: { type: 'string' },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    return {
      json: values.json,
      bundle: values.bundle,
      repos: readNumber('--repos', values.repos, DEMO_SCALE.repositories, 1, 5_000),
      identities: readNumber('--identities', values.identities, DEMO_SCALE.identities, 0, 500),
      latency: readNumber('--latency', values.latency, 20, 0, 10_000),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
    process.exit(2);
  }
}
