import type { Nodegroup } from '@aws-sdk/client-eks';
import { aResource } from './located.ts';

export const at = aResource('nodegroup', 'payments/workers');
export const FIRST = 'subnet-0a1b2c3d4e5f60718';
export const SECOND = 'subnet-0b1b2c3d4e5f60718';
export const workers: Nodegroup = {
  clusterName: 'payments',
  nodegroupName: 'workers',
  createdAt: new Date('2026-01-02T03:04:05Z'),
  nodeRole: 'arn:aws:iam::111122223333:role/payments-node',
  subnets: [FIRST, SECOND],
  amiType: 'AL2023_x86_64_STANDARD',
  tags: { team: 'payments' },
};
export const templated: Nodegroup = {
  ...workers,
  amiType: 'CUSTOM',
  launchTemplate: { id: 'lt-0a1b2c3d4e5f60718', name: 'workers', version: '3' },
};
export const template = (LaunchTemplateData: object) => ({
  LaunchTemplateVersions: [{ LaunchTemplateId: 'lt-0a1b2c3d4e5f60718', VersionNumber: 3, LaunchTemplateData }],
});
