import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofThePage, WITHOUT_PACKAGES as skip } from './support/of-the-page.ts';

interface Became {
  readonly status: number;
  readonly words?: string;
  readonly onHold?: string;
  readonly isOpen?: true;
  readonly problem?: { readonly detail?: string };
}
type Send = (api: object, filled: object, keyOf: () => string) => Promise<readonly Became[]>;

const people = ['a1', 'a2', 'a3'].map((oid) => ({ oid, state: 'disabled' }));
const filled = { way: 'contain', people, reason: 'Calls at night', confirmed: {}, unknown: [], days: '2' };
const answer = (data: object) => ({ data, response: new Response(null, { status: 200 }) });

test('whoever was contained before the sign-in ended is told, and the others are said not to be', {
  skip,
}, async () => {
  const { send } = await ofThePage<{ send: Send }>('pages/new-case/send.ts');
  const { SignedOutFault } = await ofThePage<{ SignedOutFault: new (why: string) => Error }>('signed-out.ts');
  let asked = 0;
  const POST = async () => {
    asked += 1;
    if (asked > 1) throw new SignedOutFault('ended');
    return answer({ became: 'contained', list: 'done', sessions: 'ended' });
  };
  const [first, ...others] = await send({ POST }, filled, () => 'key');
  assert.deepEqual([first?.words, first?.isOpen], ['Contained now; the gateway refuses them.', undefined]);
  assert.deepEqual(
    others.map(({ problem }) => problem?.detail?.startsWith('Not sent: ')),
    [true, true],
  );
  // Where it ended at the first, nothing was sent, and the form says so.
  await assert.rejects(
    send({ POST }, filled, () => 'key'),
    /nothing was sent/,
  );
});

test('what the gateway or Entra has not taken is not told as done', { skip }, async () => {
  const { send } = await ofThePage<{ send: Send }>('pages/new-case/send.ts');
  const became = async (data: object) =>
    (await send({ POST: async () => answer(data) }, { ...filled, people: people.slice(0, 1) }, () => 'key'))[0];
  const unlisted = await became({ became: 'contained', list: 'failed', sessions: 'ended' });
  assert.equal(unlisted?.isOpen, true);
  const signedIn = await became({ became: 'contained', list: 'done', sessions: 'failed', sessionsWhy: 'It was away.' });
  assert.equal(signedIn?.isOpen, true);
  assert.match(signedIn?.words ?? '', /sign-ins could not be ended: It was away\./);
  const results = [{ status: 200, case: { caseId: 'c-1', state: 'open', onHold: 'The app is paused.' } }];
  const [held] = await send(
    { POST: async () => answer({ results }) },
    { ...filled, way: 'apply', people: people.slice(0, 1) },
    () => 'key',
  );
  assert.deepEqual([held?.onHold, held?.isOpen], ['The app is paused.', true]);
});
