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

/** Latin, punctuation and arrows: nothing in it has another direction, and it need not be isolated. */
const LEFT_TO_RIGHT = /^[\u0020-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u21ff]*$/;

/** Text from elsewhere: on one line, nothing in it obeyed, isolated from the direction of what stands around it. */
export function foreign(text: string, most = MOST_CHARACTERS): Markup {
  const line = plainLine(text);
  const rest = line.length - most;
  const shown = rest > 0 ? `${firstOf(line, most)}… (${rest} more characters in report.json)` : line;
  return LEFT_TO_RIGHT.test(shown) ? markup`${shown}` : markup`<bdi>${shown}</bdi>`;
}

/** An identifier as it is, in a fixed-width face. */
export function code(text: string, most = MOST_CHARACTERS): Markup {
  // A digest is told by its beginning; the rest is there for whoever points at it, selects it or reaches it.
  return /^[0-9a-f]{40,}$/i.test(text)
    ? markup`<code class="digest" tabindex="0">${foreign(text, most)}</code>`
    : markup`<code>${foreign(text, most)}</code>`;
}
