import { z } from 'zod';
import { accountRegion } from '../../resources/account-region.ts';
import { defineControl } from '../define-control.ts';
import { addedReadWriteType, DETAILS, leastFlaws } from '../trail-flaws.ts';

export default defineControl({
  id: 'trail-enabled',
  title: 'A multi-Region CloudTrail trail logs management events, and is logging',
  severity: 'critical',
  why: 'Without such a trail nobody can tell who changed what, and no change reaches eks-warden before the nightly sweep.',
  howToFix:
    'Start logging again, or give one trail all Regions and all management events that write, with no service left out.',
  references: { cis: ['2.1.2'], securityHub: ['CloudTrail.1', 'CloudTrail.3'], responsibility: 'customer' },

  resources: [accountRegion],
  needs: ['trails'],
  triggers: [
    'cloudtrail:CreateTrail',
    'cloudtrail:UpdateTrail',
    'cloudtrail:DeleteTrail',
    'cloudtrail:StopLogging',
    'cloudtrail:StartLogging',
    'cloudtrail:PutEventSelectors',
    'cloudtrail:PutInsightSelectors',
  ],
  fix: 'approve',

  params: z.object({
    trailName: z.string().default('').describe('Only the trail of this name counts; empty: any.'),
    requireOrgTrail: z.boolean().default(false).describe('Only a trail of the whole organisation will do.'),
    expectedDetails: z
      .array(z.enum(DETAILS))
      .default([])
      .describe('What the trail is to record besides; both cost extra.'),
  }),

  messages: {
    none: 'No trail records {region}.',
    noneOfName: 'There is no trail {trail} in {region}.',
    oneRegion: 'The trail {trail} records its home Region only.',
    ownAccountOnly: 'The trail {trail} is not one of the whole organisation.',
    stopped: 'The trail {trail} is not logging.',
    undelivered: 'The trail {trail} cannot deliver: {error}.',
    gaps: 'The trail {trail} does not record all management events that write.',
    leavesOut: { text: 'The trail {trail} leaves out {sources}.', severity: 'medium' },
    lacks: { text: 'The trail {trail} does not record {details} events.', severity: 'info' },
  },

  shows: ({ subject }) =>
    subject.facets.trails
      .map(({ trail, status }) => `${trail.Name}: ${status.logging ? 'logging' : 'stopped'}`)
      .join(', ') || 'no trail',

  evaluate({ subject, params, pass, fail, unforeseen }) {
    const { trails } = subject.facets;
    const { region } = subject.at;
    const { trailName, requireOrgTrail: organisation, expectedDetails } = params;
    if (trails.length === 0) return fail('none', { region });
    const counting = trails.filter(({ trail }) => trailName === '' || trail.Name === trailName);
    const flaws = leastFlaws(counting, { organisation, details: expectedDetails });
    if (flaws === undefined) return fail('noneOfName', { trail: trailName, region });
    const added = addedReadWriteType(counting);
    if (flaws.gaps && added !== undefined) return unforeseen('trails.selectors.ReadWriteType', added);
    const { name: trail, deliveryError, leavesOut, lacks } = flaws;
    const said = [
      ...(flaws.oneRegion ? [fail('oneRegion', { trail })] : []),
      ...(flaws.ownAccountOnly ? [fail('ownAccountOnly', { trail })] : []),
      ...(flaws.stopped ? [fail('stopped', { trail })] : []),
      ...(deliveryError === null ? [] : [fail('undelivered', { trail, error: deliveryError })]),
      ...(flaws.gaps ? [fail('gaps', { trail })] : []),
      ...(leavesOut.length > 0 ? [fail('leavesOut', { trail, sources: leavesOut.join(', ') })] : []),
      ...(lacks.length > 0 ? [fail('lacks', { trail, details: lacks.join(' and ') })] : []),
    ];
    return said.length > 0 ? said : pass();
  },
});
