/**
 * Machines, and invitations to a mail address, are compared with the names that the directory has of the person: without
 * one there is nothing to compare.
 */
export function comparedByName<Source extends { readonly permissions: readonly string[] }>(source: Source): Source {
  return { ...source, permissions: ['reader/graph/User.Read.All', ...source.permissions] };
}
