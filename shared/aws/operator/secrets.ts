import { managedSecret } from '../own/secret.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** The value of a secret: for a check in this process, never to be shown. */
export function secretOf(session: OperatorSession, arn: string): Promise<Read<string>> {
  const read = managedSecret(session.calling(), () => Date.now());
  return asked(
    'secretsmanager:GetSecretValue',
    () => read(arn),
    ({ name }) => name === 'ResourceNotFoundException',
  );
}
