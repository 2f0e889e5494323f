import type { Report } from '../../report/report.ts';
import { type AdaptiveCard, momentCard, teamsCard } from '../../report/teams-card.ts';
import { type Delivery, type Tell, tellOnce } from './channel.ts';
import { saidOf } from './said.ts';

/** Posts a card to the operators' channel. */
export const tellTeams: Tell = (delivery) =>
  tellOnce(delivery, async () => delivery.vendors.teams.postCard(await cardFor(delivery)));

async function cardFor(delivery: Delivery): Promise<AdaptiveCard> {
  const { message, link, vendors } = delivery;
  if (message.report !== undefined) return teamsCard(await vendors.storage.getJson<Report>(message.report), link);
  const about =
    'row' in delivery ? { caseId: message.caseId } : 'posture' in delivery ? { page: delivery.posture.page } : {};
  return momentCard({ ...saidOf(delivery), ...about, at: message.at }, link);
}
