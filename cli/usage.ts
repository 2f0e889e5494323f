import type { Command, Operand, Option, Options } from './command.ts';
import { EVERYWHERE } from './read-arguments.ts';

export const PROGRAM = 'offboard';

/** How one command is called. */
export function usageOf({ name, about, operand, options, example }: Command): string {
  return [
    `${PROGRAM} ${name}${operand === undefined ? '' : ` ${placeOf(operand)}`}${requiredOf(options)} [options]`,
    `  ${about}`,
    '',
    ...inColumns([
      ...(operand === undefined ? [] : [[placeOf(operand), operand.about] as const]),
      ...Object.entries({ ...options, ...EVERYWHERE }).map(
        ([key, option]) => [written(key, option), whatItIs(option)] as const,
      ),
    ]),
    '',
    `Example: ${PROGRAM} ${example}`,
    '',
  ].join('\n');
}

/** Every command in a line. */
export function usageOfAll(commands: readonly Command[]): string {
  return [
    `${PROGRAM} <command> [options]`,
    '  Cuts the ways by which leavers still reach MCP servers, and shows what became of it.',
    '',
    ...inColumns(commands.map(({ name, about }) => [name, about])),
    '',
    `${PROGRAM} <command> --help tells of one command; ${PROGRAM} --version prints the version.`,
    'MCP_OFFBOARDING_URL says where the app is. docs/cli.md has examples and the exit codes.',
    '',
  ].join('\n');
}

function placeOf({ name, many, optional }: Operand): string {
  const place = many === true ? `<${name}>…` : `<${name}>`;
  return optional === true ? `[${place}]` : place;
}

function requiredOf(options: Options): string {
  return Object.entries(options)
    .filter(([, option]) => 'required' in option)
    .map(([name, option]) => ` ${written(name, option)}`)
    .join('');
}

function written(name: string, option: Option): string {
  if (option.kind === 'flag') return `--${name}`;
  return `--${name} <${option.kind === 'choice' ? option.of.join('|') : option.hint}>`;
}

function whatItIs(option: Option): string {
  return `${option.about}${option.kind === 'list' ? '; several: again, or with commas' : ''}${'required' in option ? ' (needed)' : ''}`;
}

/** Two columns; a first cell that is very long has a line of its own. */
function inColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(30, Math.max(...rows.map(([first]) => first.length)));
  return rows.map(([first, second]) =>
    first.length > width ? `  ${first}\n  ${' '.repeat(width)}  ${second}` : `  ${first.padEnd(width)}  ${second}`,
  );
}
