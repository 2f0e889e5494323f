import { useEffect, useState } from 'react';
import { addressOf, setFilter } from '../../address.ts';
import { List } from '../../parts/list/list.tsx';
import { ACCOUNT_STATES, type Picked, usePeople, useSettled } from '../../parts/people/people-picker.tsx';
import { Person } from '../../parts/people/person.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session.ts';
import { PersonPage } from './person-page.tsx';

/** Somebody, or the search for them. */
export function PeoplePage({ oid, query }: { readonly oid: string | undefined; readonly query: URLSearchParams }) {
  return oid === undefined ? <Search query={query} /> : <PersonPage oid={oid} />;
}

function Search({ query }: { readonly query: URLSearchParams }) {
  const { may } = useSession();
  const [text, setText] = useState(query.get('search') ?? '');
  const search = useSettled(text.trim());
  useEffect(() => setFilter('search', search), [search]);
  const found = usePeople(search);
  return (
    <>
      <div className="heading">
        <h1>People</h1>
      </div>
      {!may.has('operate') ? (
        <Empty title="You cannot search the directory">
          <p>
            It takes the role Offboarding.Operate. Whoever has a case is found <a href="#/cases">among the cases</a>.
          </p>
        </Empty>
      ) : (
        <>
          <search className="filters">
            <label>
              <span>Name, principal name, mail or object id</span>
              <input
                type="search"
                value={text}
                // biome-ignore lint/a11y/noAutofocus: the page is there to be typed into
                autoFocus
                onChange={({ target }) => setText(target.value)}
              />
            </label>
          </search>
          {search.length < 2 ? (
            <Empty title="Who is it?">
              <p>Two letters of a name are enough. People who were deleted are found as well.</p>
            </Empty>
          ) : found.isPending ? (
            <Loading what="people" />
          ) : found.isError ? (
            <Fault error={found.error} again={() => void found.refetch()} />
          ) : found.data.length === 0 ? (
            <Empty title="Nobody is found">
              <p>People are found by the beginning of each part of their names.</p>
            </Empty>
          ) : (
            <Found people={found.data} />
          )}
          <p className="heard" role="status" aria-live="polite">
            {found.data === undefined || search.length < 2 ? '' : `${found.data.length} people`}
          </p>
        </>
      )}
    </>
  );
}

function Found({ people }: { readonly people: readonly Picked[] }) {
  return (
    <List
      caption="People"
      rows={people}
      keyOf={({ oid }) => oid}
      columns={[
        {
          title: 'Name',
          show: (person) => (
            <>
              <Person {...person} />
              <small>{person.oid}</small>
            </>
          ),
        },
        { title: 'Principal name', show: ({ userPrincipalName }) => userPrincipalName ?? '' },
        { title: 'Mail', show: ({ mail }) => mail ?? '' },
        { title: 'Account', show: ({ state }) => ACCOUNT_STATES[state] },
        { title: 'Leaves', show: ({ oid }) => <a href={addressOf('/new', { oid })}>New case</a> },
      ]}
    />
  );
}
