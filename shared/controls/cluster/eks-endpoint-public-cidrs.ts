import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { isInside, publicAddresses } from '../cidrs.ts';
import { admittedCidrs, endpointsInWords, OURS, wideCidrs, withoutEndpoint } from '../cluster-endpoint.ts';
import { defineControl } from '../define-control.ts';

export default defineControl({
  id: 'eks-endpoint-public-cidrs',
  title: 'A public endpoint is not open to the world',
  severity: 'critical',
  why: 'Whoever can reach the endpoint can try stolen tokens and unpatched flaws on it.',
  howToFix: 'Make the endpoint private, or list the networks that need it in publicAccessCidrs.',
  references: { cis: ['5.4.1'], securityHub: ['EKS.1'], responsibility: 'customer' },

  resources: [cluster],
  needs: [],
  triggers: ['eks:CreateCluster', 'eks:UpdateClusterConfig'],
  fix: 'approve',

  params: z.object({
    allowedCidrs: z.array(z.cidrv4().or(z.cidrv6())).default([]).describe('Where set, nothing outside these.'),
    minPrefixV4: z
      .int()
      .min(1)
      .max(32)
      .default(OURS.minPrefixV4)
      .describe('Shortest IPv4 prefix that is taken for a network of ours.'),
    minPrefixV6: z.int().min(1).max(128).default(OURS.minPrefixV6).describe('The same for IPv6.'),
    maxAddresses: z
      .int()
      .min(1)
      .default(OURS.maxAddresses)
      .describe('Most public IPv4 addresses that the list may cover.'),
  }),

  messages: {
    open: 'The API endpoint is reachable from {cidrs}.',
    tooMany: 'The networks that may reach the API endpoint have {count} public addresses, more than {most}.',
    notAllowed: 'The API endpoint is reachable from outside the allowed networks: {cidrs}.',
  },

  shows: ({ subject }) => endpointsInWords(subject),

  evaluate({ subject, params, pass, fail, notApplicable }) {
    const without = withoutEndpoint(subject);
    if (without) return notApplicable(without);
    const admitted = admittedCidrs(subject);
    if (admitted === undefined) return notApplicable('The public endpoint is off.');

    const open = wideCidrs(admitted, params);
    if (open.length > 0) return fail('open', { cidrs: open.join(', ') });

    const count = publicAddresses(admitted);
    if (count > params.maxAddresses) return fail('tooMany', { count, most: params.maxAddresses });

    const { allowedCidrs } = params;
    const strangers = allowedCidrs.length > 0 ? admitted.filter((cidr) => !isInside(cidr, allowedCidrs)) : [];
    return strangers.length > 0 ? fail('notAllowed', { cidrs: strangers.join(', ') }) : pass();
  },
});
