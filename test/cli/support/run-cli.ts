import { offboard } from '../../../cli/offboard.ts';
import type { Ask } from '../../../cli/terminal/terminal.ts';

/** How one command line ended, and what it said on both streams. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Characters of a line; with it the output is a terminal. */
  readonly width?: number;
  /** What the person at the terminal answers, in the order of the questions. */
  readonly answers?: readonly string[];
  /** Instead of a wait. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** Runs a command line in this process. */
export async function runCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliRun & { questions: string[] }> {
  const { env = {}, width, answers, sleep = async () => undefined } = options;
  const said = [...(answers ?? [])];
  const questions: string[] = [];
  const answer = (question: string): string => {
    questions.push(question);
    const next = said.shift();
    if (next === undefined) throw new Error(`nobody answers “${question}”`);
    return next;
  };
  const ask: Ask = {
    text: async (question) => answer(question),
    choose: async (question) => answer(question) as never,
  };
  let [out, err] = ['', ''];
  const code = await offboard(
    args,
    {
      ...{ env, width, sleep, ask: answers === undefined ? undefined : ask },
      print: (text) => {
        out += text;
      },
      tell: (line) => {
        err += `${line}\n`;
      },
    },
    '0.0.0',
  );
  return { code, out, err, questions };
}
