import { describe, expect, it } from 'vitest';
import { KINDS, kindOf } from '../../shared/resources/kinds.ts';
import { located } from '../support/located.ts';
import { EC2 } from '../support/touched/ec2.ts';
import { ECR } from '../support/touched/ecr.ts';
import { EKS } from '../support/touched/eks.ts';
import { IAM } from '../support/touched/iam.ts';
import { OTHERS } from '../support/touched/others.ts';

const EACH = [...EKS, ...EC2, ...IAM, ...ECR, ...OTHERS].flatMap(([kind, events, told, ids]) =>
  [events].flat().map((event) => ({ kind, event, told, ids })),
);

describe('what an event touches', () => {
  it.each(EACH)('$kind by $event: $ids', ({ kind, event, told, ids }) => {
    expect(located(kindOf(kind), event, told)).toEqual(ids);
  });

  it('every event of every kind stands in the table', () => {
    const known = KINDS.flatMap(({ kind, touchedBy }) => Object.keys(touchedBy).map((event) => `${kind} ${event}`));
    expect([...new Set(EACH.map(({ kind, event }) => `${kind} ${event}`))].sort()).toEqual(known.sort());
  });

  it('every event of a kind’s life is one that touches it', () => {
    const strays = KINDS.flatMap(({ kind, lifecycle: { created, deleted, tagged }, touchedBy }) =>
      [...created, ...deleted, ...tagged].filter((event) => !(event in touchedBy)).map((event) => `${kind} ${event}`),
    );
    expect(strays).toEqual([]);
  });
});
