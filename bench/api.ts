/**
 * What the HTTP API costs: reads in a second of one instance, over a filed case, and what loading it adds to a start.
 * `npm run bench:api -- --seconds 5 --at-once 8`
 */
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { startStack } from '../local/stack.ts';
import { deleteUser, followCase } from '../local/telling/follow-case.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import { makeCaseId } from '../src/cases/ids.ts';
import { parseOid } from '../src/people/oid.ts';
import { quartiles } from './measure/quartiles.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, 'at-once': { type: 'string' } } });
const seconds = readNumber('--seconds', values.seconds, 5, 1, 300);
const atOnce = readNumber('--at-once', values['at-once'], 8, 1, 200);

await loading();
const stack = await startStack({ settings: { LOCAL_TIMERS: 'by-hand' } });
try {
  const oid = parseOid(WORLD.leaver.oid);
  if (oid === undefined) throw new Error('the leaver has an object id');
  const caseId = makeCaseId(oid, 1);
  await deleteUser(stack, oid);
  await followCase(stack, caseId);
  const token = await stack.tenant.tokens.issue({
    ...{ audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'bench', scopes: ['access'] },
    roles: ['Offboarding.Read'],
  });
  for (const path of ['/api/health', '/api/cases', `/api/cases/${caseId}`, `/api/cases/${caseId}/findings`])
    await reads(path, token);
} finally {
  await stack.stop();
}

/** Whatever the app loads besides is there before. */
async function loading(): Promise<void> {
  await Promise.all([import('../src/connectors/vendors.ts'), import('../src/intake/starting/open-case.ts')]);
  const begun = performance.now();
  const [{ ROUTES }, { makeApi }, { documentOf }] = await Promise.all([
    import('../src/api/routes/index.ts'),
    import('../src/api/serve.ts'),
    import('../src/api/document.ts'),
  ]);
  makeApi(ROUTES);
  const loaded = performance.now();
  documentOf(ROUTES);
  const described = performance.now();
  const [load, describe] = [loaded - begun, described - loaded].map((ms) => `${Math.round(ms)} ms`);
  process.stdout.write(`loading ${ROUTES.length} routes from the sources: ${load}; the first document: ${describe}\n`);
}

async function reads(path: string, token: string): Promise<void> {
  const took: number[] = [];
  const until = performance.now() + seconds * 1_000;
  const headers = { authorization: `Bearer ${token}` };
  const ask = async (): Promise<void> => {
    while (performance.now() < until) {
      const begun = performance.now();
      const answer = await fetch(`${stack.url()}${path}`, { headers });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      took.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  const { median, max } = quartiles(took);
  const shown = path.replace(/[0-9a-f-]{38,}/, '{id}');
  process.stdout.write(
    `${shown}: ${Math.round(took.length / seconds)} a second, ${Math.round(median)} ms each (${Math.round(max)} at most), ${atOnce} at once\n`,
  );
}
