import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { admittedCidrs, endpointsInWords, isRestricted, withoutEndpoint } from '../cluster-endpoint.ts';
import { defineControl } from '../define-control.ts';

export default defineControl({
  id: 'eks-endpoint-public-disabled',
  title: 'Public Kubernetes API endpoint is off',
  severity: 'high',
  why: 'An endpoint that the internet cannot reach is safe from stolen tokens and from flaws that are not patched yet.',
  howToFix:
    'Turn the private endpoint on and the public one off in one call. People and hybrid nodes outside the VPC need a network path to it first.',
  references: {
    cis: ['5.4.1', '5.4.2'],
    securityHub: ['EKS.1'],
    nist: ['AC-3', 'AC-4', 'AC-6', 'AC-21', 'SC-7'],
    pci: ['1.4.4'],
    responsibility: 'customer',
  },

  resources: [cluster],
  needs: [],
  triggers: ['eks:CreateCluster', 'eks:UpdateClusterConfig'],
  fix: 'approve',

  params: z.object({
    profile: z
      .enum(['strict', 'balanced'])
      .default('strict')
      .describe('`balanced` makes an endpoint that only few networks can reach a low finding.'),
  }),

  messages: {
    public: 'The Kubernetes API endpoint is public.',
    restricted: { text: 'The Kubernetes API endpoint is public, for {cidrs} only.', severity: 'low' },
  },

  shows: ({ subject }) => endpointsInWords(subject),

  evaluate({ subject, params, pass, fail, notApplicable }) {
    const without = withoutEndpoint(subject);
    if (without) return notApplicable(without);
    const admitted = admittedCidrs(subject);
    if (admitted === undefined) return pass();
    const lenient = params.profile === 'balanced' && isRestricted(admitted);
    return lenient ? fail('restricted', { cidrs: admitted.join(', ') }) : fail('public');
  },
});
