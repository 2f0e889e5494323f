/**
 * A block or an assignment in the text of a Terraform file, wherever it stands: in a block, or on a line of its own in
 * an object. Enough of HCL for files as `terraform fmt` leaves them; what Terraform makes of them, Terraform says.
 */
export interface Item {
  readonly kind: 'assignment' | 'block';
  /** `["resource.azurerm_subnet.mcp", "delegation", "name"]`. */
  readonly path: readonly string[];
  /** From the first character of the line to behind the last line's end. */
  readonly start: number;
  readonly end: number;
  /** The text of the expression or of the body, without what is around it. */
  readonly value: string;
  readonly valueStart: number;
}

interface Open {
  readonly name: string;
  readonly end: number;
}

const BLOCK = /^\s*([a-z]\w*)((?: "[^"]*")*) \{/;
const ASSIGNMENT = /^\s*("[^"]+"|[\w-]+)\s*=(?![=>])\s*/;

export function itemsIn(text: string): readonly Item[] {
  const found: Item[] = [];
  const open: Open[] = [];
  let at = 0;
  let heredocUntil = -1;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd);
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= at) open.pop();
    if (at >= heredocUntil) {
      const [head, type, labels = ''] = BLOCK.exec(line) ?? [];
      const [assigned, key] = ASSIGNMENT.exec(line) ?? [];
      if (head !== undefined && type !== undefined) {
        const valueStart = at + head.length;
        const close = endOfExpression(text, valueStart - 1);
        const name = [type, ...[...labels.matchAll(/"([^"]*)"/g)].map(([, label = '']) => label)].join('.');
        const path = [...open.map((it) => it.name), name];
        const end = endOfLine(text, close);
        found.push({ kind: 'block', path, start: at, end, value: text.slice(valueStart, close - 1), valueStart });
        open.push({ name, end });
      } else if (assigned !== undefined && key !== undefined) {
        const valueStart = at + assigned.length;
        const close = endOfExpression(text, valueStart);
        const name = key.replaceAll('"', '');
        const end = endOfLine(text, close);
        const value = text.slice(valueStart, close).trimEnd();
        found.push({
          kind: 'assignment',
          path: [...open.map((it) => it.name), name],
          start: at,
          end,
          value,
          valueStart,
        });
        if (/^<<-?\w+/.test(value)) heredocUntil = end;
        else open.push({ name, end });
      }
    }
    at = lineEnd;
  }
  return found;
}

/** Behind the end of the line in which `at` stands. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Where an expression ends: at the end of the line on which its last bracket is closed, or of its heredoc. */
function endOfExpression(text: string, from: number): number {
  const heredoc = /^<<-?(\w+)\n/.exec(text.slice(from, from + 80));
  if (heredoc !== null) {
    const close = new RegExp(`^\\s*${heredoc[1]}$`, 'm').exec(text.slice(from + heredoc[0].length));
    return from + heredoc[0].length + (close?.index ?? 0) + (close?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '"') at = endOfString(text, at);
    else if (char === '#') at = endOfLine(text, at) - 2;
    else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) {
      depth -= 1;
      if (depth === 0 && text[from] === char.replace('}', '{') && text[at + 1] === '\n') return at + 1;
      if (depth < 0) return at;
    } else if (char === '\n' && depth === 0) return at;
  }
  return text.length;
}

/** The closing quote; `"${name["x"]}"` has quotes of its own within. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith('${', at) && text[at - 1] !== '$') at = endOfTemplate(text, at + 2);
    at += 1;
  }
  return at;
}

function endOfTemplate(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < text.length) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
    at += 1;
  }
  return at;
}
