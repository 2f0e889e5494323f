import type { ProviderKnowledge } from '../provider/schema-provider.ts';
import { computedValue } from './computed-values.ts';
import { dataSourceValue } from './data-source-values.ts';

export const knowledge: ProviderKnowledge = {
  validate: () => [],
  computed: computedValue,
  read: dataSourceValue,
};
