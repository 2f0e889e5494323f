import { foreign, type Markup, markup } from '../../src/html/markup.ts';
import { time } from '../../src/html/parts.ts';
import type { Stack } from '../stack.ts';
import { consoleLink } from '../telling/console-links.ts';
import type { Issue } from '../tenant/github/state/state-repository.ts';
import { WORLD } from '../tenant/seeds/world.ts';
import { drawCard } from './adaptive-card.ts';
import { nothing } from './layout.ts';
import { drawMarkdown } from './markdown.ts';

const TOLD = 'The app tells at the next full minute; “Do it now” on the first page does not wait.';

/** The issues of the security repository, the newest first. */
export function issuesOf({ states }: Pick<Stack, 'states'>): readonly Issue[] {
  return (states.github.repositories.get(WORLD.github.securityRepository)?.issues.all() ?? []).toReversed();
}

export function issuesPage(stack: Stack): Markup {
  const issues = issuesOf(stack);
  if (issues.length === 0) return nothing(`No issue was filed in ${WORLD.github.securityRepository}. ${TOLD}`);
  return markup`<ul class="rows">${issues.map(
    ({ number, title, state, labels }) =>
      markup`<li><div><a href="/issues/${number}"><b>#${number} ${foreign(title)}</b></a><br><small>${state}${labels.map((label) => markup`, ${foreign(label)}`)}</small></div></li>`,
  )}</ul>`;
}

/** An issue, with its way into the console. */
export function issuePage(stack: Stack, { body, labels, state }: Issue): Markup {
  const [caseId] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d+/.exec(body) ?? [];
  const link =
    caseId === undefined
      ? ''
      : markup` <a href="${consoleLink(stack, 'operator', `/cases/${caseId}`)}" target="_blank" rel="noopener">Its case in the console</a>`;
  return markup`<p><small>${state}${labels.map((label) => markup`, ${foreign(label)}`)} in ${WORLD.github.securityRepository}</small></p>
${drawMarkdown(body, (url) => intoConsole(stack, url))}
<details><summary>The issue as it was filed</summary><pre tabindex="0">${body}</pre></details>
<p class="links"><a href="/issues">All issues</a>${link}</p>`;
}

/** What the operators’ channel got, the newest first. */
export function teamsPage(stack: Stack): Markup {
  const { messages } = stack.states.teams;
  if (messages.length === 0) return nothing(`Nothing came into the channel. ${TOLD}`);
  return markup`${messages.toReversed().map(
    ({ at, card }) => markup`<article>
<p><small>${time(at)}</small></p>
${drawCard(card, (url) => intoConsole(stack, url))}
${json('The card as it was sent', card)}
</article>`,
  )}`;
}

/** What the ticket system got, the newest first: each once, and with a right signature. */
export function webhooksPage(stack: Stack): Markup {
  const { events, deliveries } = stack.states.webhook;
  if (events.length === 0) return nothing(`No event was posted. ${TOLD}`);
  return markup`<p>${deliveries} deliveries, each with a right signature.</p>
${events.toReversed().map(({ id, event }) => {
  const { type, timestamp, data } = event as {
    type?: string;
    timestamp?: string;
    data?: { title?: string; text?: string; link?: string };
  };
  const link = data?.link === undefined ? undefined : intoConsole(stack, data.link);
  return markup`<article>
<h2>${foreign(data?.title ?? type ?? id)}</h2>
<p>${foreign(data?.text ?? '')}</p>
<p><small>${foreign(type ?? '')} ${timestamp === undefined ? '' : time(timestamp)}</small>${
    link?.startsWith(stack.url()) ? markup` <a href="${link}" target="_blank" rel="noopener">Open it</a>` : ''
  }</p>
${json('The event as it was posted', event)}
</article>`;
})}`;
}

/** Links of messages lead to the address that the firm gave its console; here it is another one. */
function intoConsole(stack: Stack, url: string): string {
  const configured = `${stack.settings.CONSOLE_URL ?? ''}/#`;
  return url.startsWith(configured) ? consoleLink(stack, 'operator', url.slice(configured.length)) : url;
}

/** For whoever wants to see it all. */
export function json(summary: string, value: unknown): Markup {
  return markup`<details><summary>${summary}</summary><pre tabindex="0">${JSON.stringify(value, undefined, 2)}</pre></details>`;
}
