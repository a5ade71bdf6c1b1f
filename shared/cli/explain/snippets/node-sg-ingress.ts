import { cloudFormation } from './files.ts';
import { resource } from './hcl.ts';
import { rulesOf } from './rules.ts';
import type { Snippets } from './snippet.ts';

/** A network that documentation uses, for the one that needs the port. */
const CIDR = '203.0.113.0/24';
const PORT = 443;

export const nodeSgIngress: Snippets = {
  cli: ({ resource: { id, region } }) => rulesOf(id, region),
  console: ({ resource: { id } }) => [
    `In EC2, Security Groups, choose ${id}, then Edit inbound rules.`,
    'Take out what everyone may reach, or name the load balancer, the bastion or the network that needs it, and save.',
  ],
  terraform: ({ resource: { id } }) =>
    resource('aws_vpc_security_group_ingress_rule', id, {
      security_group_id: id,
      cidr_ipv4: CIDR,
      ip_protocol: 'tcp',
      from_port: PORT,
      to_port: PORT,
    }),
  cloudformation: ({ resource: { id } }) =>
    cloudFormation('Ingress', 'EC2::SecurityGroupIngress', {
      GroupId: id,
      CidrIp: CIDR,
      IpProtocol: 'tcp',
      FromPort: PORT,
      ToPort: PORT,
    }),
  eksctl: { none: 'It makes the groups of clusters and nodes, and no rules of your own.' },
};
