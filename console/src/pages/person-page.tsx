import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../address.ts';
import { ApiFault, type Schemas, take } from '../api.ts';
import { Chip, Standing } from '../parts/chip.tsx';
import { isOnlyCase } from '../parts/denied-words.ts';
import { Known } from '../parts/known.tsx';
import { List } from '../parts/list.tsx';
import { ACCOUNT_STATES } from '../parts/people-picker.tsx';
import { nameOf } from '../parts/person.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Time } from '../parts/time.tsx';
import { useSession } from '../session.ts';
import { waitsOf } from './what-waits.tsx';

type Who = Schemas['Person'];

/** How far a piece of evidence carries, by the letter of its code. docs/people.md tells what each code is. */
const WORTH: Readonly<Record<string, readonly [tone: 'good' | 'wait' | 'quiet' | 'bad', words: string]>> = {
  P: ['good', 'proved'],
  S: ['wait', 'strong'],
  W: ['quiet', 'weak'],
  X: ['bad', 'contradiction'],
  Y: ['quiet', 'worth less'],
};
const VENDORS = { github: 'GitHub', 'azure-devops': 'Azure DevOps' } as const;
const FORCES = {
  waits: ['warn', 'One person’s word'],
  confirmed: ['good', 'Two people’s word'],
  withdrawn: ['quiet', 'Withdrawn'],
} as const;

/** Everything that is known of somebody, and what may be done with it. */
export function PersonPage({ oid }: { readonly oid: string }) {
  const { api, may, denied } = useSession();
  const asked = useQuery({
    queryKey: ['person', oid],
    queryFn: () => take(api.GET('/api/people/{oid}', { params: { path: { oid } } })),
    refetchInterval: 30_000,
  });
  if (asked.data === undefined)
    return (
      <>
        <p className="crumbs">
          <a href="#/people">People</a>
        </p>
        <h1>Person</h1>
        {asked.isPending ? (
          <Loading what="the person" />
        ) : asked.error instanceof ApiFault && asked.error.status === 404 ? (
          <Empty title="Nobody is known by this object id">
            <p>{asked.error.message}</p>
          </Empty>
        ) : (
          <Fault error={asked.error} again={() => void asked.refetch()} />
        )}
      </>
    );
  const person = asked.data;
  return (
    <>
      <p className="crumbs">
        <a href="#/people">People</a>
      </p>
      <div className="heading">
        <h1>{nameOf(person)}</h1>
        <span className="chips">
          <Chip tone="quiet">{`Account ${ACCOUNT_STATES[person.state]}`}</Chip>
          {person.denied !== undefined && (
            <Chip tone={person.denied ? 'bad' : 'quiet'}>
              {person.denied ? 'Denied at the gateway' : 'Released at the gateway'}
            </Chip>
          )}
        </span>
        {may.has('operate') && !denied && (
          <span className="actions">
            <a className="button" href={addressOf('/new', { oid, mode: 'contain' })}>
              Contain only
            </a>
            <a className="button primary" href={addressOf('/new', { oid })}>
              New case
            </a>
          </span>
        )}
      </div>
      {person.why !== undefined && (
        <p className="panel" role="status">
          Entra could not be asked: {person.why}
        </p>
      )}
      <section className="panel">
        <Facts person={person} />
        {person.denied !== undefined && <Denial oid={oid} />}
      </section>
      <section>
        <h2>Cases</h2>
        <Cases cases={person.cases} />
      </section>
      <section>
        <h2>Accounts</h2>
        <Accounts accounts={person.accounts} />
      </section>
      <section>
        <h2>Answers</h2>
        <Answers answers={person.answers} />
      </section>
    </>
  );
}

function Facts({ person: { oid, userPrincipalName, mail } }: { readonly person: Who }) {
  return (
    <dl className="facts">
      {userPrincipalName !== undefined && (
        <>
          <dt>Principal name</dt>
          <dd>{userPrincipalName}</dd>
        </>
      )}
      {mail !== undefined && (
        <>
          <dt>Mail</dt>
          <dd>{mail}</dd>
        </>
      )}
      <dt>Object id</dt>
      <dd>
        <code>{oid}</code>
      </dd>
    </dl>
  );
}

