/** One command as a shell would run it. What only the shell knows, a variable or another command's output, stays text. */
export interface ShellCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** Stands in an argument for the output of a command, which is a command of its own in the list. */
const OUTPUT = '$()';

/**
 * The commands of a script, those in `$(…)` and `(…)` included. Made for documentation: quotes, variables, pipes and
 * redirections; no loops, functions or here-documents, which such scripts do not need.
 */
export function commandsIn(script: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  const rest = withoutNested(script.replaceAll('\\\n', ' '), (nested) => commands.push(...commandsIn(nested)));
  for (const words of splitWords(rest)) {
    const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
    const [program, ...args] = first === -1 ? [] : words.slice(first);
    if (program !== undefined) commands.push({ program, args });
  }
  return commands;
}

/** Takes `$(…)` out of a script, the outer first, and leaves a mark; subshells lose their parentheses. */
function withoutNested(script: string, onNested: (script: string) => void): string {
  let text = '';
  let quoted = false;
  for (let i = 0; i < script.length; i += 1) {
    const char = script[i] ?? '';
    if (char === "'" && !quoted) {
      const end = script.indexOf("'", i + 1);
      text += script.slice(i, end + 1);
      i = end;
      continue;
    }
    if (char === '"' && script[i - 1] !== '\\') quoted = !quoted;
    if (!script.startsWith('$(', i)) {
      text += !quoted && (char === '(' || char === ')') ? ' ' : char;
      continue;
    }
    let depth = 1;
    let end = i + 2;
    for (; depth > 0 && end < script.length; end += 1)
      depth += Number(script[end] === '(') - Number(script[end] === ')');
    onNested(script.slice(i + 2, end - 1));
    text += OUTPUT;
    i = end - 1;
  }
  return text;
}

/** Words, command by command. A redirection and its file are left out. */
function splitWords(script: string): string[][] {
  const pattern =
    /[^\S\n]*(?:(\n|&&|\|\||[|;])|(#[^\n]*)|[<>]{1,2}\s*[^\s|;&]+|((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'|;&<>])+))/gy;
  const commands: string[][] = [[]];
  for (const [, separator, , word] of script.matchAll(pattern)) {
    if (separator !== undefined) commands.push([]);
    if (word !== undefined) commands.at(-1)?.push(unquoted(word));
  }
  return commands.filter((words) => words.length > 0);
}

function unquoted(word: string): string {
  return word.replace(
    /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
    (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1'),
  );
}
