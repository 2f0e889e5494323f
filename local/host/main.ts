import { parseArgs } from 'node:util';
import { REDELIVERIES } from './engine/redelivery.ts';
import { StateFolderError } from './engine/state-fault.ts';
import { SCHEMAS } from './engine/storage/schema.ts';
import { messageOf } from './log.ts';
import { startHost } from './start-host.ts';

const { values } = parseArgs({
  options: {
    app: { type: 'string' },
    port: { type: 'string', default: '0' },
    state: { type: 'string' },
    'parent-watch': { type: 'boolean', default: false },
    schema: { type: 'string', default: 'V4' },
    'deliver-twice': { type: 'string', default: '' },
  },
});

const USAGE = `Usage: node local/host/main.ts --app <file> --state <folder> [--port <n>] [--parent-watch]
  [--schema <${SCHEMAS.join('|')}>] [--deliver-twice <${REDELIVERIES.join('|')}>,…]`;

const schema = SCHEMAS.find((each) => each === values.schema.toUpperCase());
const ways = values['deliver-twice'].split(',').filter((way) => way !== '');
const deliverTwice = REDELIVERIES.filter((way) => ways.includes(way));

if (
  values.app === undefined ||
  values.state === undefined ||
  !/^\d+$/.test(values.port) ||
  schema === undefined ||
  deliverTwice.length < ways.length
) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

try {
  const host = await startHost({
    app: values.app,
    stateDir: values.state,
    port: Number(values.port),
    schema,
    deliverTwice,
  });
  const stop = (): void => {
    host.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${messageOf(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (values['parent-watch']) process.stdin.resume().once('end', stop).once('close', stop);
  process.stdout.write(`${JSON.stringify({ event: 'ready', url: host.url, functions: host.functions })}\n`);
} catch (error) {
  if (Object(error).code === 'EADDRINUSE') {
    process.stderr.write(`Port ${values.port} is taken: end what listens there, or name another with --port.\n`);
    process.exit(1);
  }
  const known = error instanceof StateFolderError;
  process.stderr.write(`${!known && error instanceof Error ? error.stack : messageOf(error)}\n`);
  process.exit(1);
}
