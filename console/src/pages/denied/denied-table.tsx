import { addressOf } from '../../address.ts';
import type { Schemas } from '../../api.ts';
import { Chip } from '../../parts/chip.tsx';
import { endsSoon, isOnlyCase, KIND_WORDS } from '../../parts/held/denied-words.ts';
import { List } from '../../parts/list/list.tsx';
import { KnownPerson } from '../../parts/people/known.tsx';
import { Time } from '../../parts/time/time.tsx';

type Row = Schemas['Denied'];

/** Denied by somebody’s word, without a case. */
export function isContainedOnly({ caseId, byPerson }: Row): boolean {
  return caseId === undefined && byPerson !== undefined;
}

/** The rows of the deny list. */
export function Table({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <List
      caption="Who is denied"
      rows={rows}
      keyOf={({ oid }) => oid}
      columns={[
        {
          title: 'Who',
          show: (row) => (
            <>
              {row.kind === 'person' ? <KnownPerson {...row} /> : <code>{row.oid}</code>}
              <small>{KIND_WORDS[row.kind]}</small>
            </>
          ),
        },
        { title: 'State', show: (row) => <State row={row} /> },
        {
          title: 'Why',
          show: (row) => (
            <>
              {isOnlyCase(row) ? 'A case: they leave' : row.why}
              {row.caseId !== undefined && (
                <small>
                  <a href={addressOf(`/cases/${row.caseId}`)}>The case</a>
                </small>
              )}
            </>
          ),
        },
        { title: 'Since', show: ({ since, state }) => (state === 'unreadable' ? 'not readable' : <Time at={since} />) },
        { title: 'Until', show: ({ until }) => (until === undefined ? 'no end' : <Time at={until} />) },
        { title: 'More', show: ({ oid }) => <a href={addressOf(`/denied/${oid}`)}>Release, extend, history</a> },
      ]}
    />
  );
}

function State({ row }: { readonly row: Row }) {
  if (row.state === 'released') return <Chip tone="quiet">Released</Chip>;
  if (row.state === 'unreadable') return <Chip tone="bad">Not readable</Chip>;
  return (
    <span className="chips">
      <Chip tone="bad">Denied</Chip>
      {isContainedOnly(row) && <Chip tone="quiet">Contained only</Chip>}
      {endsSoon(row) && <Chip tone="warn">Ends soon</Chip>}
    </span>
  );
}
