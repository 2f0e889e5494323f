import type * as z from 'zod';
import type { Keeping } from '../../../machines/keep.ts';
import { RunAnswersSchema, SayerSchema, ToldRunsSchema } from '../../../machines/kept-shape.ts';
import { MachineReportSchema } from '../../../machines/report.ts';
import type { RunAnswer } from '../../../machines/telling.ts';
import { jsonOf } from '../base/columns.ts';

const AboutSchema = MachineReportSchema.shape.machine.pick({
  ...{ name: true, registeredAt: true, pool: true, ephemeral: true },
});

/** What a row says beside its keys, so that nobody reads its document for it. A row of before has none, or odd ones. */
export const TELLING_COLUMNS = {
  about: jsonOf(AboutSchema).optional().catch(undefined),
  sender: jsonOf(SayerSchema).optional().catch(undefined),
  runs: jsonOf(ToldRunsSchema).optional().catch(undefined),
  answers: jsonOf(RunAnswersSchema).optional().catch(undefined),
};

/** The same, to be written. */
export function columnsOfTelling({ machine, runs = [] }: Keeping): {
  readonly about: string;
  readonly sender: string;
  readonly runs: string;
} {
  return { about: JSON.stringify(aboutOf(machine)), sender: JSON.stringify(machine.sayer), runs: JSON.stringify(runs) };
}

export function columnsOfAnswers(answers: readonly RunAnswer[]): { readonly answers: string } {
  return { answers: JSON.stringify(answers) };
}

/** What a gap asks of a machine. */
export function aboutOf({ report }: Keeping['machine']): z.output<typeof AboutSchema> {
  const { name, registeredAt, pool, ephemeral } = report.machine;
  return {
    ...{ name, registeredAt },
    ...(pool === undefined ? {} : { pool }),
    ...(ephemeral === undefined ? {} : { ephemeral }),
  };
}
