import { html, raw } from 'hono/html';
import { firstOf, plainLine } from './plain-line.ts';

/** HTML that was escaped already. */
export type Markup = ReturnType<typeof raw>;

/** A template whose values are escaped unless they are markup themselves. Nothing in it is asynchronous. */
export function markup(strings: TemplateStringsArray, ...values: readonly unknown[]): Markup {
  return html(strings, ...values) as Markup;
}

/** HTML that this app has written itself: styles and charts. */
export const trusted = raw;

/** Longer texts are cut in the page; `report.json` has them in full. */
const MOST_CHARACTERS = 400;

/** Text from elsewhere: on one line, nothing in it obeyed, isolated from the direction of what stands around it. */
export function foreign(text: string, most = MOST_CHARACTERS): Markup {
  const line = plainLine(text);
  const rest = line.length - most;
  const shown = rest > 0 ? `${firstOf(line, most)}… (${rest} more characters in report.json)` : line;
  return markup`<bdi>${shown}</bdi>`;
}

/** An identifier as it is, in a fixed-width face. */
export function code(text: string, most = MOST_CHARACTERS): Markup {
  return markup`<code>${foreign(text, most)}</code>`;
}
