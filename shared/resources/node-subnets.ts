import type { RouteTable, Subnet } from '@aws-sdk/client-ec2';
import type { Nodegroup } from '@aws-sdk/client-eks';
import { combine, known, onFound, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';

/** A subnet of nodes, and where its effective route table leads. */
export interface NodeSubnet {
  id: string;
  /** The account that owns it: a shared VPC belongs to another one, and its events occur there. */
  owner: string | null;
  /** Its route table: the one associated with it, else the main one of its VPC. */
  routeTable: string;
  /** A default route, in one piece or several, leads to an internet gateway. */
  public: boolean;
}

const SUBNETS = 'ec2:DescribeSubnets';
const TABLES = 'ec2:DescribeRouteTables';

/** One call for the subnets and one for the route tables of each VPC they are in, which is one. */
export async function nodeSubnets(reader: Reader, base: Nodegroup): Promise<Read<NodeSubnet[]>> {
  const named = onFound(known(base.subnets), 'eks:DescribeNodegroup', (ids) => (ids?.length ? ids : undefined));
  if (named.outcome !== 'found') return named;
  const ids = named.value;
  const answer = await reader.read(SUBNETS, { SubnetIds: ids });
  const subnets = onFound(answer, SUBNETS, ({ Subnets }) => Subnets);
  if (subnets.outcome !== 'found') return subnets;
  if (subnets.value.length < ids.length) return { outcome: 'gone', began: subnets.began };
  const vpcs = new Set(subnets.value.flatMap(({ VpcId }) => VpcId ?? []));
  const tables = combine(
    await Promise.all(
      [...vpcs].sort().map((id) => reader.read(TABLES, { Filters: [{ Name: 'vpc-id', Values: [id] }] })),
    ),
  );
  const routed = onFound(tables, TABLES, (answers) => {
    const all = answers.flatMap(({ RouteTables }) => RouteTables ?? []);
    const found = subnets.value.flatMap((subnet) => withRoutes(subnet, all) ?? []);
    return found.length < ids.length ? undefined : found;
  });
  return { ...routed, began: Math.min(subnets.began, routed.began) };
}

/** Undefined without a route table: each VPC has a main one, so the answer is not whole. */
function withRoutes({ SubnetId, VpcId, OwnerId }: Subnet, tables: readonly RouteTable[]): NodeSubnet | undefined {
  const own = tables.find(({ Associations }) => Associations?.some((each) => each.SubnetId === SubnetId));
  const main = tables.find((table) => table.VpcId === VpcId && table.Associations?.some((each) => each.Main));
  const table = own ?? main;
  if (SubnetId === undefined || table?.RouteTableId === undefined || table.Routes === undefined) return undefined;
  return { id: SubnetId, owner: OwnerId ?? null, routeTable: table.RouteTableId, public: leadsOut(table.Routes) };
}

/** As wide as no network of ours: the default route, halves of it, and `2000::/3`, which is all of the IPv6 internet. */
const DEFAULT_ROUTE = /\/[0-7]$/;

function leadsOut(routes: NonNullable<RouteTable['Routes']>): boolean {
  return routes.some(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock, GatewayId }) =>
      DEFAULT_ROUTE.test(DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? '') && GatewayId?.startsWith('igw-'),
  );
}
