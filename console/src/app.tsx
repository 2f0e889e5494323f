import { type ReactNode, useEffect, useRef } from 'react';
import { type Address, partsAfter, useAddress } from './address.ts';
import { AuditPage } from './pages/audit-page.tsx';
import { CasePage } from './pages/case-page.tsx';
import { CasesPage } from './pages/cases-page.tsx';
import { DeniedPage } from './pages/denied/denied-page.tsx';
import { OneDeniedPage } from './pages/denied/one-denied-page.tsx';
import { DoctorPage } from './pages/doctor-page.tsx';
import { ExposurePage } from './pages/exposure-page.tsx';
import { MetricsPage } from './pages/metrics-page.tsx';
import { NewCasePage } from './pages/new-case/new-case-page.tsx';
import { PeoplePage } from './pages/people/people-page.tsx';
import { PosturePage } from './pages/posture-page.tsx';
import { RejectionsPage } from './pages/rejections-page.tsx';
import { SweepPage } from './pages/sweep-page.tsx';
import { SweepsPage } from './pages/sweeps-page.tsx';
import { WaitingPage } from './pages/waiting-page.tsx';
import { PauseButton } from './parts/held/pause.tsx';
import { useWaiting } from './parts/held/waits.ts';
import { Notices } from './parts/notices.tsx';
import { NeedsRole, NoPermission } from './parts/states.tsx';
import { type Right, useSession } from './session.ts';

interface Page {
  readonly title: string;
  readonly path: string;
  /** Whether it stands in the navigation. */
  readonly listed: boolean;
  /** How much of it there is for the reader, beside its title. */
  readonly badge?: () => ReactNode;
  /** What somebody has to be allowed so that it stands there, and is shown; `none` where it is for everybody. */
  readonly right: Right | 'none';
  readonly show: (parts: readonly string[], query: URLSearchParams) => ReactNode;
}

/** Every page of the console, in the order of its navigation. */
const PAGES: readonly Page[] = [
  {
    title: 'Waiting',
    path: '/waiting',
    listed: true,
    right: 'read',
    badge: () => <WaitingCount />,
    show: () => <WaitingPage />,
  },
  {
    title: 'Cases',
    path: '/cases',
    listed: true,
    right: 'read',
    show: ([id], query) => (id === undefined ? <CasesPage query={query} /> : <CasePage id={id} query={query} />),
  },
  {
    title: 'People',
    path: '/people',
    listed: true,
    right: 'read',
    show: ([oid], query) => <PeoplePage oid={oid} query={query} />,
  },
  {
    title: 'New case',
    path: '/new',
    listed: false,
    right: 'read',
    show: (_, query) => <NewCasePage query={query} />,
  },
  {
    title: 'Sweeps',
    path: '/sweeps',
    listed: true,
    right: 'read',
    show: ([id], query) => (id === undefined ? <SweepsPage query={query} /> : <SweepPage id={id} />),
  },
  {
    title: 'Deny list',
    path: '/denied',
    listed: true,
    right: 'read',
    show: ([oid], query) => (oid === undefined ? <DeniedPage query={query} /> : <OneDeniedPage oid={oid} />),
  },
  {
    title: 'Rejections',
    path: '/rejections',
    listed: true,
    right: 'read',
    show: (_, query) => <RejectionsPage query={query} />,
  },
  {
    title: 'Posture',
    path: '/posture',
    listed: true,
    right: 'read',
    show: ([part], query) => <PosturePage part={part} query={query} />,
  },
  { title: 'Metrics', path: '/metrics', listed: true, right: 'read', show: () => <MetricsPage /> },
  { title: 'Exposure', path: '/exposure', listed: true, right: 'none', show: () => <ExposurePage /> },
  { title: 'Doctor', path: '/doctor', listed: true, right: 'operate', show: () => <DoctorPage /> },
  {
    title: 'Audit',
    path: '/audit',
    listed: true,
    right: 'administer',
    show: (_, query) => <AuditPage query={query} />,
  },
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
            {PAGES.filter(({ listed, right }) => listed && (right === 'none' || may.has(right))).map((page) => (
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
          <PauseButton />
          <span title={me.upn}>{me.name}</span>
          <button type="button" className="quiet" onClick={() => void me.signOut()}>
            Sign out
          </button>
        </div>
      </header>
      <Notices />
      <main id="main" ref={main} tabIndex={-1}>
        <Shown found={found} />
      </main>
    </>
  );
}

/** The page, or why it is not shown. */
function Shown({ found }: { readonly found: ReturnType<typeof pageAt> }) {
  const { may } = useSession();
  if (found?.page.right === 'none') return found.shown;
  if (!may.has('read')) return <NoPermission />;
  if (found === undefined) return <Unknown />;
  const { title, right } = found.page;
  return may.has(right) ? found.shown : <NeedsRole title={title} right={right} />;
}

/** How much waits for the reader. */
function WaitingCount() {
  const yours = useWaiting().data?.waiting.filter(({ may }) => may).length ?? 0;
  if (yours === 0) return null;
  return (
    <span className="badge">
      {yours}
      <span className="heard"> for you</span>
    </span>
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
