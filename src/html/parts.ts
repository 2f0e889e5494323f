import { instant } from '../cases/words/wording.ts';
import type { Label, Tone } from './label.ts';
import { type Markup, markup, trusted } from './markup.ts';

/** One shape per tone, so that colour is never the only sign. 16 by 16. */
const SHAPES: Readonly<Record<Tone, string>> = {
  good: '<circle cx="8" cy="8" r="6.6"/><path d="M4.9 8.2l2.1 2.1 4.1-4.4"/>',
  wait: '<circle cx="8" cy="8" r="6.6"/><path d="M8 4.4V8l2.5 1.6"/>',
  warn: '<path d="M8 1.9l6.6 11.7H1.4z"/><path d="M8 6.4v3.4M8 11.6v.1"/>',
  bad: '<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/><path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6"/>',
  quiet: '<circle cx="8" cy="8" r="6.6"/><path d="M5 8h6"/>',
};

export function icon(tone: Tone): Markup {
  return markup`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${trusted(SHAPES[tone])}</svg>`;
}

/** A status in words, with its shape and tone. */
export function chip({ text, tone }: Label): Markup {
  return markup`<span class="chip ${tone}">${icon(tone)}${text}</span>`;
}

/** An ISO instant for people, with the instant itself for machines. */
export function time(iso: string): Markup {
  return markup`<time datetime="${iso}">${instant(iso)}</time>`;
}

export interface Column {
  readonly title: string;
  readonly className?: string;
}

/** A table with a caption for those who hear it; each row's first cell is its header. */
export function table(
  look: string,
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly unknown[])[],
): Markup {
  const classOf = (index: number): Markup | '' => classed(columns[index]?.className);
  return markup`<div${classed(`table ${look}`.trim())}><table>
<caption class="heard">${caption}</caption>
<thead><tr>${columns.map(({ title, className }) => markup`<th scope="col"${classed(className)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      markup`<tr>${cells.map((cell, index) =>
        index === 0 ? markup`<th scope="row"${classOf(index)}>${cell}</th>` : markup`<td${classOf(index)}>${cell}</td>`,
      )}</tr>
`,
  )}</tbody>
</table></div>`;
}

/** The attribute, where there is a class. */
export function classed(name: string | undefined): Markup | '' {
  return name === undefined ? '' : markup` class="${name}"`;
}

/** A count with its thousands set apart. */
export function amount(count: number): string {
  return count.toLocaleString('en-US');
}
