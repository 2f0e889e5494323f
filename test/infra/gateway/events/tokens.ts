import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { FORMATS } from '../../../../src/credentials/detector/formats.ts';
import { TOKEN_TYPES, type TokenType } from '../../../../src/credentials/detector/token-hit.ts';
import { toolCall, userToken } from '../../support/gateway/callers.ts';
import { eventOf, resourceOf } from './world.ts';

const { mint, sas } = makeTokenMint();
/** Known by what stands beside them alone, where a digest looks the same; a key file is a private key. */
const NAMELESS: readonly TokenType[] = ['github-classic-hex', 'azure-api-management-key', 'gcp-service-account-key'];
const NAMED: Readonly<Partial<Record<TokenType, () => string>>> = {
  'azure-sas': () => `sig=${sas({}).split('&sig=')[1]}`,
  'azure-shared-access-key': () => `SharedAccessKey=${randomBytes(32).toString('base64')}`,
};
for (const type of TOKEN_TYPES.filter((each) => !NAMELESS.includes(each))) {
  test(`of a bare token in an argument nothing is logged: ${type}`, async () => {
    const token = NAMED[type]?.() ?? mint(type as Parameters<typeof mint>[0]);
    const deep = 'x/'.repeat(758);
    for (const path of [
      token,
      `/docs/${token}`,
      `/${deep}${token}/${'y/'.repeat(900)}`,
      `/${'x/'.repeat(3_000)}${token}`,
      // At the edges of what is kept of it.
      `${deep}${token}${'/y'.repeat(2_000)}`,
      `${'x/'.repeat(2_000)}${token}${'/y'.repeat(758)}`,
    ])
      assertSays(await resourceOf({ path, name: token, paths: ['/a', token] }), token);
  });
}

/** Literals that do not begin a token, or begin what else there is: each is met by the tokens above. */
const INSIDE = [
  'Q~',
  '.Ag',
  'sig=',
  'AZDO',
  'T3BlbkFJ',
  '.atlasv1.',
  '+ASt',
  'AccountKey',
  '-----BEGIN ',
  'hooks.slack.com/',
  'ghs_',
];

test('every prefix that the detector declares is known to the gateway, cut short or not', async () => {
  const anchors = FORMATS.flatMap(({ finders }) =>
    finders.flatMap((finder) => ('anchors' in finder ? finder.anchors : [])),
  );
  const prefixes = [...new Set(anchors)].filter((anchor) => !INSIDE.includes(anchor) && !/^\.e/.test(anchor));
  assert.ok(prefixes.length > 30, prefixes.join());
  for (const prefix of prefixes) {
    for (const length of [20, 60]) {
      const rest =
        prefix === 'SharedAccessKey=' || !/^[A-Z]{4}$/.test(prefix)
          ? random(length)
          : random(16).toUpperCase().replaceAll(/\d/g, '7');
      assertSays(await resourceOf({ path: `/docs/${prefix}${rest}` }), `${prefix}${rest}`);
    }
  }
});

const random = (length: number): string =>
  Array.from({ length }, () => 'abcdefghijkmnopqrstuvwxyzABCDEF'.charAt(randomInt(31))).join('');

/** That a text has nothing of a token but what begins every one of its kind. */
function assertSays(text: string, credential: string): void {
  const token = credential.replaceAll(/-----[A-Z ]+-----/g, '');
  for (let at = 14; at + 6 <= token.length; at += 1)
    assert.ok(
      !/[A-Za-z0-9]{6}/.test(token.slice(at, at + 6)) || !text.includes(token.slice(at, at + 6)),
      `${token} in ${text}`,
    );
}

test('an API key of OpenAI without a kind is known by its length', async () => {
  const key = `sk-${random(20)}T3BlbkFJ${random(20)}`;
  assertSays(await resourceOf({ path: `/docs/${key}` }), key);
});

test('half of a token is not logged where so many values are cut that little is kept of each', async () => {
  const token = mint('azure-devops');
  const lists = (value: string): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(Array.from({ length: 35 }, (_, at) => [`x${at}_paths`, Array<string>(20).fill(value)]));
  assertSays(await resourceOf(lists(`/${token}${'/y'.repeat(40)}`)), token);
  assertSays(await resourceOf(lists(`${'y/'.repeat(40)}${token}/`)), token);
});

test('a tool that is called like a token is judged by its name and not logged by it', async () => {
  const body = toolCall(`ghp_${random(36)}`);
  const event = await eventOf({ policy: 'github', body, token: userToken('mcp.tools.read mcp.tools.write') });
  assert.deepEqual([event.tool_name, event.tool_class], ['[redacted]', 'write']);
});
