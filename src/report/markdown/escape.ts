import { plainLine } from '../../html/plain-line.ts';

/** Breaks a word for GitHub's filters, which look for mentions and references after Markdown was rendered. */
const BREAK = '\u200b';

/**
 * Text from elsewhere, for one line of Markdown: it can start no markup, no HTML, no link and no list, and on
 * GitHub it mentions nobody and refers to no issue (a backslash does not stop those, a break does).
 * Grammar: github.github.com/gfm
 */
export function escapeMarkdown(text: string): string {
  return plainLine(text)
    .replace(/[\\`*_[\]|~$&!]/g, '\\$&')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/(^|[^\w])@(?=\w)/g, `$1@${BREAK}`)
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${BREAK}`)
    .replace(/^([#+=-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** An identifier as a code span: copied as it is, and never a mention. Pipes are escaped for table cells. */
export function codeSpan(text: string): string {
  const line = plainLine(text);
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line.replace(/\|/g, '\\|')}${pad}${fence}`;
}
