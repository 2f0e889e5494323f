import { type ReactNode, useEffect, useRef } from 'react';
import { type Address, partsAfter, useAddress } from './address.ts';
import { useSilentSince } from './connection.ts';
import { CasePage } from './pages/case-page.tsx';
import { CasesPage } from './pages/cases-page.tsx';
import { NewCasePage } from './pages/new-case/new-case-page.tsx';
import { PeoplePage } from './pages/people-page.tsx';
import { WaitingPage } from './pages/waiting-page.tsx';
import { NoPermission } from './parts/states.tsx';
import { Time } from './parts/time.tsx';
import { useWaiting } from './parts/waits.ts';
import { useSession } from './session.ts';

interface Page {
  readonly title: string;
  readonly path: string;
  /** Whether it stands in the navigation. */
  readonly listed: boolean;
  /** How much of it there is for the reader, beside its title. */
  readonly badge?: () => ReactNode;
  readonly show: (parts: readonly string[], query: URLSearchParams) => ReactNode;
}

/** Every page of the console, in the order of its navigation. */
const PAGES: readonly Page[] = [
  { title: 'Waiting', path: '/waiting', listed: true, badge: () => <WaitingCount />, show: () => <WaitingPage /> },
  {
    title: 'Cases',
    path: '/cases',
    listed: true,
    show: ([id], query) => (id === undefined ? <CasesPage query={query} /> : <CasePage id={id} query={query} />),
  },
  { title: 'People', path: '/people', listed: true, show: ([oid], query) => <PeoplePage oid={oid} query={query} /> },
  { title: 'New case', path: '/new', listed: false, show: (_, query) => <NewCasePage query={query} /> },
];

export function App() {
  const { me, may } = useSession();
  const address = useAddress();
  const main = useRef<HTMLElement>(null);
  const found = pageAt(address);
  useEffect(() => {
    document.title = found === undefined ? 'Offboarding' : `${found.page.title} · Offboarding`;
  }, [found]);
  // Whoever follows a link of the navigation with a screen reader hears the new page.
  const { path } = address;
  const before = useRef(path);
  useEffect(() => {
    // A page whose first field has the focus keeps it there.
    if (before.current !== path && main.current?.querySelector(':focus') === null) main.current.focus();
    before.current = path;
  }, [path]);
  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <header className="top">
        <a className="product" href="#/cases">
          Offboarding
        </a>
        <nav aria-label="Pages">
          <ul>
            {PAGES.filter(({ listed }) => listed).map((page) => (
              <li key={page.path}>
                <a href={`#${page.path}`} aria-current={found?.page === page ? 'page' : undefined}>
                  {page.title}
                  {page.badge?.()}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="me">
          <span title={me.upn}>{me.name}</span>
          <button type="button" className="quiet" onClick={() => void me.signOut()}>
            Sign out
          </button>
        </div>
      </header>
      <Silent />
      <main id="main" ref={main} tabIndex={-1}>
        {!may.has('read') ? <NoPermission /> : found === undefined ? <Unknown /> : found.shown}
      </main>
    </>
  );
}

/** How much waits for the reader. */
function WaitingCount() {
  const yours = useWaiting().data?.filter(({ may }) => may).length ?? 0;
  if (yours === 0) return null;
  return (
    <span className="badge">
      {yours}
      <span className="heard"> for you</span>
    </span>
  );
}

/** That what is shown is old. */
function Silent() {
  const since = useSilentSince();
  return (
    <div role="status" aria-live="polite">
      {since !== undefined && (
        <p className="silent">
          The app has not answered since <Time at={since.toISOString()} />. What you see was read before; this page asks
          again by itself.
        </p>
      )}
    </div>
  );
}

function pageAt({ path, query }: Address) {
  for (const page of PAGES) {
    const parts = partsAfter(page.path, path);
    if (parts !== undefined) return { page, shown: page.show(parts, query) };
  }
  return undefined;
}

function Unknown() {
  return (
    <div className="state">
      <h1>There is no such page</h1>
      <p>
        <a href="#/cases">All cases</a>
      </p>
    </div>
  );
}
