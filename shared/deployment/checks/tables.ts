import type { OperatorSession } from '../../aws/operator/session.ts';
import { stackResources } from '../../aws/operator/stack.ts';
import { tablesNamed } from '../../aws/operator/tables.ts';
import { combine, known, onFound, type Read } from '../../aws/read.ts';
import { type Check, checkOf, fine, wrong } from '../check.ts';
import type { Deployment } from '../deployment.ts';

const NAMED = { id: 'kept-table', title: 'Kept tables' };

/** Tables that removed deployments of this name have left behind. */
export async function keptTables(
  session: OperatorSession,
  { name }: Pick<Deployment, 'name'>,
): Promise<Read<readonly string[]>> {
  const resources = await stackResources(session, name);
  const own = resources.outcome === 'gone' ? known([]) : resources;
  const both = combine([own, await tablesNamed(session, `${name}-FindingsTable-`)]);
  return onFound(both, 'dynamodb:ListTables', ([ours, tables]) =>
    tables.filter((table) => ours.every(({ physicalId }) => physicalId !== table)),
  );
}

export async function tableCheck(session: OperatorSession, deployment: Pick<Deployment, 'name'>): Promise<Check> {
  return checkOf(NAMED, await keptTables(session, deployment), (kept = []) => judgeTables(kept));
}

/** One is taken back when the hub is made again; of several nobody can know which. */
export function judgeTables(kept: readonly string[]): Check {
  const [only = '', another] = kept;
  if (kept.length === 0) return fine(NAMED, 'none is left over.');
  if (another === undefined) return fine(NAMED, `${only} was kept, and is taken back if the hub is made again.`);
  return wrong(
    NAMED,
    `${kept.join(', ')} were kept by deployments that are no more.`,
    'Name the one to take back, npm run deploy -- --table NAME, or none, --table new; delete what nobody needs.',
  );
}
