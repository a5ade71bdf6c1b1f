import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { clientOf } from '../support/cloud/own/client.ts';
import { localWorld } from '../support/local-world/local-world.ts';

const nameOf = (error: { name: string }) => error.name;

it('answers parameters and secrets, or says that there is none', async () => {
  await using world = await localWorld({ now: '2026-03-02T09:00:00Z', handlers: {} });
  const { cloud } = world;
  const ssm = new SSMClient(clientOf(cloud.url));
  const secrets = new SecretsManagerClient(clientOf(cloud.url));
  cloud.parameters.set('/switch', 'off');
  cloud.secrets.set('arn:secret', '{"webhook":"x"}');
  const parameter = await ssm.send(new GetParameterCommand({ Name: '/switch' }));
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: 'arn:secret' }));
  expect([parameter.Parameter?.Value, secret.SecretString]).toEqual(['off', '{"webhook":"x"}']);
  expect(await ssm.send(new GetParameterCommand({ Name: '/none' })).catch(nameOf)).toBe('ParameterNotFound');
  expect(await secrets.send(new GetSecretValueCommand({ SecretId: 'none' })).catch(nameOf)).toBe(
    'ResourceNotFoundException',
  );
});
