import { Logger } from '@aws-lambda-powertools/logger';
import type { Log, LogFields } from './log.ts';

/** Powertools' logger behind our narrow one: a message and chosen fields, one line of JSON each. */
export function lambdaLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  const fields = (given: LogFields = {}) => ({ ...given });
  return {
    info: (message, given) => logger.info(message, fields(given)),
    warn: (message, given) => logger.warn(message, fields(given)),
    error: (message, given) => logger.error(message, fields(given)),
  };
}
