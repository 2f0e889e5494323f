import { type Markup, markup } from '../../src/html/markup.ts';
import { anchor, inline, type ToHere } from './markdown.ts';

/** What a card of Teams is made of, as far as the app makes any (adaptivecards.io, 1.4). */
interface Element {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly title?: unknown;
  readonly url?: unknown;
  readonly value?: unknown;
  readonly color?: unknown;
  readonly weight?: unknown;
  readonly size?: unknown;
  readonly facts?: readonly Element[];
  readonly body?: readonly Element[];
  readonly actions?: readonly Element[];
}

/** The colours that a card may name; another one is none. */
const COLOURS = ['Good', 'Accent', 'Warning', 'Attention'];

/** A card as Teams shows it, roughly: texts, facts and links. Its texts are Markdown. */
export function drawCard(card: unknown, toHere: ToHere): Markup {
  const { body = [], actions = [] } = card as Element;
  const said = (text: unknown): Markup => inline(String(text ?? ''), toHere);
  const drawn = body.map((element) => {
    if (element.type === 'FactSet')
      return markup`<dl>${(element.facts ?? []).map(
        ({ title, value }) => markup`<dt>${said(title)}</dt><dd>${said(value)}</dd>`,
      )}</dl>`;
    return markup`<p class="${lookOf(element)}">${said(element.text)}</p>`;
  });
  const links = actions.map(({ title, url }) => markup`<p>${anchor(said(title), toHere(String(url)), 'button')}</p>`);
  return markup`<div class="teams">${drawn}${links}</div>`;
}

function lookOf({ color, weight, size }: Element): string {
  const colour = COLOURS.find((each) => each === color) ?? '';
  return [colour.toLowerCase(), weight === 'Bolder' ? 'bolder' : '', size === 'Large' ? 'large' : ''].join(' ').trim();
}
