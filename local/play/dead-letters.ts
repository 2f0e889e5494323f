import { foreign, type Markup, markup } from '../../src/html/markup.ts';
import type { Stack } from '../stack.ts';
import { consoleLink } from '../telling/console-links.ts';
import { nothing } from './layout.ts';
import { json } from './what-came.ts';

interface Rejections {
  readonly rejections: readonly {
    readonly trigger: string;
    readonly reason: string;
    readonly state: string;
    readonly received: string;
  }[];
  readonly toolCalls: { readonly rejected: readonly string[]; readonly notUploaded: readonly string[] };
}

/** What could not become a case, and what could not become a row of the audit log, today. */
export async function readRejections(stack: Pick<Stack, 'api'>): Promise<Rejections> {
  const answer = await stack.api('/api/rejections');
  if (!answer.ok) throw new Error(`The app answered ${answer.status} to the question for what it rejected.`);
  return (await answer.json()) as Rejections;
}

export function countOf({ rejections, toolCalls }: Rejections): number {
  return rejections.length + toolCalls.rejected.length + toolCalls.notUploaded.length;
}

export function deadLettersPage(stack: Stack, read: Rejections): Markup {
  const { rejections, toolCalls } = read;
  if (countOf(read) === 0) return nothing('Nothing was rejected today. Send HR’s wrong message on the first page.');
  return markup`${rejections.map(
    ({ trigger, reason, state, ...rest }) => markup`<article class="deed no">
<h2>${foreign(trigger)} <span class="chip">${state}</span></h2>
<p>${foreign(reason, 1_000)}</p>
${json('What came', rest)}
</article>`,
  )}
${[...toolCalls.rejected, ...toolCalls.notUploaded].map((blob) => markup`<article><p>Calls of tools: ${foreign(blob)}</p></article>`)}
<p><a href="${consoleLink(stack, 'operator', '/rejections')}" target="_blank" rel="noopener">Settle them in the console</a></p>`;
}
