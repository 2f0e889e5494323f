import { globSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const ALL = 'test';

export const USAGE = `Usage:
  npm test                                       every gate and every test
  npm test -- <file or folder>…                  the tests of these files
  npm test -- --name "<part>" [file or folder]…  the tests whose name, with those of its suites, contains the part
  npm run test:watch -- <file or folder>…        the same again whenever a file of theirs changes
`;

/** What somebody asked of the test command. */
export interface TestArguments {
  /** Everything: the gates too, and whatever the machine must have. */
  readonly whole: boolean;
  readonly watch: boolean;
  readonly namePart: string | undefined;
  /** Absolute, each once. */
  readonly files: readonly string[];
}

/** An argument that the test command does not understand. Its message is for the person who typed it. */
export class ArgumentFault extends Error {}

/** Reads the command line; paths are relative to `cwd`. Throws an ArgumentFault. */
export function readTestArguments(args: readonly string[], cwd: string): TestArguments {
  const { values, positionals } = parse(args);
  const { name: namePart, watch = false } = values;
  if (namePart?.trim() === '') throw new ArgumentFault('--name needs a part of a name');
  if (watch && positionals.length === 0) throw new ArgumentFault('test:watch needs a file or a folder');
  const files = positionals.flatMap((path) => filesAt(path, cwd));
  return {
    whole: positionals.length === 0 && namePart === undefined,
    watch,
    namePart,
    files: [...new Set(positionals.length === 0 ? filesAt(ALL, root) : files)],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: { type: 'string' }, watch: { type: 'boolean' } },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new ArgumentFault(error.message, { cause: error });
    throw error;
  }
}

function filesAt(path: string, cwd: string): string[] {
  const absolute = resolve(cwd, path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) throw new ArgumentFault(`there is no ${path}`);
  if (!found.isDirectory()) {
    if (!path.endsWith('.test.ts')) throw new ArgumentFault(`${path} is not a test: the name of one ends in .test.ts`);
    return [absolute];
  }
  const files = globSync('**/*.test.ts', { cwd: absolute }).map((file) => resolve(absolute, file));
  if (files.length === 0) throw new ArgumentFault(`${relative(root, absolute)} has no file that ends in .test.ts`);
  return files.sort();
}
