import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { DeployKey } from '../../../../connectors/github/credentials/deploy-keys.ts';
import { failed, ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { comparedTo } from '../../../restoring/restoring.ts';
import { actOn, giveOn, readTarget, SIGNED } from './github-target.ts';

const Expected = z.strictObject({ title: z.string(), readOnly: z.boolean(), keySha256: z.string() });
/** What undoing needs of it: a public key may be filed. */
const Image = z.looseObject({ key: z.string(), title: z.string(), readOnly: z.boolean() });

/** Which key it is, by the digest (SHA-256, hex) of the public one. */
function deployKeyState({ key, title, readOnly }: DeployKey): z.output<typeof Expected> {
  return { title, readOnly, keySha256: createHash('sha256').update(key).digest('hex') };
}

/** Takes an SSH key of one repository away. Whatever holds the private key, a server as a rule, gets no further. */
export const removeDeployKey = defineRemedy({
  kind: 'remove-deploy-key',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('remove-deploy-key'),
    organisation: z.string(),
    repository: z.string(),
    keyId: z.int(),
    expected: Expected,
  }),
  risk: 'disruptive',
  words: {
    noun: ['deploy key', 'deploy keys'],
    done: 'removed',
    ability: 'remove deploy keys',
    before: ({ keyId, organisation, repository, expected }, _names: undefined) =>
      `Remove the deploy key ${expected.title} (${keyId}), which ${expected.readOnly ? 'reads' : 'writes to'} ${organisation}/${repository}.`,
    impact: 'Servers and pipelines that fetch or push with this key are refused.',
  },
  permissions: [SIGNED, 'remover/github/administration=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 3 * length, writes: length }],
  ends: 'token',
  // GitHub tells when a key was used last, and not by what.
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: ({ github }, { organisation, repository, keyId }) =>
    readTarget(
      github,
      organisation,
      (there) => there.getDeployKey({ organisation, repository }, keyId),
      (key) => ({ image: { ...key }, now: deployKeyState(key) }),
    ),
  act: ({ github }, { organisation, repository, keyId }) =>
    actOn(github, organisation, (there) => there.deleteDeployKey({ organisation, repository }, keyId)),
  restore: {
    by: 'app',
    undo: 'it adds the same public key again; it has another number then, and whoever holds the private key is let in again.',
    same: ({ organisation, repository, expected: { keySha256 } }) =>
      `${organisation}/${repository} ${keySha256}`.toLowerCase(),
    look: async ({ github }, { organisation, repository, expected }) => {
      const there = await github.organisation('reader', organisation);
      if (!there.ok) return there;
      const { items, failure } = await there.value.listDeployKeys({ organisation, repository });
      const found = items.find(({ keySha256 }) => keySha256 === expected.keySha256);
      if (found === undefined) return failure === undefined ? ok({ is: 'free' }) : failed(failure);
      const { title, readOnly, keySha256 } = found;
      return ok(comparedTo(expected, { title, readOnly, keySha256 }));
    },
    give: ({ github }, { organisation, repository }, image) =>
      giveOn(github, organisation, (there) => there.addDeployKey({ organisation, repository }, Image.parse(image))),
  },
});
