/** SHA-256 of each rule in infra/policies; `node scripts/pages/write-released-policies.ts` writes it. */
export const RELEASED_RULES = {
  'mcp-approved-subnet': 'cb22fecf05f45685e12db6f6c3736ce0a9e775a7f29d2d27dab5a667c8498b94',
  'mcp-managed-identity': '96df1b8057ef7cb501798f6090d05333c362617838e44da62331d82e13a0b3b0',
  'mcp-other-compute': '968cafb1db4f2152851e135add959e66aab53e550b3ea289da07e7c959058264',
  'mcp-plain-credentials': '9106c9c9c65d032f224cb752f461eaaf5aa900fdfa4a16970faffe5e0659a320',
  'mcp-tag-value': '79b8aa8a597dc462b1b1b16c755ada48024684474bdbce0206792b686bc230e0',
  'mcp-untagged-image': 'b71c434f88b2876798f6be2febd701b8b7ef063813ce4f2d2844c806c99efafc',
} as const;
