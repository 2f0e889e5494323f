import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { behaveAs, FOLLOWS } from '../../../local/tenant/behave/behave-as.ts';
import { behaveAsFile } from '../../../local/tenant/behave/read-record.ts';
import { PilotRecordSchema } from '../../../src/doctor/pilot/record.ts';
import { pilotWorld } from './world.ts';

const world = await pilotWorld();
after(world.close);

const fileOf = (name: string): string => `local/tenant/behave/records/${name}.json`;
const recordOf = async (name: string) => PilotRecordSchema.parse(JSON.parse(await readFile(fileOf(name), 'utf8')));

for (const name of ['proved', 'by-name', 'proved']) {
  test(`a tenant that behaves as ${name} answers a run with that record`, async () => {
    const record = await recordOf(name);
    const told = await behaveAsFile(world.study, fileOf(name));
    assert.match(told, /^The simulated firm behaves as .*, in \d+ of \d+ answers\./);
    const lines = (answers: typeof record.answers): string[] =>
      answers.map(({ place, probe, answer }) => `${place} ${probe} ${answer}`).sort();
    assert.deepEqual(lines([...(await world.ask())]), lines(record.answers));
  });
}

test('what cannot be set is named: what follows from others, and further organisations', async () => {
  const record = await recordOf('proved');
  const second = { probe: 'github-name-id', place: 'github-2', answer: 'mail' };
  const notSet = behaveAs(world.study, { ...record, answers: [...record.answers, second] });
  assert.deepEqual(
    [...new Set(notSet.map(({ probe }) => probe))].sort(),
    [...Object.keys(FOLLOWS), second.probe].sort(),
  );
});

test('a file that is no record is refused in words', async () => {
  await assert.rejects(behaveAsFile(world.study, 'package.json'), /package\.json is no record of a pilot/);
});
