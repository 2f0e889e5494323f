import { answerOf, type Schemas } from '../calling/client.ts';
import { whoIs } from '../calling/problem.ts';
import { lineOf } from '../case/cases.ts';
import { defineCommand } from '../command.ts';
import { oidOf, PERSON } from '../people.ts';
import { oneLine } from '../terminal/table.ts';

export const personShow = defineCommand({
  name: 'person show',
  about: 'who somebody is, the accounts that are known as theirs, and their cases',
  operand: PERSON,
  options: {},
  example: 'person show alex.moreau@northwind-capital.example',
  async run({ operand }, session) {
    const oid = await oidOf(session.api, operand);
    const person = await answerOf(session.api.GET('/api/people/{oid}', { params: { path: { oid } } }));
    session.show(person, () => describe(person));
    return 'done';
  },
});

function describe(person: Schemas['Person']): string {
  const { why, denied, accounts, cases } = person;
  return [
    oneLine(whoIs(person)),
    ...(why === undefined ? [] : [`  Entra could not be asked: ${oneLine(why)}`]),
    ...(denied === undefined ? [] : [denied ? '  denied at the gateway' : '  released at the gateway']),
    ...accounts.map(({ vendor, id, login, code, source }) =>
      oneLine(`${vendor} ${login ?? id} (${code}, ${source})`).replace(/^/, '  '),
    ),
    ...cases.map((row) => `  ${lineOf(row).trimEnd()}`),
    '',
  ].join('\n');
}
