import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { gatewayPlan, policiesIn } from '../support/gateway/gateway-plan.ts';
import { PolicyError, type PolicyFault } from '../support/gateway/rules/policy-fault.ts';
import { checkedPolicies, compilePolicies, type DeployedPolicies } from '../support/gateway/simulated-gateway.ts';

let deployed: DeployedPolicies;
before(async () => {
  deployed = policiesIn(await gatewayPlan());
});

test('what is deployed has no fault', async () => {
  await compilePolicies(deployed);
});

/** The deployed policies with one change in one of them, and the line on which it is. */
function changed(
  before: string,
  after: string,
  policy = 'github',
): { readonly policies: DeployedPolicies; readonly line: number } {
  const text = deployed.policies[policy] ?? '';
  const at = text.indexOf(before);
  assert.notEqual(at, -1, `the policy has no ${before}`);
  const other = text.slice(0, at) + after + text.slice(at + before.length);
  return {
    policies: { ...deployed, policies: { ...deployed.policies, [policy]: other } },
    line: text.slice(0, at).split('\n').length,
  };
}

async function faultsOf(check: () => unknown): Promise<readonly PolicyFault[]> {
  try {
    await check();
  } catch (error) {
    assert.ok(error instanceof PolicyError, String(error));
    return error.faults;
  }
  assert.fail('no fault was found');
}

/** Changes that must be found before anything is compiled: what was, what is instead, what is said. */
const STATIC: readonly [string, string, string, RegExp][] = [
  ['an unknown element', '<rewrite-uri ', '<rewrite-url ', /<rewrite-url> is not a policy/],
  ['an element in the wrong section', '<forward-request ', '<rate-limit-by-key ', /not allowed in the section backend/],
  ['a missing attribute', ' renewal-period="60"', '', /<rate-limit-by-key> lacks the attribute renewal-period/],
  ['an unknown attribute', 'renewal-period="60"', 'renewal-period="60" per="oid"', /has no attribute per/],
  ['an attribute of another value', 'exists-action="delete"', 'exists-action="remove"', /must be one of/],
  ['an expression where none may be', 'require-scheme="Bearer"', 'require-scheme="@("Bearer")"', /takes no expression/],
  [
    'a condition that is no expression',
    'condition="@((bool)context.Variables["audited"])"',
    'condition="true"',
    /must be an expression/,
  ],
  [
    'parts in the wrong order',
    '<set-status code="403" reason="Forbidden" />',
    '<set-body>x</set-body><set-status code="403" reason="x" />',
    /stands too late/,
  ],
  [
    'a type that API Management has not',
    'Guid.TryParse(',
    'Environment.GetEnvironmentVariable("X") == null || Guid.TryParse(',
    /type Environment is not allowed/,
  ],
  [
    'a member that API Management has not',
    'Regex.IsMatch(',
    'Regex.Escape("") == "" && Regex.IsMatch(',
    /Regex\.Escape is not allowed/,
  ],
  ['an unknown fragment', 'fragment-id="log-tool-call"', 'fragment-id="log"', /no fragment log/],
  ['an unknown backend', 'backend-id="mcp-github"', 'backend-id="github"', /no backend github/],
  ['an unknown named value', ',{{mcp-denied-oids-2}},', ',{{mcp-denied-oids-3}},', /no named value mcp-denied-oids-3/],
  ['a named value that may be an expression', '",{{mcp-denied-oids}}', '"{{mcp-denied-oids}}', /which may be code/],
  [
    'a named value in an expression',
    'context.Request.Method == "POST"',
    'context.Request.Method == "{{mcp-denied-oids}}"',
    /no business in an expression/,
  ],
  [
    'a pattern that may take for ever',
    '@"\\A[A-Za-z0-9_/$.-]{1,128}\\z"',
    '@"\\A([A-Za-z]+[/$.-]?)*\\z"',
    /repeats what repeats/,
  ],
  ['a pattern that is not written out', '@"\\A[A-Za-z0-9_/$.-]{1,128}\\z"', 'method', /must be written out/],
  ['a look at the response’s body', 'context.RequestId', 'context.Response.Body', /must not be read/],
];
for (const [what, before, after, said] of STATIC) {
  test(`found without compiling: ${what}`, async () => {
    const inFragment = !(deployed.policies.github ?? '').includes(before);
    if (inFragment) {
      const text = deployed.fragments['log-tool-call'] ?? '';
      const fragments = { 'log-tool-call': text.replace(before, after) };
      const [fault] = await faultsOf(() => checkedPolicies({ ...deployed, fragments }));
      assert.match(fault?.message ?? '', said);
      assert.equal(fault?.file, 'log-tool-call.xml');
      assert.equal(fault?.line, text.slice(0, text.indexOf(before)).split('\n').length);
      return;
    }
    const { policies, line } = changed(before, after);
    const faults = await faultsOf(() => checkedPolicies(policies));
    const fault = faults.find(({ message }) => said.test(message));
    assert.ok(fault !== undefined, faults.map(({ message }) => message).join('; '));
    assert.equal(fault.file, 'github.xml');
    assert.equal(fault.line, line);
  });
}

