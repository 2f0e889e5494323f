import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { take } from '../../api.ts';
import { useSession } from '../../session.ts';
import { Fault } from '../states.tsx';
import { nameOf } from './person.tsx';

/** Somebody who was picked; `unknown`: an object id of which nobody knows whose it is. */
export interface Picked {
  readonly oid: string;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
  readonly mail?: string;
  readonly state: 'active' | 'disabled' | 'soft-deleted' | 'gone' | 'unreadable' | 'unknown';
}

/** How an account stands, for whoever picks among several of one name. */
export const ACCOUNT_STATES: Readonly<Record<Picked['state'], string>> = {
  active: 'enabled',
  disabled: 'disabled',
  'soft-deleted': 'deleted',
  gone: 'deleted for good',
  unreadable: 'Entra did not answer',
  unknown: 'Entra knows nobody of this id',
};

const OID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** A letter more within this time asks once. */
const TYPING_MS = 200;

interface Picker {
  readonly label: string;
  readonly picked: readonly Picked[];
  readonly change: (picked: readonly Picked[]) => void;
  /** Why what is picked is refused. */
  readonly fault?: string | undefined;
}

/**
 * People by the beginning of their name, principal name or mail, or by their object id; several, each a chip that can be
 * taken off. Enter takes the only one who is found: of several somebody has to choose.
 */
export function PeoplePicker({ label, picked, change, fault }: Picker) {
  const [text, setText] = useState('');
  const hint = useId();
  const search = useSettled(text.trim());
  const found = usePeople(search);
  const left = (found.data ?? []).filter(({ oid }) => !picked.some((each) => each.oid === oid));
  const pick = (person: Picked | undefined) => {
    if (person === undefined) return;
    change([...picked, person]);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const only = left.length === 1 && search === text.trim() ? left[0] : undefined;
    if (event.key === 'Enter' && only !== undefined && !input.hasAttribute('aria-activedescendant')) pick(only);
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === 'Backspace' && text === '') change(picked.slice(0, -1));
  };
  return (
    <div className="picker">
      <ComboBox
        items={left}
        inputValue={text}
        onInputChange={setText}
        value={null}
        onChange={(key) => pick(left.find(({ oid }) => oid === key))}
        allowsEmptyCollection
        autoFocus={picked.length === 0}
        isInvalid={fault !== undefined}
        aria-describedby={hint}
      >
        <Label>{label}</Label>
        <Input
          placeholder={picked.length === 0 ? 'Name, principal name, mail or object id' : 'Somebody else'}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
        <Popover className="people-found" isNonModal>
          {search.length > 1 && (
            <ListBox<Picked>
              renderEmptyState={() => (
                <p className="hint">{found.isFetching || search !== text.trim() ? 'Searching…' : 'Nobody is found.'}</p>
              )}
            >
              {(person) => (
                <ListBoxItem id={person.oid} textValue={nameOf(person)}>
                  <strong>{nameOf(person)}</strong>
                  <small>{[person.userPrincipalName, ACCOUNT_STATES[person.state]].filter(Boolean).join(' · ')}</small>
                </ListBoxItem>
              )}
            </ListBox>
          )}
        </Popover>
      </ComboBox>
      <small id={hint} className={fault === undefined ? 'hint' : 'at-field'}>
        {fault ?? 'Several people may leave in one go: each has a case of their own.'}
      </small>
      {found.isError && <Fault error={found.error} again={() => void found.refetch()} />}
      {picked.length > 0 && (
        <ul className="picked" aria-label="Picked" data-at-work="">
          {picked.map((person) => (
            <li key={person.oid}>
              <span>
                <strong>{nameOf(person)}</strong>
                <small>{[person.userPrincipalName ?? person.oid, ACCOUNT_STATES[person.state]].join(' · ')}</small>
              </span>
              <button
                type="button"
                className="quiet"
                aria-label={`Remove ${nameOf(person)}`}
                onClick={() => change(picked.filter(({ oid }) => oid !== person.oid))}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Whoever answers to a text: by name, or by object id. */
export function usePeople(search: string) {
  const { api, may } = useSession();
  return useQuery({
    queryKey: ['people', search],
    enabled: search.length > 1 && may.has('operate'),
    queryFn: async (): Promise<readonly Picked[]> => {
      if (!OID.test(search)) {
        if (!/[\p{L}\p{N}]/u.test(search)) return [];
        return (await take(api.GET('/api/people', { params: { query: { search } } }))).people;
      }
      return [await readPerson(api, search.toLowerCase())];
    },
  });
}

/** Somebody by their object id; `unknown` where neither Entra nor the app knows it. */
export async function readPerson(api: ReturnType<typeof useSession>['api'], oid: string): Promise<Picked> {
  const { data, error, response } = await api.GET('/api/people/{oid}', { params: { path: { oid } } });
  if (response.status === 404) return { oid, state: 'unknown' };
  return data ?? (await take(Promise.resolve({ error, response })));
}

/** A text once it has been left alone for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
