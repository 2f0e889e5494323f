import { foreign, type Markup, markup } from '../../src/html/markup.ts';
import { table } from '../../src/html/parts.ts';

const LONGEST = 2_000;
/** An escaped mark, code, strong text, a link: what the app writes into its lines. */
const PIECE = /\\([^\sA-Za-z0-9])|(`+)([\s\S]+?)\2|\*\*((?:\\.|[^\\])+?)\*\*|\[((?:\\.|[^\]\\])*)\]\(<?([^)>]*)>?\)/g;
/** With it the app breaks words for GitHub’s filters; nobody sees it. */
const BREAK = /\u200b/g;

/** Where a link of the app’s messages leads on this machine. */
export type ToHere = (url: string) => string;

/** One line of the Markdown that the app writes. What GitHub or Teams would make of anything else is not tried. */
export function inline(line: string, toHere: ToHere): Markup {
  const parts: Markup[] = [];
  let at = 0;
  let plain = '';
  const flush = (): void => {
    if (plain !== '') parts.push(words(plain));
    plain = '';
  };
  for (const match of line.matchAll(PIECE)) {
    const [all, mark, , code, strong, text, url] = match;
    plain += line.slice(at, match.index) + (mark ?? '');
    at = match.index + all.length;
    if (mark !== undefined) continue;
    flush();
    if (code !== undefined) parts.push(markup`<code>${words(code.replaceAll('\\|', '|'))}</code>`);
    else if (strong !== undefined) parts.push(markup`<b>${inline(strong, toHere)}</b>`);
    else parts.push(anchor(inline(text ?? '', toHere), toHere(url ?? '')));
  }
  plain += line.slice(at);
  flush();
  return markup`${parts}`;
}

/** A link that would run something, or leave this machine, stands as text. */
export function anchor(text: Markup, href: string, className = ''): Markup {
  if (!/^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(href)) return markup`${text} (${foreign(href)})`;
  return markup`<a class="${className}" href="${href}" target="_blank" rel="noopener">${text}</a>`;
}

/** Text from elsewhere, with the spaces around it. */
function words(text: string): Markup {
  const shown = text.replace(BREAK, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  return markup`${/^\s/.test(shown) ? ' ' : ''}${foreign(shown, LONGEST)}${/\s$/.test(shown) ? ' ' : ''}`;
}

/** A document of the app’s, roughly as GitHub shows it: headings, lists, tables, paragraphs. */
export function drawMarkdown(text: string, toHere: ToHere): Markup {
  const blocks: Markup[] = [];
  const lines = text.split('\n').filter((line) => !line.startsWith('<!--'));
  for (let at = 0; at < lines.length; ) {
    const kind = kindOf(lines[at] ?? '');
    const from = at;
    do at += 1;
    while (at < lines.length && kind !== 'heading' && kindOf(lines[at] ?? '') === kind);
    if (kind !== 'empty') blocks.push(draw(kind, lines.slice(from, at), toHere));
  }
  return markup`<div class="document">${blocks}</div>`;
}

type Kind = 'empty' | 'heading' | 'list' | 'table' | 'text';

function kindOf(line: string): Kind {
  if (line.trim() === '') return 'empty';
  if (/^#{1,6} /.test(line)) return 'heading';
  if (/^\s*- /.test(line)) return 'list';
  return line.startsWith('|') ? 'table' : 'text';
}

function draw(kind: Kind, lines: readonly string[], toHere: ToHere): Markup {
  switch (kind) {
    case 'heading':
      return markup`<h2>${inline((lines[0] ?? '').replace(/^#+ /, ''), toHere)}</h2>`;
    case 'list':
      return markup`<ul>${lines.map((line) => item(line, toHere))}</ul>`;
    case 'table': {
      const [head = [], , ...rows] = lines.map(cellsOf);
      return table(
        '',
        'Table',
        head.map((title) => ({ title })),
        rows.map((cells) => cells.map((cell) => inline(cell, toHere))),
      );
    }
    default:
      return markup`${lines.map((line) => markup`<p>${inline(line, toHere)}</p>`)}`;
  }
}

function item(line: string, toHere: ToHere): Markup {
  const [, indent = '', box = '', text = ''] = /^(\s*)- (\[[ x]\] )?(.*)$/.exec(line) ?? [];
  const sign = box === '' ? '•' : box.startsWith('[x') ? '☑' : '☐';
  return markup`<li class="${indent === '' ? '' : 'inner'}"><span aria-hidden="true">${sign}</span> ${inline(text, toHere)}</li>`;
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
