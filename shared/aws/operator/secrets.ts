import { managedSecret } from '../own/secret.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** One that was deleted stays for a week or more, in which nobody can read it. */
const DELETED = /^InvalidRequestException: .*marked for deletion/;

/** The value of a secret: for a check in this process, never to be shown. */
export function secretOf(session: OperatorSession, arn: string): Promise<Read<string>> {
  const read = managedSecret(session.calling(), () => Date.now());
  return asked(
    'secretsmanager:GetSecretValue',
    () => read(arn),
    ({ name, message }) => name === 'ResourceNotFoundException' || DELETED.test(`${name}: ${message}`),
  );
}