test('found without compiling: what is not XML', async () => {
  for (const [before, after] of [
    ['</inbound>', '</inbond>'],
    ['<base />', '<base>'],
    ['timeout="240"', 'timeout=240'],
    ['timeout="240"', 'timeout="240" timeout="241"'],
    ['<audiences>', '<audiences>&nbsp;'],
  ] as const) {
    const { policies } = changed(before, after);
    const [fault] = await faultsOf(() => checkedPolicies(policies));
    assert.equal(fault?.file, 'github.xml', `${after}: ${fault?.message}`);
  }
});

test('the compiler’s faults are on the policy’s own lines', async () => {
  // One in each server's policy, so that one compilation finds them all.
  const wrong: readonly [string, string, string, RegExp][] = [
    ['filesystem', 'context.Request.Method == "POST"', 'context.Request.Verb == "POST"', /CS1061.*Verb/],
    ['github', '@((string)context.Variables["refusal"] != "")', '@((string)context.Variables["refusal"])', /CS0029/],
    ['secrets', 'int.Parse(refusal[1])', 'int.Parse(refusal)', /CS1503|CS1502/],
  ];
  const changes = wrong.map(([policy, before, after, said]) => ({ policy, said, ...changed(before, after, policy) }));
  const policies = Object.assign(
    {},
    deployed.policies,
    ...changes.map(({ policy, policies }) => ({ [policy]: policies.policies[policy] })),
  );
  const faults = await faultsOf(() => compilePolicies({ ...deployed, policies }));
  for (const { policy, line, said } of changes) {
    const fault = faults.find(({ file }) => file === `${policy}.xml`);
    assert.match(fault?.message ?? '', said);
    assert.equal(fault?.line, line);
  }
});

test('C# that is newer than API Management’s is refused', async () => {
  const { policies, line } = changed(
    'if (granted != "") return granted;',
    'return granted switch { "" => obtainable, _ => granted };',
  );
  const [fault] = await faultsOf(() => compilePolicies(policies));
  assert.deepEqual([fault?.file, fault?.line], ['github.xml', line]);
});

test('a block that may end without a value is refused', async () => {
  const { policies } = changed('      return "";\n', '');
  const faults = await faultsOf(() => compilePolicies(policies));
  assert.ok(faults.some(({ message }) => /CS0161/.test(message)));
});

test('an expression that is not closed is found in its file, not far from where it begins', async () => {
  for (const [before, after] of [
    ['.ToLowerInvariant();', '.ToLowerInvariant(;'],
    ["Split('|')", "Split('|)"],
  ] as const) {
    const { policies, line } = changed(before, after);
    const [fault] = await faultsOf(() => checkedPolicies(policies));
    assert.equal(fault?.file, 'github.xml', fault?.message);
    assert.ok((fault?.line ?? 0) > 0 && (fault?.line ?? 0) <= line + 60);
  }
});
