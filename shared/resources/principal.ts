import { defineKind, type Locate } from './kind.ts';
import type { Resource } from './resource.ts';

/** What an event itself says of a call: the subject of a sighting. Only facts that a control may judge. */
export interface SightedCall {
  /** Kind `principal`; the id is the principal's ARN. */
  resource: Resource;
  event: string;
  eventId: string;
  time: number;
  tlsVersion?: string;
  cipherSuite?: string;
  address?: string;
  userAgent?: string;
}

/** There is nothing to read again: the event is the fact, and comes as a sighting. */
const sighted: Locate = () => [];

export const principal = defineKind<SightedCall>()({
  kind: 'principal',
  called: 'principal',
  judged: 'sighting',
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'eks:CreateCluster': sighted,
    'eks:UpdateClusterConfig': sighted,
    'eks:CreateNodegroup': sighted,
    'eks:CreateAccessEntry': sighted,
    'ecr:CreateRepository': sighted,
    'ecr:PutImage': sighted,
  },
  reachedThrough: [],
});
