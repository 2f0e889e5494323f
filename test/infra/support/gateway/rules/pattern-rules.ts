import type { PolicyFault } from './policy-fault.ts';
import type { Expression } from './scan-expressions.ts';

/** A call of Regex with its first two arguments; the second is the pattern, as a verbatim or a plain string. */
const CALL = /\bRegex\s*\.\s*(?:IsMatch|Match|Matches|Replace|Split)\s*\(/g;
const VERBATIM = /@"((?:[^"]|"")*)"/y;

/**
 * Patterns must stand in the expression, and nothing in them may repeat what repeats: `(a+)*` tries every way to cut a
 * text. What is worse than linear all the same, the bench finds. owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
 */
export function patternFaults(file: string, { code, line }: Expression, bare: string): PolicyFault[] {
  return [...bare.matchAll(CALL)].flatMap(({ index, 0: call }) => {
    const at = line + code.slice(0, index).split('\n').length - 1;
    const pattern = patternBehind(code, bare, index + call.length);
    if (pattern === undefined) return [{ file, line: at, message: 'a pattern must be written out, as @"…"' }];
    if (repeatsWhatRepeats(pattern))
      return [{ file, line: at, message: `the pattern ${pattern} repeats what repeats` }];
    return [];
  });
}

function patternBehind(code: string, bare: string, from: number): string | undefined {
  let depth = 0;
  for (let at = from; at < bare.length; at += 1) {
    const character = bare[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (character !== ',' || depth !== 0) continue;
    VERBATIM.lastIndex = at + 1 + (/^\s*/.exec(code.slice(at + 1))?.[0].length ?? 0);
    return VERBATIM.exec(code)?.[1]?.replaceAll('""', '"');
  }
  return undefined;
}

function repeatsWhatRepeats(pattern: string): boolean {
  // For each open group, whether something in it repeats without a small bound.
  const open: boolean[] = [false];
  let closed = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    const last = closed;
    closed = false;
    if (character === '\\') at += 1;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') open.push(false);
    else if (character === ')') {
      closed = open.pop() ?? false;
      if (closed) open[open.length - 1] = true;
    } else if (/^(?:[*+]|\{\d+,\d*\})/.test(pattern.slice(at))) {
      if (last) return true;
      open[open.length - 1] = true;
    }
  }
  return false;
}

function endOfClass(pattern: string, open: number): number {
  let at = open + 1;
  if (pattern[at] === '^') at += 1;
  if (pattern[at] === ']') at += 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}
