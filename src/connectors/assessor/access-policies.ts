import * as z from 'zod';
import { listAll } from '../graph/call/list-all.ts';
import type { Listing } from '../listing.ts';
import type { GraphSettings } from '../settings.ts';

const ids = z
  .array(z.string())
  .nullish()
  .transform((all) => (all ?? []).map((each) => each.toLowerCase()));
/** Something that narrows a policy, whatever it is: what it says is not looked at. */
const anything = z.unknown().optional();

/** Everything of a policy that decides whom it blocks from what. Conditions that no page names are kept by their name. */
const Policy = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  state: z.string(),
  conditions: z
    .object({
      applications: z
        .looseObject({ includeApplications: ids, excludeApplications: ids, applicationFilter: anything })
        .nullish(),
      users: z
        .looseObject({
          includeUsers: ids,
          excludeUsers: ids,
          excludeGroups: ids,
          excludeRoles: ids,
          excludeGuestsOrExternalUsers: anything,
        })
        .nullish(),
      clientAppTypes: ids,
      platforms: z.looseObject({ includePlatforms: ids, excludePlatforms: ids }).nullish(),
      locations: z.looseObject({ includeLocations: ids, excludeLocations: ids }).nullish(),
    })
    .catchall(z.unknown()),
  grantControls: z
    .looseObject({
      builtInControls: ids,
      customAuthenticationFactors: ids,
      termsOfUse: ids,
      authenticationStrength: anything,
    })
    .nullish(),
});
/** A policy of Conditional Access; ids and words in lower case. */
type AccessPolicy = z.output<typeof Policy>;

/**
 * Every policy of Conditional Access. A tenant has 195 at the most, and one question a second is answered: so one page
 * is asked for that holds them all. Source: learn.microsoft.com/graph/api/conditionalaccessroot-list-policies
 */
export function listAccessPolicies(settings: GraphSettings): Promise<Listing<AccessPolicy>> {
  return listAll(settings, {
    identity: 'assessor',
    path: '/identity/conditionalAccess/policies?$top=999',
    what: 'list the policies of Conditional Access',
    permission: 'Policy.Read.All',
    shape: Policy,
  });
}
