import { openSession } from './calling/session.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { CliError, type Ending, EXIT_CODES } from './exit-codes.ts';
import { readArguments } from './read-arguments.ts';
import type { Terminal } from './terminal/terminal.ts';
import { PROGRAM, usageOf, usageOfAll } from './usage.ts';

/** Runs one command line, and says with which code the process ends. */
export async function offboard(args: readonly string[], terminal: Terminal, version: string): Promise<number> {
  try {
    return EXIT_CODES[await run(args, terminal, version)].code;
  } catch (error) {
    const { ending, message } =
      error instanceof CliError ? error : new CliError('error', `This is a fault of the CLI: ${String(error)}`);
    for (const line of `${PROGRAM}: ${message}`.split('\n')) terminal.tell(line);
    return EXIT_CODES[ending].code;
  }
}

async function run(args: readonly string[], terminal: Terminal, version: string): Promise<Ending> {
  const [first] = args;
  if (first === '--version') {
    terminal.print(`${version}\n`);
    return 'done';
  }
  const called = commandOf(args);
  if (called === undefined) return withoutCommand(args, terminal);
  const { command, rest } = called;
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.print(usageOf(command));
    return 'done';
  }
  const read = readArguments(command, rest);
  if ('faults' in read) {
    terminal.tell(`${PROGRAM} ${command.name}: ${read.faults.join('; ')}`);
    terminal.tell(`\n${usageOf(command)}`);
    return 'usage';
  }
  return command.run(read.given, openSession(terminal, read.everywhere, version));
}

/** The command whose words the line begins with. */
function commandOf(
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const fitting = COMMANDS.map((command) => ({ command, words: command.name.split(' ') })).filter(({ words }) =>
    words.every((word, at) => args[at] === word),
  );
  // The longest: a command may be the first word of others.
  const [longest] = fitting.toSorted((one, other) => other.words.length - one.words.length);
  return longest && { command: longest.command, rest: args.slice(longest.words.length) };
}

function withoutCommand(args: readonly string[], terminal: Terminal): Ending {
  const words = args.filter((each) => !each.startsWith('-'));
  const family = COMMANDS.filter(({ name }) => name.split(' ')[0] === words[0]);
  const usage = usageOfAll(family.length > 0 ? family : COMMANDS);
  if (args.includes('--help') || args.includes('-h') || words[0] === 'help') {
    terminal.print(usage);
    return 'done';
  }
  const said = words.slice(0, 2).join(' ');
  terminal.tell(said === '' ? `${PROGRAM}: which command?` : `${PROGRAM}: there is no command “${said}”`);
  terminal.tell(`\n${usage}`);
  return 'usage';
}
