import { answerOf, type Schemas } from '../calling/client.ts';
import { defineCommand } from '../command.ts';
import type { Ending } from '../exit-codes.ts';
import { runPilot } from '../pilot.ts';
import { oneLine } from '../terminal/table.ts';

type Diagnosis = Schemas['Diagnosis'];

export const doctor = defineCommand({
  name: 'doctor',
  about: 'whether the app has every permission that it needs, and what to do where not',
  options: {
    pilot: {
      kind: 'flag',
      about: 'ask the vendors instead what their documents leave open; takes Offboarding.Administer',
    },
    reason: { kind: 'text', hint: 'why', about: 'of --pilot: why' },
    out: { kind: 'text', hint: 'file', about: 'of --pilot: write the record to a file' },
  },
  example: 'doctor',
  async run({ options: { pilot, reason, out } }, session) {
    if (pilot) return runPilot(session, reason, out);
    const diagnosis = await answerOf(session.api.GET('/api/doctor'));
    session.show(diagnosis, () => describe(diagnosis));
    return ENDINGS[diagnosis.verdict];
  },
});

const ENDINGS: Readonly<Record<Diagnosis['verdict'], Ending>> = {
  ready: 'done',
  unknown: 'incomplete',
  'not-ready': 'failed',
};

function describe({ verdict, headline, permissions, checks, automaticTriggers, sources }: Diagnosis): string {
  const whatToDo = (text: string | undefined): string[] =>
    text === undefined ? [] : [`    What to do: ${oneLine(text)}`];
  const withoutIt = (lost: readonly string[] | undefined): string[] =>
    lost === undefined ? [] : [`    Without it: ${oneLine(lost.join('; '))}`];
  return [
    `${verdict}: ${oneLine(headline)}`,
    ...permissions
      .filter(({ state }) => state !== 'granted')
      .flatMap((one) => [
        `  ${one.state}: ${oneLine(`${one.identity}, ${one.system}: ${one.permission}${one.detail === undefined ? '' : ` (${one.detail})`}`)}`,
        ...withoutIt(one.withoutIt),
        ...whatToDo(one.whatToDo),
      ]),
    ...checks
      .filter(({ state }) => state !== 'passes')
      .flatMap((one) => [`  ${one.state}: ${oneLine(`${one.check}: ${one.detail}`)}`, ...whatToDo(one.whatToDo)]),
    ...sources.unread.flatMap((one) => [
      `  not read: ${oneLine(`${one.source}: ${one.why}`)}`,
      ...whatToDo(one.whatToDo),
    ]),
    ...automaticTriggers.map(({ trigger, mode, setting }) => `  ${trigger}: ${mode} (${setting})`),
    '',
  ].join('\n');
}
