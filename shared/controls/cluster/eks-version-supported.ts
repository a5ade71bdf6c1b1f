import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { DAY } from '../../runtime/clock.ts';
import { defineControl } from '../define-control.ts';
import { isOlder, isPlatformBehind, phaseOf } from '../kubernetes-version.ts';

/** Days before the end of support from which on it is urgent. */
const URGENT = 30;

export default defineControl({
  id: 'eks-version-supported',
  title: 'Kubernetes version is in standard support',
  severity: 'high',
  why: 'After standard support a version costs extra, after extended support AWS upgrades the cluster by itself.',
  howToFix: 'Upgrade one minor version at a time, once all upgrade insights pass.',
  references: {
    securityHub: ['EKS.2'],
    nist: ['CA-9(1)', 'CM-2', 'SI-2'],
    pci: ['6.3.3'],
    responsibility: 'shared',
  },

  resources: [cluster],
  needs: ['versionStatus'],
  triggers: ['eks:CreateCluster', 'eks:UpdateClusterVersion', 'eks:CancelUpdate'],
  fix: 'approve',

  params: z.object({
    warnDays: z.int().min(0).max(730).default(90).describe('Days before the end of support from which on it fails.'),
    minVersion: z
      .string()
      .regex(/^(?:\d{1,3}\.\d{1,4})?$/, 'must be a version such as "1.34"')
      .default('')
      .describe('Oldest Kubernetes version that is allowed, in quotes; empty: any.'),
    allowExtended: z.boolean().default(false).describe('Extended support passes until its own end comes near.'),
  }),

  messages: {
    unsupported: { text: 'Kubernetes {version} is not supported any more.', severity: 'critical' },
    extended: 'Kubernetes {version} is in extended support until {end}, at extra cost.',
    endsNow: { text: 'The {support} support of Kubernetes {version} ends on {end}.', severity: 'high' },
    endsSoon: { text: 'The {support} support of Kubernetes {version} ends on {end}.', severity: 'medium' },
    tooOld: 'Kubernetes {version} is older than {oldest}, the oldest version allowed.',
    platformBehind: { text: 'Platform version {platform} is behind {newest}.', severity: 'low' },
  },

  shows: ({ subject }) =>
    `Kubernetes ${subject.version ?? 'unknown'}, platform ${subject.platformVersion ?? 'unknown'}`,

  evaluate({ subject, params, now, pass, fail, notApplicable, unforeseen }) {
    if (subject.connectorConfig) return notApplicable('AWS does not support the version of an external cluster.');
    const { version = '', platformVersion = '', facets } = subject;
    const listed = facets.versionStatus;
    if (listed === null || listed.versionStatus === 'UNSUPPORTED') return fail('unsupported', { version });
    const phase = phaseOf(listed);
    if (phase === undefined) return unforeseen('versionStatus', listed.versionStatus);
    if (phase.ends === undefined) return unforeseen(`versionStatus.${phase.field}`, phase.ends);

    const said = [];
    const { support } = phase;
    const end = phase.ends.toISOString().slice(0, 10);
    const left = (phase.ends.getTime() - now.getTime()) / DAY;
    if (support === 'extended' && !params.allowExtended) said.push(fail('extended', { version, end }));
    else if (left < params.warnDays) said.push(fail(left < URGENT ? 'endsNow' : 'endsSoon', { support, version, end }));
    const oldest = params.minVersion || version;
    if (isOlder(version, oldest)) said.push(fail('tooOld', { version, oldest }));
    const newest = listed.defaultPlatformVersion ?? '';
    const behind = subject.outpostConfig ? false : isPlatformBehind(platformVersion, newest);
    if (behind) said.push(fail('platformBehind', { platform: platformVersion, newest }));
    if (said.length > 0) return said;
    return behind === undefined ? unforeseen('platformVersion', platformVersion) : pass();
  },
});
