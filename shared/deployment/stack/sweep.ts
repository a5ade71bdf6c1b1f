import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { arnOfThe, ref } from '../../derive/cloudformation.ts';
import type { Deployment } from '../deployment.ts';

const FILE = join(import.meta.dirname, '..', '..', '..', 'functions', 'sweep', 'state-machine.yml');

/** `functions/sweep/state-machine.yml` with the functions of this stack. */
export function sweepDefinition() {
  const names = { ListScopes: 'ListScopes', SweepScope: 'SweepScope', CloseSweep: 'CloseSweep' };
  const arns = Object.entries(names).map(([hole, name]) => [hole, arnOfThe(`${name}LambdaFunction`)]);
  const definition = JSON.stringify(parse(readFileSync(FILE, 'utf8')));
  return { 'Fn::Sub': [definition, { ...Object.fromEntries(arns), Partition: ref('AWS::Partition') }] };
}

/** `cron(30 2 * * ? *)` for `02:30`. */
export function nightly({ at }: Deployment['sweep']): string {
  const [hour, minute] = at.split(':').map(Number);
  return `cron(${minute} ${hour} * * ? *)`;
}
