import { setFilter } from '../../address.ts';

/** A word that the rows of a list are searched for, kept in the address. */
export function SearchFilter({
  query,
  placeholder,
}: {
  readonly query: URLSearchParams;
  readonly placeholder: string;
}) {
  return (
    <label>
      <span>Search</span>
      <input
        type="search"
        defaultValue={query.get('search') ?? ''}
        placeholder={placeholder}
        onChange={({ target }) => setFilter('search', target.value)}
      />
    </label>
  );
}
