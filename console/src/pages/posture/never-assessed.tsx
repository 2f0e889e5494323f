import type { ReactNode } from 'react';
import { ApiFault, isProblem } from '../../api.ts';
import { Command } from '../../parts/command.tsx';
import { Empty } from '../../parts/states.tsx';
import { useSession } from '../../session.ts';

/** Never assessed, or nobody may read the platform: both have the same way out. */
export function noneYet(error: unknown): null {
  if (error instanceof ApiFault && (error.status === 404 || isNotSetUp(error))) return null;
  throw error;
}

function isNotSetUp(fault: ApiFault): boolean {
  return isProblem(fault, 'posture-not-set-up');
}

/** What there is before the first run, for every page that shows what runs found. */
export function NeverAssessed({ children }: { readonly children?: ReactNode }) {
  const { may } = useSession();
  return (
    <Empty title="The checklist was not assessed yet">
      {children}
      <p>
        The app judges the checklist by what it reads of Azure, Entra, GitHub and Azure DevOps. It does so each night at
        04:10 UTC; {may.has('operate') ? 'you' : 'an operator'} can have it done at once
        {children !== undefined && (
          <>
            {' '}
            on the page <a href="#/posture">Posture</a>
          </>
        )}
        .
      </p>
      <h3>If there is none tomorrow, it is not set up</h3>
      <ol className="bullets numbered">
        <li>
          Apply the release’s Terraform: it makes the identity <code>assessor</code>, which may read and change nothing,
          and sets <code>ASSESSOR_CLIENT_ID</code>.
        </li>
        <li>
          Have the doctor look which permissions of the identity are missing:
          <Command text="offboard doctor" />
        </li>
        <li>Assess again. What is still missing stands in the run, point by point, with the permission’s name.</li>
      </ol>
    </Empty>
  );
}
