import { ApiFault } from './api-fault.ts';
import type { SignedIn } from './sign-in.ts';
import { noteSignedOut, SignedOutFault, signedOut } from './signed-out.ts';

const SECOND = 1_000;
/** After so long nobody waits any more. */
const PATIENCE = 60 * SECOND;
/** What works for longer by its nature; Azure's front end gives every request up after 230 seconds. */
const LONGER: Readonly<Record<string, number>> = {
  '/api/doctor': 230 * SECOND,
  '/api/held/release': 150 * SECOND,
  '/api/cases/several': 150 * SECOND,
};

type Me = Pick<SignedIn, 'token'>;

/**
 * Sends a request with the person's token. Where the API refuses it, the token is renewed once and silently; where that
 * does not help either, the person is asked to sign in.
 */
export async function send(request: Request, me: Me): Promise<Response> {
  const again = request.clone();
  const first = await sendWith(request, await tokenOf(me, false));
  const answer = first.status === 401 ? await sendWith(again, await tokenOf(me, true)) : first;
  if (answer.status !== 401) {
    noteSignedOut(undefined);
    return answer;
  }
  noteSignedOut('refused');
  throw new SignedOutFault('refused');
}

/** The renewal that goes on: a page whose ten questions are refused at once renews once. */
let renewing: Promise<string> | undefined;

function renewed(me: Me): Promise<string> {
  renewing ??= me.token({ fresh: true }).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function tokenOf(me: Me, fresh: boolean): Promise<string> {
  // Entra is not asked again and again by a page that goes on reading.
  if (signedOut() === 'ended') throw new SignedOutFault('ended');
  try {
    return await (fresh ? renewed(me) : me.token());
  } catch (error) {
    if (error instanceof SignedOutFault) noteSignedOut(error.why);
    throw error;
  }
}

async function sendWith(request: Request, token: string): Promise<Response> {
  request.headers.set('authorization', `Bearer ${token}`);
  const patience = LONGER[new URL(request.url).pathname] ?? PATIENCE;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patience)]);
  try {
    return await fetch(new Request(request, { signal }));
  } catch (error) {
    if (request.signal.aborted) throw error;
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    const title = isLate ? `The app did not answer within ${patience / SECOND} seconds` : 'The app does not answer';
    throw request.method === 'GET' ? unread(title, isLate) : uncertain(title);
  }
}

function unread(title: string, isLate: boolean): ApiFault {
  const detail = isLate ? 'It is slow, or away. Try again in a moment.' : 'Check the connection; this page asks again.';
  return new ApiFault(0, { title, detail });
}

/** Of what was sent and not answered nobody knows whether it was done. */
function uncertain(title: string): ApiFault {
  return new ApiFault(0, {
    title,
    detail: 'It may have been done all the same, and the app may still work on it.',
    whatToDo: 'You can repeat it here without harm: the same request is done once. Or close this and look.',
  });
}
