import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hrQueue } from '../../local/hr-queue.ts';
import { enterEmployeeIds } from '../../local/play/hr-messages.ts';
import { servePlay } from '../../local/play/serve-play.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { filedReport, startFastStack } from '../scenarios/support/fast-stack.ts';

const stack = await startFastStack();
await hrQueue(stack).createIfNotExists();
enterEmployeeIds(stack, new Date());
const play = await servePlay(stack);
after(async () => {
  await play.close();
  await stack.stop();
});

const { leaver } = WORLD;
const [ana, ben] = WORLD.colleagues;

async function page(path: string): Promise<string> {
  const answer = await fetch(new URL(path, play.url));
  assert.equal(answer.status, 200, path);
  return answer.text();
}

/** Sends a form as the browser does, and reads the page that it leads to. */
async function send(path: string, fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await fetch(new URL(path, play.url), {
    method: 'POST',
    headers: { origin: new URL(play.url).origin },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  assert.equal(answer.status, 303, path);
  return page(answer.headers.get('location') ?? '');
}

/** What the newest thing that was done has on the page. */
const newest = (html: string): string => /<article class="deed[\s\S]*?<\/article>/.exec(html)?.[0] ?? '';
const linkTo = (caseId: string): string =>
  `${stack.url()}/console/?login_hint=${WORLD.operator.userPrincipalName}#/cases/${caseId}`;

/** The message that stands in the form. */
async function prefilled(key: string): Promise<string> {
  const html = await page(`/?hr=${key}`);
  const text = /<textarea[^>]*>\n([\s\S]*?)<\/textarea>/.exec(html)?.[1] ?? '';
  // A browser ends the lines of a form in its own way.
  return text.replaceAll('\n', '\r\n').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

test('a call before containment passes the gateway; after the deletion a case is linked, and the next call is refused', async () => {
  assert.match(newest(await send('/call', { oid: leaver.oid })), /let it through[\s\S]*in the audit log/);

  const deleted = newest(await send('/delete', { oid: leaver.oid }));
  assert.match(deleted, /Alex Moreau was deleted in Entra/);
  assert.ok(deleted.includes(linkTo(`${leaver.oid}-1`)), deleted);
  await filedReport(stack, `${leaver.oid}-1`);

  const people = await page('/');
  assert.match(
    people,
    /Alex Moreau(?:<\/bdi>)?<\/b> <span class="chip">deleted<\/span> <span class="chip bad">on the gateway’s list/,
  );
  assert.match(newest(await send('/call', { oid: leaver.oid })), /answered 403/);
});

test('what the case told is read: the issue, the card with its way into the console, the webhook', async () => {
  const issues = await page('/issues');
  const [, number = ''] = /href="\/issues\/(\d+)"/.exec(issues) ?? [];
  assert.match(
    await page(`/issues/${number}`),
    /<div class="document">[\s\S]*<h2>(?:<bdi>)?Left to do(?:<\/bdi>)?<\/h2>/,
  );
  const teams = await page('/teams');
  assert.match(teams, /Offboarding of Alex Moreau/);
  assert.ok(teams.includes(`class="button" href="${linkTo(`${leaver.oid}-1`)}"`), teams);
  assert.match(await page('/webhooks'), /case\.(?:filed|ended|incident)[\s\S]*The event as it was posted/);
});

test('the message of HR that stands in the form opens a case for its day, and its receipt is told', async () => {
  const told = newest(await send('/hr', { message: await prefilled('scheduled') }));
  assert.match(told, /The receipt says: accepted; the case begins/);
  assert.ok(told.includes(linkTo(`${ben.oid}-1`)), told);
  assert.match(newest(await send('/hr', { message: await prefilled('withdrawn') })), /The receipt says: accepted/);
});

test('a wrong message is rejected in the words of the receipt, and stands among the rejections', async () => {
  const told = newest(await send('/hr', { message: await prefilled('wrong') }));
  assert.match(told, /class="deed no"[\s\S]*rejected[\s\S]*\/lastDay[\s\S]*costCentre/);
  assert.match(await page('/dead-letters'), /hr-queue[\s\S]*costCentre/);
});

test('the sweep runs when it is asked for, and says what it looked at', async () => {
  assert.match(newest(await send('/sweep')), /The sweep was run[\s\S]*It looked at \d+ (?:person|people) and/);
  assert.match(newest(await send('/due')), /What falls due was done/);
});

test('names that would be markup are text, and nothing on a page runs', async () => {
  const hostile = '"><script>alert(1)</script>\u202e';
  stack.states.entra.users.patch(ana.oid, { displayName: hostile });
  stack.states.teams.messages.push({
    at: new Date().toISOString(),
    webhook: 'offboarding',
    card: {
      body: [{ type: 'TextBlock', text: hostile }],
      actions: [{ type: 'Action.OpenUrl', title: hostile, url: 'javascript:alert(1)' }],
    },
  });
  const pages = [newest(await send('/call', { oid: ana.oid })), await page('/'), await page('/teams')];
  for (const html of pages) {
    assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;\[U\+202E\]/);
    assert.doesNotMatch(html, /<script|href="javascript/);
  }
  const { headers } = await fetch(play.url);
  assert.match(
    headers.get('content-security-policy') ?? '',
    /^default-src 'none'; style-src 'self'; form-action 'self'/,
  );
});

test('another page in the browser can neither send a form here nor read anything under another name', async () => {
  const body = new URLSearchParams({ oid: ana.oid });
  const foreign = await fetch(new URL('/delete', play.url), {
    ...{ method: 'POST', body, headers: { origin: 'https://evil.example' } },
  });
  assert.equal(foreign.status, 403);
  assert.ok(stack.states.entra.users.get(ana.oid), 'nobody was deleted');
});

test('what did not work is said on the page', async () => {
  const told = newest(await send('/delete', { oid: '00000000-0000-4000-8000-000000000000' }));
  assert.match(told, /class="deed no"[\s\S]*Nobody was deleted[\s\S]*knows nobody/);
});
