import type { Severity } from '../cases/finding.ts';
import type { Label } from './label.ts';
import type { Markup } from './markup.ts';
import type { Column } from './parts.ts';

/**
 * What a section of a report consists of, said once for every form that the report has: the page and the Markdown both
 * show all of it.
 */
export type Block =
  | TextBlock
  | ListBlock
  | TableBlock
  | FoldBlock
  | FoldedBlock
  | DrawingBlock
  | HeadingBlock
  | GroupBlock;

/** A part of a line. A string is text from elsewhere: it is escaped, and nothing in it is obeyed. */
export type Piece =
  | string
  /** An identifier; `link` is followed only where it is a plain HTTPS address. */
  | { readonly code: string; readonly link?: string }
  /** A command, to be copied whole. */
  | { readonly command: string }
  /** Words that lead to a plain HTTPS address; to any other they are only words. */
  | { readonly words: string; readonly link: string }
  /** An ISO instant. */
  | { readonly time: string }
  | { readonly label: Label }
  /** A section of the same report. */
  | { readonly section: string; readonly name: string }
  | { readonly strong: string };
export type Line = readonly Piece[];

/** How a page sets it apart: `severity critical` for the worst. */
type Look = 'title' | 'meta' | 'error' | 'none' | 'word' | 'alarm' | `severity ${Severity}`;

export interface TextBlock {
  readonly kind: 'text';
  readonly line: Line;
  readonly look?: Look;
}

/** Names and what is known of them, under one another. */
interface PairsBlock {
  readonly kind: 'pairs';
  readonly pairs: readonly Pair[];
}
export type Pair = readonly [name: Piece, value: Line];

interface HeadingBlock {
  readonly kind: 'heading';
  readonly text: string;
}

interface ListBlock {
  readonly kind: 'list';
  readonly lines: readonly Line[];
}

export type Cell = readonly (TextBlock | PairsBlock)[];

export interface TableBlock {
  readonly kind: 'table';
  /** What it lists, for those who hear the page. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Set where a row is too much for a line of text: Markdown tells each in a list of its own, headed by two cells. */
  readonly entries?: true;
}

/** One line, and under it what it sums up. */
interface FoldBlock {
  readonly kind: 'fold';
  readonly label: Label;
  readonly line: Line;
  readonly pairs: readonly Pair[];
}

/** What most readers pass over: a page shows its title until somebody opens it, and paper only the title. */
interface FoldedBlock {
  readonly kind: 'folded';
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A chart. Markdown has what it says, and its data. */
export interface Drawing {
  readonly svg: Markup;
  /** What it shows, in a sentence or two. */
  readonly says: string;
}

interface DrawingBlock {
  readonly kind: 'drawing';
  readonly title: string;
  readonly legend?: readonly { readonly mark: string; readonly text: string }[];
  readonly drawing: Drawing;
  readonly data?: TableBlock;
}

/** Blocks that a page sets apart. */
interface GroupBlock {
  readonly kind: 'group';
  readonly look: 'judgement' | 'pair';
  readonly blocks: readonly Block[];
}

/** A line of text as a block or a cell. */
export function text(line: Line | Piece, look?: Look): TextBlock {
  const pieces = isLine(line) ? line : [line];
  return look === undefined ? { kind: 'text', line: pieces } : { kind: 'text', line: pieces, look };
}

/** A cell of one line. */
export function cell(...line: Line): Cell {
  return [text(line)];
}

/** Lines as one, with a text between them. */
export function joined(lines: readonly Line[], between = ', '): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [between, ...line]));
}

/** An address that may be followed: plain HTTPS, and nothing in it that ends an attribute. */
export function isPlainHttps(address: string): boolean {
  return /^https:\/\/[^\s"'<>\\]+$/.test(address);
}

function isLine(line: Line | Piece): line is Line {
  return Array.isArray(line);
}
