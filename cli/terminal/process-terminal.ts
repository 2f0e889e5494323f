import { setTimeout as delay } from 'node:timers/promises';
import { CliError, EXIT_CODES } from '../exit-codes.ts';
import type { Ask, Terminal } from './terminal.ts';

/** The terminal, or the pipes, of this process. Nothing is coloured, so that nothing has to be taken out of a log. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // Whoever reads the beginning of a list closes the pipe: no fault.
  stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(EXIT_CODES.done.code);
  });
  process.once('SIGINT', () => process.exit(EXIT_CODES.interrupted.code));
  return {
    env,
    // Some terminals say 0.
    width: stdout.isTTY ? stdout.columns || 80 : undefined,
    // What is asked is shown on standard error: the output may go to a file while somebody sits there.
    ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
    print: (text) => void stdout.write(text),
    tell: (line) => void stderr.write(`${line}\n`),
    sleep: (ms) => delay(ms),
  };
}

const ask: Ask = {
  async text(message, validate) {
    const { text } = await import('@clack/prompts');
    const check = validate && { validate: (value: string | undefined) => validate(value ?? '') };
    return answered(await text({ message, output: process.stderr, ...check }));
  },
  async choose(message, words) {
    const { select } = await import('@clack/prompts');
    const options = Object.entries<string>(words).map(([value, label]) => ({ value, label }));
    return answered(await select({ message, options, output: process.stderr })) as keyof typeof words;
  },
};

/** Ctrl+C at a question takes everything back. */
function answered<Value>(answer: Value): Exclude<Value, symbol> {
  if (typeof answer === 'symbol') throw new CliError('interrupted', 'Nothing was sent.');
  return answer as Exclude<Value, symbol>;
}
