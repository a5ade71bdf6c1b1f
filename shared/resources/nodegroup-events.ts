import { arnName, decoded } from './arn.ts';
import { firstId } from './ids.ts';
import { object, text } from './json.ts';
import type { FarKind, Locate } from './kind.ts';

/** `name` is the cluster, here too; an answer has it as `clusterName`. */
const named: Locate = ({ request, response }) => {
  const answer = object(response, 'nodegroup');
  const cluster = text(request, 'name') ?? text(request, 'clusterName') ?? text(answer, 'clusterName');
  const name = text(request, 'nodegroupName') ?? text(answer, 'nodegroupName');
  return firstId('nodegroup', `${cluster ?? ''}/${name ?? ''}`);
};

/** The ARN goes on after the name: `nodegroup/<cluster>/<name>/<uuid>`. It travels in the URL, encoded. */
const tagged: Locate = ({ request, arns }) => {
  const arn = decoded(text(request, 'resourceArn') ?? arns[0] ?? '');
  if (!arn) return undefined;
  const name = arnName(arn, 'nodegroup');
  return name === undefined ? [] : firstId('nodegroup', name.split('/').slice(0, 2).join('/'));
};

/** The call names an association only: whose route table it changes, or whether of the whole VPC, it does not say. */
const any: Locate = () => undefined;

const touchedBy = {
  'eks:CreateNodegroup': named,
  'eks:DeleteNodegroup': named,
  'eks:UpdateNodegroupConfig': named,
  'eks:UpdateNodegroupVersion': named,
  'eks:TagResource': tagged,
  'eks:UntagResource': tagged,
  'ec2:ReplaceRouteTableAssociation': any,
  'ec2:DisassociateRouteTable': any,
} as const satisfies Record<string, Locate>;

/** Apart from the kind itself, because node groups and security groups are each reached through the other. */
export const nodegroupEvents = { kind: 'nodegroup', touchedBy } satisfies FarKind<keyof typeof touchedBy>;
