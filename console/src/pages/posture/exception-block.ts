import type { Failure } from './words.ts';

/** Days after which the block that is copied ends; 180 at most are taken. */
const DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * The entry with which the firm accepts a failure for a while, for Terraform: this one, and nothing that begins to fail
 * beside it. Its reason is left empty, which the module refuses: whoever accepts something has to say why.
 */
export function exceptionBlock(
  { id, says, reason }: Pick<Failure, 'id' | 'says' | 'reason'>,
  by: string,
  now: Date,
): string {
  const until = new Date(now.getTime() + DAYS * DAY_MS).toISOString().slice(0, 10);
  return [
    `# ${oneLine(says)}`,
    '{',
    `  finding = ${quoted(id)}`,
    '  reason  = "" # why it is accepted, in 20 characters or more',
    `  by      = ${quoted(by)}`,
    `  until   = ${quoted(until)}`,
    `  covers  = ${quoted(reason)}`,
    '},',
  ].join('\n');
}

/** A text in HCL: `${` and `%{` begin a template there. */
function quoted(text: string): string {
  const escaped = oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('${', '$$${');
  return `"${escaped.replaceAll('%{', '%%{')}"`;
}

/** A name from a vendor may have lines of its own, which would end the comment. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}
