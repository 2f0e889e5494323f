import { instant } from '../../cases/words/wording.ts';
import {
  type Block,
  type Cell,
  isPlainHttps,
  joined,
  type Line,
  type Pair,
  type Piece,
  type TableBlock,
} from '../../html/blocks.ts';
import { codeSpan, escapeMarkdown } from './escape.ts';

/** The blocks as lines of Markdown, an empty one after each. */
export function blockLines(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    const lines = linesOf(block);
    return lines.length === 0 || lines.at(-1) === '' ? lines : [...lines, ''];
  });
}

/** One line. */
export function lineText(line: Line): string {
  return line.map(pieceText).join('').trim();
}

function pieceText(piece: Piece): string {
  if (typeof piece === 'string') return spaced(piece, escapeMarkdown(piece));
  if ('command' in piece) return codeSpan(piece.command);
  if ('words' in piece) {
    const words = escapeMarkdown(piece.words);
    return isPlainHttps(piece.link) ? `[${words}](<${address(piece.link)}>)` : words;
  }
  if ('time' in piece) return instant(piece.time);
  if ('label' in piece) return `**${escapeMarkdown(piece.label.text)}**`;
  if ('section' in piece) return escapeMarkdown(piece.name);
  if ('strong' in piece) return piece.strong.trim() === '' ? '' : `**${escapeMarkdown(piece.strong)}**`;
  const name = codeSpan(piece.code);
  return piece.link === undefined || name === '' || !isPlainHttps(piece.link)
    ? name
    : `[${name}](<${address(piece.link)}>)`;
}

/** What is escaped is trimmed as well; between two pieces a space is a space. */
function spaced(text: string, escaped: string): string {
  return `${/^\s/.test(text) ? ' ' : ''}${escaped}${escaped !== '' && /\s$/.test(text) ? ' ' : ''}`;
}

/** A pipe would end the cell of a table. */
function address(link: string): string {
  return link.replace(/\|/g, '%7C');
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [lineText(block.line)];
    case 'heading':
      return [`### ${block.text}`];
    case 'list':
      return block.lines.map((line) => `- ${lineText(line)}`);
    case 'table':
      return block.entries ? block.rows.flatMap((row) => entryLines(block, row)) : tableLines(block);
    case 'fold':
      return [
        `- **${escapeMarkdown(block.label.text)}**: ${lineText(block.line)}`,
        ...block.pairs.map((pair) => `  - ${pairText(pair)}`),
      ];
    case 'drawing':
      return [
        `### ${block.title}`,
        '',
        escapeMarkdown(block.drawing.says),
        ...(block.data === undefined ? [] : ['', ...tableLines(block.data)]),
      ];
    case 'folded':
      return [`### ${block.title}`, '', ...blockLines(block.blocks)];
    case 'group':
      return blockLines(block.blocks);
    default:
      return block satisfies never;
  }
}

function tableLines({ columns, rows }: TableBlock): string[] {
  return tableOf(
    columns.map(({ title }) => title),
    rows.map((cells) => cells.map((cell) => cellTexts(cell).join(' · '))),
  );
}

/** A table of texts that are Markdown already. */
export function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(header), row(header.map(() => '---')), ...rows.map(row)];
}

/** A row as a list: its first two cells head it, and the others follow by the names of their columns. */
function entryLines({ columns }: TableBlock, [head = [], body = [], ...rest]: readonly Cell[]): string[] {
  const [title = '', ...more] = cellTexts(body);
  return [
    `- ${cellTexts(head).join(', ')}: **${title.replace(/\*\*/g, '')}**`,
    ...more.map((text) => `  - ${text}`),
    ...rest.flatMap((cell, index) => {
      const texts = cellTexts(cell);
      return texts.length === 0 ? [] : [`  - ${columns[index + 2]?.title ?? ''}: ${texts.join(' · ')}`];
    }),
  ];
}

function cellTexts(cell: Cell): string[] {
  return cell
    .flatMap((block) => (block.kind === 'pairs' ? [block.pairs.map(pairText).join('; ')] : [lineText(block.line)]))
    .filter((text) => text !== '');
}

function pairText([name, value]: Pair): string {
  return lineText(joined([[name], value], ': '));
}
