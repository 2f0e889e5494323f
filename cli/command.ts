import type { Session } from './calling/session.ts';
import type { Ending } from './exit-codes.ts';

/** Why a text is none that is meant; undefined where it is. */
export type Check = (text: string) => string | undefined;

interface Told {
  readonly about: string;
}

/** An option `--name`. `list` may be repeated, and takes several with commas between them. */
export type Option = Told &
  (
    | { readonly kind: 'flag' }
    | { readonly kind: 'text'; readonly hint: string; readonly required?: true; readonly check?: Check }
    | { readonly kind: 'list'; readonly hint: string; readonly required?: true; readonly check?: Check }
    | { readonly kind: 'choice'; readonly of: readonly string[]; readonly required?: true }
  );
export type Options = Readonly<Record<string, Option>>;

/** What stands without a name behind the command. */
export interface Operand extends Told {
  readonly name: string;
  /** Absent: exactly one. */
  readonly many?: true;
  readonly optional?: true;
  readonly check?: Check;
}

type ValueOf<O extends Option> = O extends { readonly kind: 'flag' }
  ? boolean
  : O extends { readonly kind: 'list' }
    ? readonly string[]
    :
        | (O extends { readonly kind: 'choice'; readonly of: readonly (infer Word)[] } ? Word : string)
        | (O extends { readonly required: true } ? never : undefined);

/** What a command is called with, checked. */
export interface Given<O extends Options> {
  /** In the order of the command line. */
  readonly operands: readonly string[];
  /** The first one; empty where there is none. */
  readonly operand: string;
  readonly options: { readonly [K in keyof O]: ValueOf<O[K]> };
}

export interface Command<O extends Options = Options> {
  /** The words that call it: `case open`. */
  readonly name: string;
  /** What it does, as a line of a list. */
  readonly about: string;
  readonly operand?: Operand;
  readonly options: O;
  /** A command line without the program, which parses. */
  readonly example: string;
  run(given: Given<O>, session: Session): Promise<Ending>;
}

/** One command of the CLI. Its arguments, its usage and its line in docs/cli.md follow from it. */
export function defineCommand<const O extends Options>(command: Command<O>): Command {
  return command as unknown as Command;
}
