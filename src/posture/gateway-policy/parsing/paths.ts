import { CSharpFault, compact } from './csharp.ts';
import type { PolicyValue } from './parse-policy.ts';

/** One way that a request may take through a policy, as far as it matters. */
export interface Path {
  /** 0 no limit, 1 one that nobody can judge, 2 one that is enough. */
  readonly limited: 0 | 1 | 2;
  /** Variables that are known to be empty, or known not to be. */
  readonly empty: Readonly<Record<string, boolean>>;
}

export const FIRST_PATH: Path = { limited: 0, empty: {} };

const IS_EMPTY = /^\(?\(string\)context\.Variables\["(\w+)"\]\)?(==|!=)""$/;

/** What a condition says of a variable, where it says no more than whether it is empty. */
function saidBy(
  condition: PolicyValue | undefined,
): { readonly variable: string; readonly empty: boolean } | undefined {
  if (condition?.kind !== 'expression') return undefined;
  try {
    const [, variable, sign] = IS_EMPTY.exec(compact(condition.text)) ?? [];
    return variable === undefined ? undefined : { variable, empty: sign === '==' };
  } catch (error) {
    if (error instanceof CSharpFault) return undefined;
    throw error;
  }
}

/** The paths on which a condition holds, or does not: all of them, unless it is known that it cannot on some. */
export function where(paths: readonly Path[], condition: PolicyValue | undefined, holds: boolean): readonly Path[] {
  const said = saidBy(condition);
  if (said === undefined) return paths;
  const empty = said.empty === holds;
  return paths.flatMap((path) => {
    const known = path.empty[said.variable];
    if (known !== undefined && known !== empty) return [];
    return [{ ...path, empty: { ...path.empty, [said.variable]: empty } }];
  });
}

/** The same paths once something was put in variables; without names, in any. */
export function afterSetting(paths: readonly Path[], variables?: readonly string[]): readonly Path[] {
  return distinct(
    paths.map((path) => ({
      ...path,
      empty: Object.fromEntries(
        Object.entries(path.empty).filter(([name]) => variables !== undefined && !variables.includes(name)),
      ),
    })),
  );
}

/** The same paths once a limit was passed. */
export function afterLimit(paths: readonly Path[], limited: Path['limited']): readonly Path[] {
  return distinct(paths.map((path) => (path.limited >= limited ? path : { ...path, limited })));
}

/** Where there are more, what is known of variables is forgotten: a way may then seem open that is not, and none closed. */
const MOST_PATHS = 64;

/** Each once, and not too many however many branches there are. */
export function distinct(paths: readonly Path[]): readonly Path[] {
  const unique = new Map(paths.map((path) => [keyOf(path), path]));
  if (unique.size <= MOST_PATHS) return [...unique.values()];
  return distinct(paths.map(({ limited }) => ({ limited, empty: {} })));
}

function keyOf({ limited, empty }: Path): string {
  return JSON.stringify([limited, Object.entries(empty).sort(([one], [other]) => (one < other ? -1 : 1))]);
}
