import { type Clock, MINUTE } from '../../runtime/clock.ts';
import { type Calling, clientConfig, once } from './calling.ts';

/** A rotated secret is picked up within this time. */
const KEPT = 5 * MINUTE;

/** Reads secrets and keeps each for five minutes; a failed read is not kept. */
export function managedSecret(calling: Calling, now: Clock): (arn: string) => Promise<string> {
  const kept = new Map<string, { until: number; value: string }>();
  const connect = once(async () => {
    const { SecretsManagerClient, GetSecretValueCommand } = await import('./secrets-manager.ts');
    return { secrets: new SecretsManagerClient(clientConfig(calling)), GetSecretValueCommand };
  });
  return async (arn) => {
    const known = kept.get(arn);
    if (known && now() < known.until) return known.value;
    const { secrets, GetSecretValueCommand } = await connect();
    const { SecretString, SecretBinary } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
    const value = SecretString ?? (SecretBinary && new TextDecoder().decode(SecretBinary));
    if (value === undefined) throw new Error('Secrets Manager answered without a value.');
    kept.set(arn, { until: now() + KEPT, value });
    return value;
  };
}
