import { detectTokens } from '../../src/credentials/detector/detect-tokens.ts';
import type { TokenHit } from '../../src/credentials/detector/token-hit.ts';
import { LABELS, type LabelsOf } from '../labels/index.ts';
import type { Label } from '../labels/label.ts';

/** A token of a text with what stands beside it. `value` is in memory only: it says which names must not be shown. */
export interface Found {
  readonly hit: TokenHit;
  readonly value: string;
  readonly name?: string;
  readonly account?: string;
}

/** Of one text; more are counted only. */
const MOST_OF_A_TEXT = 250;

/**
 * The tokens of a file, each once. They are looked for in the whole text, whatever its structure: so a file that is cut
 * or is not what its name says is searched as well, and a digest is that of the same token found anywhere else.
 */
export function scanFile(
  text: string,
  structure: LabelsOf,
): { readonly found: readonly Found[]; readonly more: number; readonly signedIn: readonly string[] } {
  const { labels, signedIn = [] } = LABELS[structure](text);
  const hits = [...new Map(detectTokens(text).map((hit) => [hit.sha256, hit])).values()];
  const found = hits.slice(0, MOST_OF_A_TEXT).map((hit): Found => {
    const value = text.slice(hit.start, hit.end);
    const label = labelOf(value, labels);
    const name = label?.name ?? nameBefore(text, hit.start);
    return {
      hit,
      value,
      ...(name === undefined ? {} : { name }),
      ...(label?.account === undefined ? {} : { account: label.account }),
    };
  });
  return { found, more: hits.length - found.length, signedIn };
}

/** A variable with its name: the formats that show only by the name in front of them show here. */
export function scanVariable(name: string, value: string): readonly Found[] {
  const hits = [...new Map(detectTokens(`${name}=${value}`).map((hit) => [hit.sha256, hit])).values()];
  const before = name.length + 1;
  return hits.slice(0, MOST_OF_A_TEXT).map((hit) => {
    const token = value.slice(Math.max(0, hit.start - before), Math.max(0, hit.end - before));
    return { hit, value: token === '' ? name : token, name };
  });
}

const LEAST_INSIDE = 16;

/** The label with an account goes before one without. */
function labelOf(value: string, labels: readonly Label[]): Label | undefined {
  const fitting = labels.filter(
    (each) =>
      each.value.includes(value) ||
      (each.value.length >= LEAST_INSIDE && value.includes(each.value)) ||
      (value.includes('\\') && each.value.includes(unescaped(value))),
  );
  return fitting.find(({ account }) => account !== undefined) ?? fitting[0];
}

function unescaped(value: string): string {
  return value
    .replace(/\\n/g, '\n')
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const REACH = 160;
const NAME = /([A-Za-z_](?:[\w.$/:@-]{0,78}\w)?)["']?\s{0,4}(?:=|:|\s)\s{0,4}["']?(?:(?:bearer|basic|token)\s{1,4})?$/i;

function nameBefore(text: string, at: number): string | undefined {
  const line =
    text
      .slice(Math.max(0, at - REACH), at)
      .split('\n')
      .at(-1) ?? '';
  return NAME.exec(line)?.[1];
}
