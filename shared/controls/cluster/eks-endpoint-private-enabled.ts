import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { endpointsInWords, withoutEndpoint } from '../cluster-endpoint.ts';
import { clusterUpdate } from '../cluster-update.ts';
import { defineControl } from '../define-control.ts';

export default defineControl({
  id: 'eks-endpoint-private-enabled',
  title: 'Private endpoint is on',
  severity: 'medium',
  why: 'Without it the nodes reach the API over public addresses, through a NAT or internet gateway.',
  howToFix:
    'Turn the private endpoint on. The VPC needs DNS support and DNS hostnames, each cluster subnet five free addresses.',
  references: { cis: ['5.4.2'], responsibility: 'customer' },

  resources: [cluster],
  needs: ['vpcDns'],
  triggers: ['eks:CreateCluster', 'eks:UpdateClusterConfig', 'ec2:ModifyVpcAttribute'],
  fix: 'auto',

  params: z.object({}),

  messages: {
    off: 'The private endpoint is off: nodes reach the Kubernetes API over public addresses.',
    dnsBroken: { text: 'The private endpoint is on, but its VPC has {missing} off.', severity: 'high' },
  },

  shows: ({ subject }) => endpointsInWords(subject),

  evaluate({ subject, pass, fail, notApplicable, unforeseen }) {
    const without = withoutEndpoint(subject);
    if (without) return notApplicable(without);
    const { remoteNetworkConfig, resourcesVpcConfig: network } = subject;
    if (remoteNetworkConfig?.remoteNodeNetworks?.length && network?.endpointPublicAccess !== false) {
      return notApplicable('With hybrid nodes and a public endpoint, AWS wants no private one.');
    }
    if (network?.endpointPrivateAccess !== true) return fail('off');
    const dns = subject.facets.vpcDns;
    if (dns === null) return unforeseen('resourcesVpcConfig.vpcId', network.vpcId);
    const missing = [
      ...(dns.enableDnsSupport ? [] : ['enableDnsSupport']),
      ...(dns.enableDnsHostnames ? [] : ['enableDnsHostnames']),
    ];
    return missing.length > 0 ? fail('dnsBroken', { missing: missing.join(' and ') }) : pass();
  },

  remediation: {
    risk: 'Inside the VPC the name of the endpoint then resolves to private addresses, which security groups must admit.',
    uses: ['eks:UpdateClusterConfig'],
    plan: ({ subject }) => {
      const { enableDnsSupport, enableDnsHostnames } = subject.facets.vpcDns ?? {};
      const possible = enableDnsSupport && enableDnsHostnames && !subject.resourcesVpcConfig?.endpointPrivateAccess;
      return possible ? [clusterUpdate(subject, 'auto', { resourcesVpcConfig: { endpointPrivateAccess: true } })] : [];
    },
    undo: ({ before, subject }) => {
      const was = before.resourcesVpcConfig?.endpointPrivateAccess === true;
      const { endpointPrivateAccess, endpointPublicAccess } = subject.resourcesVpcConfig ?? {};
      return !was && endpointPrivateAccess && endpointPublicAccess
        ? [clusterUpdate(subject, 'approve', { resourcesVpcConfig: { endpointPrivateAccess: false } })]
        : [];
    },
  },
});