/** Since when, until when and why the gateway refuses them, or by whom they were let in. */
function Denial({ oid }: { readonly oid: string }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['denied', oid],
    queryFn: () => take(api.GET('/api/denied/{oid}', { params: { path: { oid } } })),
    refetchInterval: 30_000,
  });
  if (asked.data === undefined) return asked.isError ? <Fault error={asked.error} /> : null;
  const { state, since, until, why, caseId, byPerson, released } = asked.data;
  return (
    <dl className="facts">
      <dt>{state === 'denied' ? 'Denied since' : 'Was denied from'}</dt>
      <dd>
        <Time at={since} />
        {state === 'denied' && until !== undefined && (
          <>
            , until <Time at={until} />
          </>
        )}
      </dd>
      <dt>Why</dt>
      <dd>{byPerson?.why ?? (isOnlyCase(asked.data) ? 'They leave, by the case' : why)}</dd>
      {byPerson !== undefined && (
        <>
          <dt>Contained by</dt>
          <dd>
            <Known by={byPerson.by} />
          </dd>
        </>
      )}
      {caseId !== undefined && (
        <>
          <dt>By the case</dt>
          <dd>
            <a href={addressOf(`/cases/${caseId}`)}>{caseId}</a>
          </dd>
        </>
      )}
      {released !== undefined && (
        <>
          <dt>Let in</dt>
          <dd>
            <Time at={released.at} />: {released.why}
          </dd>
        </>
      )}
    </dl>
  );
}

function Cases({ cases }: Pick<Who, 'cases'>) {
  if (cases.length === 0) return <Empty title="No case yet" />;
  return (
    <List
      caption="Cases"
      rows={cases.toReversed()}
      keyOf={({ caseId }) => caseId}
      columns={[
        {
          title: 'Opened',
          show: (row) => (
            <>
              <a href={addressOf(`/cases/${row.caseId}`)}>
                <Time at={row.openedAt} />
              </a>
              <small>{row.reason}</small>
            </>
          ),
        },
        { title: 'Outcome', show: (row) => <Standing row={row} /> },
        { title: 'What waits', show: waitsOf },
      ]}
    />
  );
}

function Accounts({ accounts }: Pick<Who, 'accounts'>) {
  if (accounts.length === 0)
    return (
      <Empty title="No account is remembered as theirs">
        <p>A case, or the hourly sweep, remembers accounts that it proved.</p>
      </Empty>
    );
  return (
    <List
      caption="Accounts"
      rows={accounts}
      keyOf={({ vendor, id }) => `${vendor} ${id}`}
      columns={[
        {
          title: 'Account',
          show: ({ vendor, id, login }) => (
            <>
              {VENDORS[vendor]}: <strong>{login ?? id}</strong>
              {login !== undefined && <small>{id}</small>}
            </>
          ),
        },
        {
          title: 'Evidence',
          show: ({ code, source }) => {
            const [tone, words] = WORTH[code[0] ?? ''] ?? ['quiet', ''];
            return (
              <>
                <Chip tone={tone}>{`${code} ${words}`}</Chip>
                <small>{source}</small>
              </>
            );
          },
        },
        { title: 'First seen', show: ({ firstSeen }) => <Time at={firstSeen} /> },
        { title: 'Last seen', show: ({ lastSeen }) => <Time at={lastSeen} /> },
      ]}
    />
  );
}

function Answers({ answers }: Pick<Who, 'answers'>) {
  if (answers.length === 0)
    return (
      <Empty title="Nobody has answered anything">
        <p>
          Where a vendor does not say whose an account is, somebody answers it on the case, and another confirms it.
        </p>
      </Empty>
    );
  return (
    <List
      caption="Answers"
      rows={answers.toReversed()}
      keyOf={({ n }) => String(n)}
      columns={[
        {
          title: 'Answer',
          show: ({ n, says, reason, caseId }) => (
            <>
              {caseId === undefined ? n : <a href={addressOf(`/cases/${caseId}`)}>{n}</a>}: {says}
              <small>{reason}</small>
            </>
          ),
        },
        {
          title: 'Stands',
          show: ({ force }) => {
            const [tone, words] = FORCES[force];
            return <Chip tone={tone}>{words}</Chip>;
          },
        },
        { title: 'By', show: ({ by }) => <Known by={by} /> },
        { title: 'At', show: ({ at }) => <Time at={at} /> },
        { title: 'Permits', show: ({ permits }) => permits },
      ]}
    />
  );
}
