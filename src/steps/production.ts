/**
 * Whether a name may mean production: of an environment, an identity, a resource group, a tag's key or value, a whole
 * subject or expression. Firms write it in more ways than a list can hold (`prod-westeurope`, `Production EU`,
 * `euprod2`, `PRD`, `live`), so that every name with the stem counts, `preprod` and `product` among them: a false yes
 * costs one approval, a false no costs production.
 */
export function namesProduction(text: string): boolean {
  const plain = text.normalize('NFKD').toLowerCase();
  if (/prod|prd/.test(plain)) return true;
  return plain.split(/[^\p{L}]+/u).some((word) => word.startsWith('live') || word.endsWith('live'));
}

/** Tags that say of which stage something is; a single letter is enough there. */
const STAGE_KEYS = new Set(['environment', 'env', 'stage', 'tier']);

/** Whether tags may mean production, in a key, a value, or `p` for a stage. */
export function tagsNameProduction(tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(tags).some(
    ([key, value]) =>
      namesProduction(`${key} ${value}`) || (STAGE_KEYS.has(plainKey(key)) && /^(p|pr)$/i.test(value.trim())),
  );
}

/** A tag's key as tools compare it: `managed-by`, `ManagedBy` and `managed_by` are one. */
export function plainKey(key: string): string {
  return key.toLowerCase().replace(/[-_ .]/g, '');
}
