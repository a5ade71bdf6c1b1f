import { z } from 'zod';
import { CLUSTER_USES } from '../../resources/cluster.ts';
import { NODEGROUP_USES } from '../../resources/nodegroup.ts';
import { securityGroup } from '../../resources/security-group.ts';
import { defineControl } from '../define-control.ts';
import { ingressOf, openings, wideNetworks } from '../ingress.ts';
import { GRADES, gradeOf, openingsWithout, spelledOpening } from '../openings.ts';
import { LAUNCH_TEMPLATE_CALLS, NODEGROUP_CALLS, SECURITY_GROUP_CALLS } from '../triggers.ts';

const ON_NODES: ReadonlySet<string> = new Set([
  CLUSTER_USES.clusterGroup,
  NODEGROUP_USES.templateGroup,
  NODEGROUP_USES.remoteAccessGroup,
]);

export default defineControl({
  id: 'node-sg-ingress',
  title: 'Node security groups expose nothing to the world',
  severity: 'high',
  why: 'A port of a node that the internet reaches is one flaw away from the containers on it and from the node role.',
  howToFix: 'Revoke the rule, or let in only the load balancer, the bastion or the network that needs the port.',
  references: { securityHub: ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.19'] },

  resources: [securityGroup],
  needs: ['prefixLists', 'nodePortRange', 'vpcCidrs'],
  triggers: [
    ...SECURITY_GROUP_CALLS,
    ...NODEGROUP_CALLS,
    ...LAUNCH_TEMPLATE_CALLS,
    'eks:CreateCluster',
    'eks:UpdateClusterConfig',
    'ec2:ModifyManagedPrefixList',
  ],
  fix: 'approve',
  notJudged: {
    instance: 'Groups that only single instances or the network interfaces of pods have are not known.',
    loadBalancer: 'Whether a load balancer keeps client addresses, and so needs open NodePorts, is not looked at.',
  },

  params: z.object({
    allowedIngressCidrs: z
      .array(z.cidrv4().or(z.cidrv6()))
      .default([])
      .describe('Networks that may come in on any port.'),
    allowNodePortFromWorld: z
      .boolean()
      .default(false)
      .describe('NodePorts may be open to anyone, for load balancers that keep client addresses.'),
  }),

  messages: {
    sensitive: { text: 'Anyone on the internet can reach {ports}.', severity: 'critical' },
    nodePorts: { text: 'Anyone on the internet can reach NodePorts: {ports}.', severity: 'high' },
    other: { text: 'Anyone on the internet can reach {ports}.', severity: 'medium' },
    wide: { text: 'Networks wider than /16 (IPv6: /48) may come in: {cidrs}.', severity: 'medium' },
  },

  evaluate({ subject, params, pass, fail, notApplicable, unforeseen }) {
    const { usedBy, IpPermissions: rules, facets } = subject;
    if (!usedBy.some(({ as }) => as.some((use) => ON_NODES.has(use))))
      return notApplicable('No nodes have this group.');
    if (rules === undefined) return unforeseen('IpPermissions', rules);

    const ingress = ingressOf(rules, facets.prefixLists);
    const taken = params.allowNodePortFromWorld ? facets.nodePortRange : [];
    const open = openingsWithout(openings(ingress, params.allowedIngressCidrs), taken);
    const wide = wideNetworks(ingress, [...facets.vpcCidrs, ...params.allowedIngressCidrs]);
    const fails = GRADES.flatMap((grade) => {
      const ports = open.filter((each) => gradeOf(each, facets.nodePortRange) === grade).map(spelledOpening);
      return ports.length > 0 ? [fail(grade, { ports: ports.join(', ') })] : [];
    });
    const all = wide.length > 0 ? [...fails, fail('wide', { cidrs: wide.join(', ') })] : fails;
    return all.length > 0 ? all : pass();
  },
});
