/**
 * Names of repositories of an organisation that stand in ids of resources, in small letters: `acme/api#TOKEN`,
 * `environment live of acme/api#TOKEN`, `acme/api/.github/workflows/ci.yml`. It may name more than there are (`runners` for
 * `acme/runners/7`), never fewer.
 */
export function repositoriesOf(ids: readonly string[], organisation: string): Set<string> {
  const begin = `${organisation.toLowerCase()}/`;
  return new Set(
    ids.flatMap((id) =>
      id
        .toLowerCase()
        .split(' ')
        .flatMap((word) => (word.startsWith(begin) ? (word.slice(begin.length).split(/[/#]/)[0] ?? []) : [])),
    ),
  );
}
