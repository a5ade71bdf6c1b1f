import type { Opening } from './ingress.ts';
import { isAllPorts, overlap, type PortRange, spelled, without } from './ports.ts';

/** SSH, RDP, the kubelet, Docker, the API server and etcd. */
const SENSITIVE: readonly PortRange[] = [
  ...[22, 3389, 10_250, 10_255, 2375, 2376, 6443].map((port) => ({ from: port, to: port })),
  { from: 2379, to: 2380 },
];

export const GRADES = ['sensitive', 'nodePorts', 'other'] as const;
export type Grade = (typeof GRADES)[number];

/** How bad it is by the worst of its ports. */
export function gradeOf({ protocol, ports }: Opening, nodePorts: readonly PortRange[]): Grade {
  if (ports === undefined) return 'other';
  if (isAllPorts(ports)) return 'sensitive';
  if (protocol === 'tcp' && SENSITIVE.some((each) => overlap(each, ports))) return 'sensitive';
  return nodePorts.some((each) => overlap(each, ports)) ? 'nodePorts' : 'other';
}

export function spelledOpening({ protocol, ports }: Opening): string {
  if (ports === undefined) return protocol;
  return isAllPorts(ports) ? `every ${protocol} port` : `${protocol} ${spelled(ports)}`;
}

/** The openings that remain where some ports may be open to anyone. */
export function openingsWithout(openings: readonly Opening[], taken: readonly PortRange[]): Opening[] {
  return openings.flatMap((each): Opening[] => {
    const { ports, protocol } = each;
    return ports === undefined ? [each] : taken.reduce(without, [ports]).map((left) => ({ protocol, ports: left }));
  });
}
