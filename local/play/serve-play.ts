import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { foreign, type Markup, markup } from '../../src/html/markup.ts';
import type { Stack } from '../stack.ts';
import { servePlain } from '../tenant/core/server.ts';
import { countOf, deadLettersPage, readRejections } from './dead-letters.ts';
import type { Deed, Done } from './deed.ts';
import { deedsOf } from './deeds.ts';
import { firstPage } from './first-page.ts';
import { PREFILLED } from './hr-messages.ts';
import { type Counts, layout } from './layout.ts';
import { issuePage, issuesOf, issuesPage, teamsPage, webhooksPage } from './what-came.ts';

/** The page, then its parts. */
const STYLE = ['style.css', 'parts.css'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('');
const MOST_KEPT = 20;

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`, with which a form would say that it comes from nowhere.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** A page on loopback at which one plays the firm around the app: beside it, and no part of it. */
export async function servePlay(stack: Stack, port = 0): Promise<{ readonly url: string; close(): Promise<void> }> {
  const handle = playApp(stack);
  const served = await servePlain(handle, port);
  return { url: `http://127.0.0.1:${served.port}/`, close: served.close };
}

function playApp(stack: Stack): (request: Request) => Promise<Response> {
  const app = new Hono();
  const deeds = deedsOf(stack);
  const done: Deed[] = [];
  let sent = 0;

  const show = async (c: Context, title: string, body: Markup): Promise<Response> =>
    c.html(layout(c.req.path, title, await countsOf(stack), body).toString());
  /** Does something and goes back to the first page, which tells how it went: reloading it does nothing again. */
  const doing = (title: string, deed: (form: URLSearchParams) => Promise<Done>) => async (c: Context) => {
    const at = new Date().toISOString();
    const became = await deed(new URLSearchParams(await c.req.text())).catch(
      (error: unknown): Done => ({ title, ok: false, lines: [wordsOf(error)], links: [] }),
    );
    done.unshift({ at, ...became });
    done.length = Math.min(done.length, MOST_KEPT);
    return c.redirect('/', 303);
  };
  const person = (form: URLSearchParams): string => form.get('oid') ?? '';

  app.use('*', async (c, next) => {
    if (!isFromHere(c.req.raw))
      return c.text('This page is asked for on this machine alone, and by its own forms.', 403);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    return undefined;
  });
  app.get('/', (c) => {
    const now = new Date();
    const chosen = PREFILLED.find((key) => key === c.req.query('hr')) ?? 'leaves';
    return show(c, 'Do something', firstPage({ stack, deeds: done, chosen, number: sent + 1, now }));
  });
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/issues', (c) => show(c, 'Issues', issuesPage(stack)));
  app.get('/issues/:number', (c) => {
    const issue = issuesOf(stack).find(({ number }) => String(number) === c.req.param('number'));
    return issue === undefined ? c.notFound() : show(c, issue.title, issuePage(stack, issue));
  });
  app.get('/teams', (c) => show(c, 'Teams', teamsPage(stack)));
  app.get('/webhooks', (c) => show(c, 'Webhooks', webhooksPage(stack)));
  app.get('/dead-letters', async (c) => show(c, 'Rejections', deadLettersPage(stack, await readRejections(stack))));
  app.post(
    '/delete',
    doing('Nobody was deleted', (form) => deeds.deleteUser(person(form))),
  );
  app.post(
    '/restore',
    doing('Nobody was restored', (form) => deeds.restoreUser(person(form))),
  );
  app.post(
    '/call',
    doing('Nobody called', (form) => deeds.callTool(person(form))),
  );
  app.post(
    '/sweep',
    doing('No sweep was begun', () => deeds.runSweep()),
  );
  app.post(
    '/due',
    doing('What falls due was not done', () => deeds.doDueWork()),
  );
  app.post('/hr', (c) => {
    sent += 1;
    return doing('Nothing was sent', (form) => deeds.sendToHr(form.get('message') ?? ''))(c);
  });
  app.notFound((c) =>
    c.html(layout('', 'There is no such page', {}, markup`<p><a href="/">Do something</a></p>`).toString(), 404),
  );
  app.onError((error, c) =>
    c.html(layout('', 'That did not work', {}, markup`<p>${foreign(wordsOf(error))}</p>`).toString(), 500),
  );
  return async (request) => app.fetch(request);
}

/** Another page in the browser may send forms here, under another name of this machine too. */
function isFromHere(request: Request): boolean {
  const host = request.headers.get('host') ?? '';
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host)) return false;
  const origin = request.headers.get('origin');
  return origin === null || origin === `http://${host}`;
}

async function countsOf(stack: Stack): Promise<Counts> {
  const { teams, webhook } = stack.states;
  const rejected = await readRejections(stack).then(countOf, () => undefined);
  return {
    '/issues': issuesOf(stack).length,
    '/teams': teams.messages.length,
    '/webhooks': webhook.events.length,
    ...(rejected === undefined ? {} : { '/dead-letters': rejected }),
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
