import { UNKNOWN } from '../../provider/wire-value.ts';
import { isSet, type Rule } from './rule.ts';

/** Which credential the deployment container is read with decides which argument must name it. */
export const functionAppStorage: Rule = (resource) => {
  const kind = resource.storage_authentication_type;
  const wanted =
    kind === 'UserAssignedIdentity'
      ? 'storage_user_assigned_identity_id'
      : kind === 'StorageAccountConnectionString'
        ? 'storage_access_key'
        : undefined;
  if (wanted === undefined || isSet(resource[wanted]) || resource[wanted] === UNKNOWN) return [];
  return [
    {
      severity: 'error',
      summary: 'Invalid combination of arguments',
      detail: `storage_authentication_type = "${String(kind)}" needs ${wanted}.`,
      path: ['storage_authentication_type'],
    },
  ];
};
