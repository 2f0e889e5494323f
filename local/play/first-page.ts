import { foreign, type Markup, markup } from '../../src/html/markup.ts';
import { time } from '../../src/html/parts.ts';
import type { Stack } from '../stack.ts';
import { consoleLink } from '../telling/console-links.ts';
import { STAFF } from '../tenant/seeds/staff.ts';
import type { Deed, Link } from './deed.ts';
import { type PrefilledKey, prefilledMessages } from './hr-messages.ts';
import { type FirmPerson, peopleOf } from './people.ts';

const LONGEST = 1_000;

interface FirstPage {
  readonly stack: Stack;
  /** The newest first. */
  readonly deeds: readonly Deed[];
  readonly chosen: PrefilledKey;
  readonly number: number;
  readonly now: Date;
}

/** Who one can be, what one can do, and what was done. */
export function firstPage({ stack, deeds, chosen, number, now }: FirstPage): Markup {
  return markup`<p>Everybody here is made up, and nothing happens unless you do it. What you do reaches the app as it would in a firm: Graph tells of a deletion, HR’s message stands in a queue, a call is an event of the gateway.</p>
${deeds.length === 0 ? '' : happened(deeds)}
${signIn(stack)}
${people(peopleOf(stack))}
${hr(chosen, number, now)}
${whenDue()}`;
}

function happened([newest, ...earlier]: readonly Deed[]): Markup {
  return markup`<section id="done" aria-labelledby="done-title">
<h2 id="done-title" tabindex="-1" autofocus>What you did</h2>
${newest === undefined ? '' : deed(newest)}
${earlier.length === 0 ? '' : markup`<details><summary>${earlier.length} before that</summary>${earlier.map(deed)}</details>`}
</section>`;
}

function deed({ at, title, ok, lines, links }: Deed): Markup {
  return markup`<article class="deed ${ok ? 'ok' : 'no'}">
<h3>${foreign(title)}</h3>
${lines.map((line) => markup`<p>${foreign(line, LONGEST)}</p>`)}
<p class="links">${links.map(link)} ${time(at)}</p>
</article>`;
}

function link({ text, href }: Link): Markup {
  return href.startsWith('/')
    ? markup`<a href="${href}">${text}</a> `
    : markup`<a href="${href}" target="_blank" rel="noopener">${text}</a> `;
}

/** What the firm's platform is like, apart from any case. */
const POSTURE = [
  ['Posture', '/posture'],
  ['Metrics', '/metrics'],
  ['Exposure', '/exposure'],
] as const;

function signIn(stack: Stack): Markup {
  return markup`<section aria-labelledby="as">
<h2 id="as">Look into the console as</h2>
<ul class="people">${STAFF.map(
    ({ as, name }) =>
      markup`<li><a class="card" href="${consoleLink(stack, as)}" target="_blank" rel="noopener"><b>${as}</b> ${name}</a></li>`,
  )}</ul>
<p class="links">As the operator: ${POSTURE.map(([text, page]) => link({ text, href: consoleLink(stack, 'operator', page) }))}</p>
<p class="hint">Each opens in a tab of its own, signed in. Whoever asks for a case does not decide about it: open one as the operator, decide as the approver.</p>
</section>`;
}

function people(everybody: readonly FirmPerson[]): Markup {
  return markup`<section aria-labelledby="staff">
<h2 id="staff">Somebody of the firm</h2>
<ul class="rows">${everybody.map(
    (person) => markup`<li>
<div><b>${foreign(person.name)}</b>${stateOf(person)}<br><small>${foreign(person.upn)}</small></div>
<div class="buttons">${
      person.deleted ? button('/restore', person, 'Restore') : button('/delete', person, 'Delete')
    }${button('/call', person, 'Call a tool')}</div>
</li>`,
  )}</ul>
<p class="hint">“Call a tool” is a call through the gateway with a token that the person still has: try it before and after a case has contained them.</p>
</section>`;
}

function stateOf({ deleted, denied }: FirmPerson): Markup {
  return markup`${deleted ? markup` <span class="chip">deleted</span>` : ''}${denied ? markup` <span class="chip bad">on the gateway’s list</span>` : ''}`;
}

function button(action: string, { oid, name }: FirmPerson, text: string): Markup {
  return markup`<form method="post" action="${action}"><input type="hidden" name="oid" value="${oid}"><button>${text}<span class="heard">: ${foreign(name)}</span></button></form>`;
}

function hr(chosen: PrefilledKey, number: number, now: Date): Markup {
  const all = prefilledMessages(now, number);
  const links = Object.entries(all).map(
    ([key, { name }]) =>
      markup`<li><a href="/?hr=${key}#hr"${key === chosen ? markup` aria-current="true"` : ''}>${name}</a></li>`,
  );
  const { text, about } = all[chosen];
  return markup`<section id="hr" aria-labelledby="hr-title">
<h2 id="hr-title">A message of HR</h2>
<ul class="tabs" aria-label="Prefilled messages">${links}</ul>
<p>${about} Change what you like.</p>
<form method="post" action="/hr">
<label class="heard" for="message">The message, JSON</label>
<textarea id="message" name="message" rows="${text.split('\n').length}" spellcheck="false">
${text}</textarea>
<button class="main">Put it into HR’s queue</button>
</form>
</section>`;
}

function whenDue(): Markup {
  return markup`<section aria-labelledby="time">
<h2 id="time">Time</h2>
<ul class="rows">
<li><div><b>The sweep</b><br><small>Looks for whoever left and still holds credentials, and opens their cases. In Azure at every full hour; here only when you ask.</small></div>
<form method="post" action="/sweep"><button>Run the sweep now</button></form></li>
<li><div><b>What falls due</b><br><small>Messages are told and waiting cases begin, every full minute. You need not wait for it.</small></div>
<form method="post" action="/due"><button>Do it now</button></form></li>
</ul>
</section>`;
}
