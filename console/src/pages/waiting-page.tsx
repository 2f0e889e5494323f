import { addressOf } from '../address.ts';
import { Chip } from '../parts/chip.tsx';
import { useWaiting, type Waiting } from '../parts/held/waits.ts';
import { useNamed } from '../parts/people/known.tsx';
import { nameOf } from '../parts/people/person.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Time } from '../parts/time/time.tsx';
import { Unreadable } from '../parts/unreadable.tsx';

const KINDS: Readonly<Record<Waiting['kind'], readonly [tone: 'bad' | 'warn' | 'wait' | 'quiet', words: string]>> = {
  'not-contained': ['bad', 'Not contained'],
  'list-blocked': ['bad', 'Deny list blocked'],
  failed: ['bad', 'Failed case'],
  'on-hold': ['warn', 'On hold'],
  decisions: ['warn', 'Decisions'],
  'old-decisions': ['warn', 'Plan too old'],
  answer: ['wait', 'Answer to confirm'],
  'containment-ends': ['wait', 'Containment ends'],
  'exception-ends': ['wait', 'Accepted finding ends'],
  rejections: ['quiet', 'Rejections'],
  'list-full': ['quiet', 'Deny list'],
};

/** Who may act, by the right that it takes. */
const WHO: Readonly<Record<Waiting['right'], string>> = {
  decide: 'an approver',
  approve: 'an approver or administrator',
  operate: 'an operator',
};

/** What stands still until a person says something: first what the reader may act on, then what others have to. */
export function WaitingPage() {
  const asked = useWaiting();
  const { waiting = [], unreadable = [] } = asked.data ?? {};
  const yours = waiting.filter(({ may }) => may);
  const others = waiting.filter(({ may }) => !may);
  return (
    <>
      <div className="heading">
        <h1>Waiting</h1>
      </div>
      <Unreadable title="More may wait" what={unreadable} />
      {asked.isPending ? (
        <Loading what="what waits" />
      ) : asked.data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : waiting.length === 0 ? (
        unreadable.length === 0 && (
          <Empty title="Nothing waits for anybody">
            <p>Decisions, answers to confirm, cases on hold and what ends soon stand here when there are any.</p>
          </Empty>
        )
      ) : (
        <>
          <Section title="For you" rows={yours} empty="Nothing waits for you." />
          <Section title="For others" rows={others} empty="Nothing waits for anybody else." />
        </>
      )}
    </>
  );
}

function Section({
  title,
  rows,
  empty,
}: {
  readonly title: string;
  readonly rows: readonly Waiting[];
  readonly empty: string;
}) {
  return (
    <section className="waiting" aria-label={title}>
      <h2>
        {title} <span className="count">{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="hint">{empty}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={row.id} className="panel">
              <Row row={row} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ row }: { readonly row: Waiting }) {
  const { kind, oid, what, since, until, page, may, right, whyNot, incident, day } = row;
  const [tone, words] = KINDS[kind];
  const named = useNamed(row);
  const who = oid === undefined ? (day ?? words) : nameOf({ ...named, oid });
  const [path = '', search = ''] = page.split('?');
  return (
    <>
      <p className="chips">
        {incident === true && <Chip tone="bad">Incident</Chip>}
        <Chip tone={tone}>{words}</Chip>
      </p>
      <h3>
        <a href={addressOf(path, Object.fromEntries(new URLSearchParams(search)))}>{who}</a>
      </h3>
      <p>{what}</p>
      <p className="hint">
        {until !== undefined ? (
          <>
            Ends <Time at={until} />
          </>
        ) : (
          since !== undefined && (
            <>
              Since <Time at={since} />
            </>
          )
        )}
        {(until ?? since) !== undefined && ' · '}
        {may ? 'You may act on it' : (whyNot ?? `Takes ${WHO[right]}`)}
      </p>
    </>
  );
}
