import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandsOfGuide, fencesOfGuide } from '../support/docs/guide.ts';
import type { KnownCommand } from '../support/docs/known-commands.ts';

export const root = path.resolve(import.meta.dirname, '../..');
export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export const fences = fencesOfGuide();
export const commands = commandsOfGuide();
export const of = (program: string) => commands.filter((command) => command.program === program);
export const optionsOf = (args: readonly string[]): string[] =>
  args.filter((arg) => /^--?[a-z]/.test(arg)).map((arg) => arg.replace(/=.*$/s, ''));

export function assertKnown(
  at: string,
  args: readonly string[],
  table: Readonly<Record<string, KnownCommand>>,
  all: readonly string[],
): void {
  const name = Object.keys(table)
    .filter((each) => args.slice(0, each.split(' ').length).join(' ') === each)
    .sort((a, b) => b.length - a.length)[0];
  const command = name === undefined ? undefined : table[name];
  assert.ok(command, `${at}: ${args.join(' ')} is not a known command`);
  const options = optionsOf(args);
  for (const option of options)
    assert.ok([...command.required, ...command.optional, ...all].includes(option), `${at}: ${name} has no ${option}`);
  for (const option of command.required) assert.ok(options.includes(option), `${at}: ${name} needs ${option}`);
}
