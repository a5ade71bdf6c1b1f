import type { NodeImage } from '../resources/node-template.ts';

export type OsFamily =
  | 'Amazon Linux 2'
  | 'Amazon Linux 2023'
  | 'Bottlerocket'
  | 'Windows 2019'
  | 'Windows'
  /** An image that neither EKS nor Bottlerocket made. */
  | 'other';

const BY_TYPE: readonly (readonly [RegExp, OsFamily])[] = [
  [/^AL2_/, 'Amazon Linux 2'],
  [/^AL2023_/, 'Amazon Linux 2023'],
  [/^BOTTLEROCKET_/, 'Bottlerocket'],
  [/^WINDOWS_\w+_2019_/, 'Windows 2019'],
  [/^WINDOWS_\w+_20[2-9]\d_/, 'Windows'],
];

/** As EKS and Bottlerocket name their images; those for AL2 carry no system in their names. */
const BY_NAME: readonly (readonly [RegExp, OsFamily])[] = [
  [/^amazon-eks-node-al2023-/, 'Amazon Linux 2023'],
  [/^amazon-eks-(?:gpu-|arm64-)?node-\d/, 'Amazon Linux 2'],
  [/^bottlerocket-aws-k8s-/, 'Bottlerocket'],
  [/^Windows_Server-2019-.*EKS_Optimized/, 'Windows 2019'],
  [/^Windows_Server-20[2-9]\d-.*EKS_Optimized/, 'Windows'],
];

const familyIn = (table: typeof BY_TYPE, text: string) => table.find(([pattern]) => pattern.test(text))?.[1];

/** Undefined for a type that came after this, and for CUSTOM: its image tells. */
export function familyOf(amiType: string | undefined): OsFamily | undefined {
  return familyIn(BY_TYPE, amiType ?? '');
}

/** A name alone is no proof, anyone can give it: it counts on images of Amazon's own. */
export function familyOfImage({ name, ownerAlias }: NodeImage): OsFamily {
  return (ownerAlias === 'amazon' ? familyIn(BY_NAME, name ?? '') : undefined) ?? 'other';
}
