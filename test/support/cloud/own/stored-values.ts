import { jsonService, OwnFault, type OwnService, textOf } from './wire.ts';

/** Values by name; a test changes them while the world runs. */
export type Values = Map<string, string>;

/** SSM's GetParameter. */
export function ssm(parameters: Values): OwnService {
  return jsonService('1.1', {
    GetParameter(input) {
      const name = textOf(input, 'Name');
      const value = parameters.get(name);
      if (value === undefined) throw new OwnFault('ParameterNotFound', `Parameter ${name} not found.`);
      return { Parameter: { Name: name, Type: 'String', Value: value, Version: 1, DataType: 'text' } };
    },
  });
}

/** Secrets Manager's GetSecretValue. */
export function secretsManager(secrets: Values): OwnService {
  return jsonService('1.1', {
    GetSecretValue(input) {
      const arn = textOf(input, 'SecretId');
      const value = secrets.get(arn);
      if (value === undefined) {
        throw new OwnFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      }
      return { ARN: arn, Name: arn.split(':').at(-1), SecretString: value, VersionStages: ['AWSCURRENT'] };
    },
  });
}
