import { useSession } from '../session.ts';
import { CompanyFigures } from './exposure/company.tsx';
import { Yours } from './exposure/yours.tsx';

/** What would still work if somebody left today: the reader’s own for everybody, figures of the firm for those who may. */
export function ExposurePage() {
  const { may } = useSession();
  return (
    <>
      <div className="heading">
        <h1>Exposure</h1>
      </div>
      <p className="lead">
        If somebody left today, what of theirs would let them in tomorrow? This counts what people hold and not what
        they do with it: no call, no last use, nothing of their work. Nobody is listed by name, and the app shows each
        list to its owner alone.
      </p>
      <Yours />
      {may.has('read') && <CompanyFigures />}
    </>
  );
}
