import { shellWord as w } from '../shapes/shell-word.ts';
import type { Holding } from './holding.ts';

/** What is said of a credential to its owner. */
type Words = Pick<Holding, 'title' | 'where' | 'survives' | 'why' | 'todo' | 'link' | 'command'>;

const link = (url: string | undefined): Pick<Words, 'link'> => (url === undefined ? {} : { link: url });

export function ofFineGrainedToken(name: string, organisation: string, settings: string): Words {
  return {
    title: `Your fine-grained personal access token “${name}”`,
    where: `GitHub, organisation ${organisation}`,
    survives: true,
    why: 'It works without a sign-in, wherever it was copied to.',
    todo: 'Delete it if you do not need it; for what has to go on without you, have an app or a pipeline’s own token in its place.',
    link: settings,
  };
}

export function ofSsoCredential(type: string, called: string, organisation: string, settings: string): Words {
  return {
    title: `Your ${type}${called}`,
    where: `GitHub, organisation ${organisation}`,
    survives: true,
    why: 'Single sign-on let it in once, and it works without another sign-in.',
    todo: 'Delete it if you do not need it; for what has to go on without you, have an app or a deploy key of the team in its place.',
    link: settings,
  };
}

export function ofToken(type: string, place: string, url: string | undefined): Words {
  return {
    title: `Your token (${type}) in ${place}`,
    where: place,
    survives: true,
    why: 'Whoever can read the place has the token, and it works without a sign-in.',
    todo: 'Delete the token where it was made, and take it out of the place: a service’s own identity belongs there.',
    ...link(url),
  };
}

export function ofDeployKey(title: string, where: string, keyId: number, url: string | undefined): Words {
  return {
    title: `The deploy key “${title}” that you added`,
    where: `GitHub, ${where}`,
    survives: true,
    why: 'Whoever has its private half gets in, and it ends with nobody’s account.',
    todo: 'Have the team that uses it add a key of its own, and delete this one.',
    ...link(url),
    command: `gh repo deploy-key delete ${keyId} --repo ${w(where)}`,
  };
}

export function ofSchedule(path: string, where: string, url: string | undefined): Words {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return {
    title: `The schedule of ${file}, which runs as you`,
    where: `GitHub, ${where}, ${path}`,
    survives: true,
    why: 'Whoever changed its cron line last is its actor, also after leaving the organisation.',
    todo: 'Have a colleague who stays take it over: whoever changes its cron line last is its actor from then on.',
    ...link(url),
    command: `gh workflow view ${w(file)} --yaml --repo ${w(where)}`,
  };
}

export function ofTrust(name: string, of: string, subject: string, url: string, command: string | undefined): Words {
  return {
    title: `The federated credential ${name}, which trusts your GitHub account`,
    where: `${of}, subject ${subject}`,
    survives: true,
    why: 'A workflow of your own account signs in by it, whatever becomes of your account here.',
    todo: 'Trust a repository of the organisation in its place, and delete this credential.',
    link: url,
    ...(command === undefined ? {} : { command }),
  };
}

export function ofApplication(name: string, appId: string, credentials: number, url: string): Words {
  const which = credentials === 1 ? 'one secret or certificate' : `${credentials} secrets and certificates`;
  return {
    title: `What the application ${name} signs in with: you own it`,
    where: `Entra, application ${name} (${which})`,
    survives: true,
    why: 'An owner may have kept a secret, and whoever has one signs in as the application, without any account.',
    todo: 'Have another owner add a new secret, or a federated credential, and remove those that are there.',
    link: url,
    command: `az ad app credential list --id ${w(appId)}`,
  };
}

/** `isLast`: nobody changed it since. */
export function ofConnection(name: string, isLast: boolean, where: string, url: string | undefined): Words {
  const hand = isLast ? 'which you changed last' : 'which you made and somebody changed since';
  return {
    title: `The service connection ${name}, ${hand}`,
    where: `Azure DevOps, ${where}`,
    survives: true,
    why: 'It holds what a person entered, perhaps you, and works as long as that does where it was issued.',
    todo: 'Put a service’s credential in its place.',
    ...link(url),
  };
}

export function ofGrant(client: string): Words {
  return {
    title: `Your consent for ${client}`,
    where: `Entra, ${client} at the gateway`,
    survives: false,
    why: 'It needs you to sign in: what it gave ends within the hour after your account does.',
    todo: 'Leave it as it is; withdraw it if you do not use the application any more.',
    link: 'https://myapps.microsoft.com/',
  };
}
