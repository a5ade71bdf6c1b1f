import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { principal } from '../../../shared/resources/principal.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type SightingSubject = SubjectOf<typeof principal>;

const at = {
  kind: 'principal',
  id: 'arn:aws:iam::111122223333:role/deployer',
  account: '111122223333',
  region: 'eu-west-1',
} as const;

const whole = (): SightingSubject => ({
  kind: principal.kind,
  at,
  partition: 'aws',
  usedBy: [],
  facets: {},
  resource: at,
  event: 'eks:UpdateClusterConfig',
  eventId: '0d4a1b52-5d3f-4c8e-9f0a-6b7c8d9e0f11',
  time: Date.parse('2026-11-21T11:58:00Z'),
  tlsVersion: 'TLSv1.3',
  cipherSuite: 'TLS_AES_128_GCM_SHA256',
  address: '198.51.100.7',
  userAgent: 'aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux#6.8 md/arch#x86_64 lang/python#3.13.7',
});

/** A call that every control passes. */
export function aSighting(overrides: Overrides<SightingSubject> = {}): SightingSubject {
  return laidOver(whole(), overrides);
}
