import * as z from 'zod';
import {
  type RepositoryInvitation,
  RepositoryInvitationSchema,
} from '../../../../src/connectors/github/repositories/repository-invitations.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { lacksGitHubAccount } from '../../../../src/people/leaver.ts';
import { repositoryInvitationFinding } from '../../../../src/steps/runner-credentials/rules/github/repository-invitation-finding.ts';
import { withoutAccount } from '../log/no-account-coverage.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';

const InvitationsSchema: z.ZodType<readonly RepositoryInvitation[]> = z.array(RepositoryInvitationSchema);

/** Invitations to single repositories, which no list of the organisation has: each repository is asked. */
export const repositoryInvitations = defineRepositorySource({
  what: 'repository-invitations',
  unit: 'repositories',
  fact: InvitationsSchema,
  read: ({ client, repositories }, before) =>
    Promise.all(
      repositories.map(async (known): Promise<SourceRead<readonly RepositoryInvitation[]>> => {
        const place = { organisation: client.name, repository: known.name };
        const earlier = before(known);
        const { items, failure, etag, unchanged } = await client.listRepositoryInvitations(place, earlier?.etags?.['']);
        const failures = failure === undefined ? [] : [failure];
        const fact = unchanged === true ? (earlier?.fact ?? []) : items;
        const etags = etag === undefined ? {} : { etags: { '': etag } };
        return { fact, asked: 1, count: 1 - failures.length, failures, ...etags };
      }),
    ),
  judge: (known, { organisation, apiEndpoint, leaver }) => {
    const open = known.flatMap(({ repository: { name: repository }, fact }) =>
      fact.filter(({ expired }) => !expired).map((invitation) => ({ invitation, place: { organisation, repository } })),
    );
    const toAddress = open.filter(({ invitation }) => invitation.invitee === null);
    // Where no account of theirs is known, the line says already that nothing could be compared.
    const untold = toAddress.length === 0 || lacksGitHubAccount(leaver) ? [] : [toSomeAddress(toAddress)];
    return {
      findings: open.flatMap(
        ({ invitation, place }) => repositoryInvitationFinding(invitation, place, leaver, apiEndpoint) ?? [],
      ),
      failures: untold.map((failure) => ({ failure })),
    };
  },
  noted: (line, leaver) => withoutAccount(line, leaver, 'no invitation could be told to be for them'),
});

function toSomeAddress(
  invitations: readonly { readonly place: { readonly organisation: string; readonly repository: string } }[],
): VendorFailure {
  const places = [...new Set(invitations.map(({ place }) => `${place.organisation}/${place.repository}`))].sort();
  const more = places.length > 1 ? ` and ${places.length - 1} more` : '';
  const message = `Of invitations to ${places[0]}${more} GitHub does not tell the mail address to which they went: look whether it is one of the leaver’s.`;
  return { kind: 'incomplete', status: 200, message };
}
