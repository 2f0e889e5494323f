import { type Block, type Cell, isPlainHttps, type Line, type Pair, type Piece, type TableBlock } from './blocks.ts';
import { code, foreign, type Markup, markup } from './markup.ts';
import { chip, classed, table, time } from './parts.ts';
import { plainLine } from './plain-line.ts';

/** Longer texts are cut in the page; `report.json` and `report.md` have them in full. */
const MOST = 700;
const MOST_OF_NAME = 240;

export function drawBlocks(blocks: readonly Block[]): Markup {
  return markup`${blocks.map(drawBlock)}`;
}

export function drawLine(line: Line): Markup {
  return markup`${line.map(drawPiece)}`;
}

function drawPiece(piece: Piece): Markup {
  if (typeof piece === 'string') return spaced(piece);
  if ('code' in piece) {
    const name = code(piece.code, MOST_OF_NAME);
    const { link = '' } = piece;
    return isPlainHttps(link) ? markup`<a href="${link}" rel="noreferrer">${name}</a>` : name;
  }
  if ('command' in piece) return command(piece.command);
  if ('words' in piece) {
    const { words, link } = piece;
    return isPlainHttps(link) ? markup`<a href="${link}" rel="noreferrer">${foreign(words)}</a>` : foreign(words);
  }
  if ('time' in piece) return time(piece.time);
  if ('section' in piece) return markup`<a href="#${piece.section}">${piece.name}</a>`;
  return 'label' in piece ? chip(piece.label) : markup`<b>${foreign(piece.strong, MOST)}</b>`;
}

/** A command is never cut: what is pasted is what was meant. It is one stop of the keyboard, and opens when it is reached. */
function command(text: string): Markup {
  return markup`<code class="command" tabindex="0">${plainLine(text)}</code>`;
}

/** Text from elsewhere is trimmed; between two pieces a space is a space. */
function spaced(text: string): Markup {
  const shown = text.trim() === '' ? markup`` : foreign(text, MOST);
  return markup`${/^\s/.test(text) ? ' ' : ''}${shown}${/\S\s$/.test(text) ? ' ' : ''}`;
}

function drawBlock(block: Block): Markup {
  switch (block.kind) {
    case 'text':
      return markup`<p${classed(block.look)}>${drawLine(block.line)}</p>`;
    case 'heading':
      return markup`<h3>${block.text}</h3>`;
    case 'list':
      return markup`<ul>${block.lines.map((line) => markup`<li>${drawLine(line)}</li>`)}</ul>`;
    case 'table':
      return drawTable(block);
    case 'fold':
      return markup`<details class="unread"><summary>${chip(block.label)} ${drawLine(block.line)}</summary>${drawPairs(block.pairs)}</details>`;
    case 'folded':
      return markup`<details class="folded"><summary>${block.title}</summary>${drawBlocks(block.blocks)}</details>`;
    case 'drawing':
      return markup`<figure><figcaption><h3>${block.title}</h3>${
        block.legend === undefined
          ? ''
          : markup`<ul class="legend">${block.legend.map(({ mark, text }) => markup`<li><i class="${mark}"></i>${text}</li>`)}</ul>`
      }</figcaption>${block.drawing.svg}${
        block.data === undefined
          ? ''
          : markup`<details class="data"><summary>The same as a table</summary>${drawTable(block.data)}</details>`
      }</figure>`;
    case 'group':
      return markup`<div class="${block.look}">${drawBlocks(block.blocks)}</div>`;
    default:
      return block satisfies never;
  }
}

function drawTable({ caption, columns, rows, entries }: TableBlock): Markup {
  return table(
    entries ? 'entries' : '',
    caption,
    columns,
    rows.map((cells) => cells.map(drawCell)),
  );
}

function drawCell(cell: Cell): Markup {
  return markup`${cell.map((block) => (block.kind === 'pairs' ? drawPairs(block.pairs) : drawBlock(block)))}`;
}

function drawPairs(pairs: readonly Pair[]): Markup {
  return markup`<dl class="pairs">${pairs.map(
    ([name, value]) => markup`<div><dt>${drawPiece(name)}</dt><dd>${drawLine(value)}</dd></div>`,
  )}</dl>`;
}
