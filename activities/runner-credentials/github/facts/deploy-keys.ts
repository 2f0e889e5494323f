import * as z from 'zod';
import {
  fewerKeys,
  type ListedDeployKey,
  ListedDeployKeySchema,
} from '../../../../src/connectors/github/credentials/deploy-key-list.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { loginsOf, sameLogin, whoseName } from '../../../../src/people/evidence/github-owner.ts';
import {
  authorless,
  deployKeyFinding,
  loggedAuthor,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/deploy-key-finding.ts';
import { withoutAccount } from '../log/no-account-coverage.ts';
import type { BatchedRepository } from '../repositories/repository-batch.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';

const KeysSchema: z.ZodType<readonly ListedDeployKey[]> = z.array(ListedDeployKeySchema);

/**
 * Deploy keys. GraphQL counts those of a hundred repositories in one point, so that only repositories that have some are
 * asked who added them. That a count of none is true is asked for twice: of one such repository the list is read as well,
 * and where that is refused, or has a key, no count of none is believed.
 */
export const deployKeys = defineRepositorySource({
  what: 'deploy-keys',
  unit: 'repositories',
  fact: KeysSchema,
  read: async ({ client, repositories }, before) => {
    const counts = await client.countDeployKeys(repositories.map(({ nodeId }) => nodeId));
    const listed = async (known: BatchedRepository): Promise<SourceRead<readonly ListedDeployKey[]>> => {
      const place = { organisation: client.name, repository: known.name };
      const earlier = before(known);
      const { items, failure, etag, unchanged } = await client.listDeployKeys(place, earlier?.etags?.['']);
      const fact = unchanged === true ? (earlier?.fact ?? []) : items;
      const failures = [failure ?? fewerKeys(place, fact.length, counts.get(known.nodeId))].filter(
        (each): each is VendorFailure => each !== undefined,
      );
      const etags = etag === undefined ? {} : { etags: { '': etag } };
      return { fact, asked: 1, count: 1 - failures.length, failures, ...etags };
    };
    const probed = repositories.find(({ nodeId }) => counts.get(nodeId) === 0);
    const probe = probed && (await listed(probed));
    const believed = probe?.failures.length === 0 && probe.fact.length === 0;
    return Promise.all(
      repositories.map(
        (known): SourceRead<readonly ListedDeployKey[]> | Promise<SourceRead<readonly ListedDeployKey[]>> => {
          if (probe !== undefined && known === probed) return probe;
          return believed && counts.get(known.nodeId) === 0
            ? { fact: [], asked: 1, count: 1, failures: [] }
            : listed(known);
        },
      ),
    );
  },
  judge: async (known, { organisation, apiEndpoint, leaver, addedKeys, owners }) => {
    const keys = known.flatMap(({ repository, fact }) =>
      fact.map((key) => ({ key, place: { organisation, repository: repository.name, archived: repository.archived } })),
    );
    const names = leaver.github.flatMap(loginsOf);
    const theirs = keys.flatMap(({ key: { addedBy } }) =>
      addedBy !== null && names.some((login) => sameLogin(login, addedBy)) ? [addedBy] : [],
    );
    const resolved = await owners(theirs);
    const findings = keys.flatMap(({ key, place }) => {
      const logged = loggedAuthor(key, place, addedKeys, leaver.github);
      const login = key.addedBy;
      const isNamed = login !== null && names.some((each) => sameLogin(each, login));
      const whose = isNamed ? whoseName({ login }, resolved.owners, leaver.github) : undefined;
      return deployKeyFinding(key, place, { whose, logged }, apiEndpoint) ?? [];
    });
    const nobodys = keys.filter(
      ({ key, place }) => authorless(key, leaver) && !loggedAuthor(key, place, addedKeys, leaver.github),
    );
    const unknown = nobodys.length === 0 ? [] : [withoutAuthor(organisation, nobodys)];
    return { findings, failures: [...resolved.failures, ...unknown].map((failure) => ({ failure })) };
  },
  noted: (line, leaver) => withoutAccount(line, leaver, 'no deploy key could be told to be theirs'),
});

function withoutAuthor(
  organisation: string,
  keys: readonly { readonly key: ListedDeployKey; readonly place: { readonly repository: string } }[],
): VendorFailure {
  const [first] = keys;
  const which = `${organisation}/${first?.place.repository} (key ${first?.key.id})`;
  const message =
    keys.length === 1
      ? `GitHub names nobody who added the deploy key of ${which}, which may be the leaver’s. Add it anew, or delete it.`
      : `GitHub names nobody who added ${keys.length} deploy keys, the first of them of ${which}: any may be the leaver’s. Add them anew, or delete them.`;
  return { kind: 'incomplete', status: 200, message };
}
