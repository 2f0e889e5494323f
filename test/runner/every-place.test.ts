import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PLACES } from '../../runner/look/places.ts';
import { TOKEN_TYPES } from '../../src/credentials/detector/token-hit.ts';
import { type MachineReport, MachineReportSchema } from '../../src/machines/report.ts';
import { makeMachine, NODES } from './support/machine.ts';
import { everyToken, type Planted, planted, sha256, WRITTEN } from './support/planted.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

/** Letters of a value in a row, of which none may leave but its last four. */
const ROW = 8;

/** Parts of these tokens that stand in a text; the begin of what every token of its kind begins with does not count. */
function partsIn(text: string, tokens: readonly Planted[]): string[] {
  const rows = new Set<string>();
  for (let at = 0; at + ROW <= text.length; at += 1) rows.add(text.slice(at, at + ROW));
  return tokens.flatMap(({ type, value }) =>
    Array.from({ length: Math.max(0, value.length - ROW + 1) }, (_, at) => value.slice(at, at + ROW))
      .filter((row) => rows.has(row))
      .map((row) => `${type}: ${row}`),
  );
}

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

for (const node of NODES) {
  describe(`under ${node.folder}`, { skip: node.skip }, () => {
    for (const vendor of ['github', 'azure-devops'] as const) {
      test(`a token in every place of a ${vendor} machine is told with its place, and nothing of any value leaves it`, async () => {
        receiver.requests.length = 0;
        const machine = await makeMachine({ vendor, receiver, node });
        const { bases } = machine;
        const variables = everyToken().map((token, at) => ({
          token,
          name: token.name === 'A_SECRET' ? `V${at}` : token.name,
        }));
        const named: Record<string, string> = {};
        const files = PLACES.filter(
          ({ at, os, sealed }) => at !== 'system' && os?.includes('linux') !== false && sealed !== true,
        ).map((place, at) => {
          const token = planted(TOKEN_TYPES[at % TOKEN_TYPES.length] ?? 'jwt');
          const relative = place.path.replaceAll('*', `x${at}`);
          const file =
            place.at === 'named-by'
              ? path.join(machine.home, `named-${at}`)
              : path.join(bases[place.at] ?? '', relative);
          if (place.at === 'named-by') named[place.path] = file;
          machine.write(file, WRITTEN[place.labels](token));
          return { place: place.place, file, token };
        });
        const env = Object.fromEntries(variables.map(({ token, name }) => [name, token.text]));
        const { code, output } = await machine.begin({ ...env, ...named });
        assert.deepEqual([code, output], [0, '']);
        const body = await receiver.next();
        const report: MachineReport = MachineReportSchema.parse(JSON.parse(body));
        assert.equal(report.vendor, vendor);
        const found = new Set(
          report.tokens.map((each) => `${each.place} ${each.path ?? ''} ${each.type} ${each.sha256}`),
        );
        const missing = [
          ...variables.map(({ token }) => `process-environment  ${token.type} ${sha256(token.value)}`),
          ...files.map(
            ({ place, file, token }) =>
              `${place} ${file.replace(machine.home, '~')} ${token.type} ${sha256(token.value)}`,
          ),
        ].filter((each) => !found.has(each));
        assert.deepEqual(missing, []);
        const all = [...variables, ...files].map(({ token }) => token);
        assert.deepEqual(partsIn(receiver.requests.join('\n') + output + machine.logged(), all), []);
        assert.equal(machine.logged(), '');
        machine.remove();
      });
    }
  });
}
