import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importInto } from '../aws/operator/imports.ts';
import { needed, type OperatorSession } from '../aws/operator/session.ts';
import { UserMistake } from '../runtime/errors.ts';
import { keptTables } from './checks/tables.ts';
import type { Deployment } from './deployment.ts';

const PACKAGED = join(import.meta.dirname, '..', '..', '.serverless', 'cloudformation-template-update-stack.json');
const TABLE = 'FindingsTable';
/** Says that no kept table is wanted. */
const NEW = 'new';

export interface TakingBack {
  session: OperatorSession;
  deployment: Pick<Deployment, 'name'>;
  /** The name of one of them, or `new`; without it the only one there is. */
  table?: string | undefined;
  /** Packages the service, so that the template is there that the table belongs to. */
  pack(): Promise<void>;
}

/**
 * Where a removed deployment of this name left its table behind, the new stack begins with it: CloudFormation imports it,
 * and the deployment that follows finds it among its own. Its name; undefined where there is none, or none is wanted.
 */
export async function takeTableBack({ session, deployment, table, pack }: TakingBack): Promise<string | undefined> {
  const { name } = deployment;
  const chosen = chosenTable(needed(await keptTables(session, deployment), 'AWS lists no tables.'), table);
  if (chosen === undefined) return undefined;
  await pack();
  const imported = await importInto(session, {
    stack: name,
    template: JSON.stringify(tableAlone(readFileSync(PACKAGED, 'utf8'))),
    logicalId: TABLE,
    type: 'AWS::DynamoDB::Table',
    identifier: { TableName: chosen },
  });
  const status = needed(imported, `The stack ${name} is not there after the import.`);
  if (status === 'IMPORT_COMPLETE') return chosen;
  throw new UserMistake(
    `Nothing was deployed. The table ${chosen} could not be taken back (${status}); npm run deploy -- --table ${NEW} starts with an empty one.`,
  );
}

export function chosenTable(kept: readonly string[], asked: string | undefined): string | undefined {
  if (asked === NEW) return undefined;
  const [only, another] = kept;
  const all = kept.length > 0 ? `there are ${kept.join(', ')}` : 'there is none';
  if (asked !== undefined && !kept.includes(asked)) {
    throw new UserMistake(`Nothing was deployed. There is no kept table ${asked}: ${all}.`);
  }
  if (asked !== undefined || another === undefined) return asked ?? only;
  throw new UserMistake(
    `Nothing was deployed. Earlier deployments left several tables: ${kept.join(', ')}. Name the one to take back, npm run deploy -- --table NAME, or none, --table ${NEW}.`,
  );
}

/** The packaged template with nothing but the table, which an import demands to be retained. */
export function tableAlone(packaged: string) {
  const { AWSTemplateFormatVersion, Resources } = JSON.parse(packaged) as {
    AWSTemplateFormatVersion: string;
    Resources: Record<string, object>;
  };
  return { AWSTemplateFormatVersion, Resources: { [TABLE]: { ...Resources[TABLE], DeletionPolicy: 'Retain' } } };
}
