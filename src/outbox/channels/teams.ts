import type { Report } from '../../report/report.ts';
import { type AdaptiveCard, momentCard, teamsCard } from '../../report/teams-card.ts';
import { wordsFor } from '../rules/words.ts';
import { type Delivery, type Tell, tellOnce } from './channel.ts';

/** Posts a card to the operators' channel. */
export const tellTeams: Tell = (delivery) =>
  tellOnce(delivery, async () => delivery.vendors.teams.postCard(await cardFor(delivery)));

async function cardFor({ message, row, link, vendors }: Delivery): Promise<AdaptiveCard> {
  if (message.report !== undefined) return teamsCard(await vendors.storage.getJson<Report>(message.report), link);
  const { caseId, oid } = row;
  return momentCard({ ...wordsFor(message, row), oid, caseId, at: message.at }, link);
}
