import { z } from 'zod';
import type { Known } from '../../shared/baseline/read.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { type AnyControl, defineControl } from '../../shared/controls/define-control.ts';
import { cluster } from '../../shared/resources/cluster.ts';
import type { AnyKind } from '../../shared/resources/kind.ts';

const sample = {
  severity: 'high',
  why: 'A sample.',
  howToFix: 'Nothing to do.',
  references: {},
  resources: [cluster],
  needs: [],
  triggers: ['eks:CreateCluster'],
  messages: { wrong: 'It is wrong.' },
} as const;

/**
 * Made-up controls: one that only a person may fix, one that needs an approval, one that destroys, one of a later
 * catalogue.
 */
export const SAMPLE_CONTROLS: readonly AnyControl[] = [
  logging,
  defineControl({
    ...sample,
    id: 'sample-manual',
    title: 'Only a person may fix this',
    fix: 'manual',
    params: z
      .object({
        least: z.int().min(1).max(32).default(4),
        most: z.int().min(1).max(32).default(8),
        networks: z.array(z.cidrv4().or(z.cidrv6())).default([]),
      })
      .refine(({ least, most }) => least <= most, 'least must not be above most.'),
    evaluate: ({ pass }) => pass(),
  }),
  defineControl({
    ...sample,
    id: 'sample-approve',
    title: 'A fix of this needs an approval',
    fix: 'approve',
    params: z.object({}),
    evaluate: ({ pass }) => pass(),
    remediation: { risk: 'None.', uses: ['eks:UpdateClusterConfig'], plan: () => [], irreversible: 'A sample.' },
  }),
  defineControl({
    ...sample,
    id: 'sample-destroys',
    title: 'The fix of this destroys',
    fix: 'auto',
    params: z.object({}),
    evaluate: ({ pass }) => pass(),
    remediation: { risk: 'None.', uses: ['ecr:DeleteRepositoryPolicy'], plan: () => [], irreversible: 'A sample.' },
  }),
  defineControl({
    ...sample,
    id: 'sample-later',
    since: 2,
    title: 'Came with the second catalogue',
    fix: 'none',
    params: z.object({}),
    evaluate: ({ pass }) => pass(),
  }),
];

const nodegroup = { ...cluster, kind: 'nodegroup' } as AnyKind;

/** 2026-11-21, noon UTC. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 21, 12);

export const SAMPLE_KNOWN: Known = {
  catalogue: SAMPLE_CONTROLS,
  kinds: [cluster, nodegroup],
  groups: ['cluster', 'node'],
  now: SAMPLE_NOW,
};
