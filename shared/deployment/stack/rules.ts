import type { Baseline } from '../../baseline/baseline.ts';
import { arnOfThe, ref } from '../../derive/cloudformation.ts';
import { eventPatterns, MOST_RULES } from '../../derive/patterns.ts';
import { pascal } from '../../derive/site.ts';
import { FORGED_EVENTS } from '../bus-policy.ts';
import type { Resources } from './template-parts.ts';

/** Where events come from: our own account and region, and the bus that collectors of others deliver to, where some may be forged. */
const BUSES = [
  { prefix: 'Own', bus: undefined, besides: [] },
  { prefix: 'Collected', bus: ref('EventsBus'), besides: [{ name: 'forged', pattern: FORGED_EVENTS }] },
] as const;

/** How long EventBridge tries to hand an event on before it sets it aside (s, times). */
const RETRIES = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };

/** The rules of both buses, derived from the controls; each hands its events to the changes queue. */
export function ruleResources({ controls }: Pick<Baseline, 'controls'>): Resources {
  const rules = eventPatterns(controls);
  const resources = BUSES.flatMap(({ prefix, bus, besides }) =>
    [...rules, ...besides].map(({ name, pattern }) => {
      const Properties = {
        ...(bus ? { EventBusName: bus } : {}),
        State: 'ENABLED',
        EventPattern: pattern,
        Targets: [
          {
            Id: 'changes',
            Arn: arnOfThe('ChangesQueue'),
            RetryPolicy: RETRIES,
            DeadLetterConfig: { Arn: arnOfThe('ChangesDeadLetters') },
          },
        ],
      };
      return [idOf(prefix, name), { Type: 'AWS::Events::Rule', Properties }] as const;
    }),
  );
  if (resources.length > MOST_RULES) throw new RangeError(`The hub takes ${resources.length} rules.`);
  return Object.fromEntries(resources);
}

/** Their logical ids: nothing else may send to the changes queue. */
export function ruleIds({ controls }: Pick<Baseline, 'controls'>): string[] {
  return BUSES.flatMap(({ prefix, besides }) =>
    [...eventPatterns(controls), ...besides].map(({ name }) => idOf(prefix, name)),
  );
}

function idOf(prefix: string, name: string): string {
  return `${prefix}${pascal(name).replaceAll('-', '')}Rule`;
}
