import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { makeApi, queries, take } from './api.ts';
import { App } from './app.tsx';
import { Fault } from './parts/states.tsx';
import { SessionContext } from './session.ts';
import { SignInFault, signIn } from './sign-in.ts';
import { SignedOutFault } from './signed-out.ts';

const root = createRoot(document.getElementById('root') as HTMLElement);

async function start(): Promise<void> {
  if (location.hash === '#/signed-out') {
    root.render(
      <main className="alone">
        <h1>You are signed out</h1>
        <p>
          <a href="/console/">Sign in again</a>
        </p>
      </main>,
    );
    return;
  }
  const me = await signIn();
  const api = makeApi(me);
  const { oid, may, denied } = await take(api.GET('/api/me')).catch(async (error: unknown) => {
    // Nothing is on the page yet that leaving it could lose.
    if (error instanceof SignedOutFault && error.why === 'ended') await me.again('leave');
    throw error;
  });
  root.render(
    <QueryClientProvider client={queries}>
      <SessionContext value={{ me, api, oid, may: new Set(may), denied }}>
        <App />
      </SessionContext>
    </QueryClientProvider>,
  );
}

start().catch((error: unknown) => {
  root.render(
    <main className="alone">
      <h1>The console could not start</h1>
      {error instanceof SignInFault || error instanceof SignedOutFault ? (
        <p role="alert">{error.message}</p>
      ) : (
        <Fault error={error} />
      )}
      <p>
        <a href="/console/">Try again</a>
      </p>
    </main>,
  );
});
