import type { AMITypes } from '@aws-sdk/client-eks';
import control from '../../../shared/controls/node/node-os-optimized.ts';
import { aNodegroup } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const ofType = (amiType: string) => aNodegroup({ amiType: amiType as AMITypes });
const ofImage = (name: string, ownerAlias: string | null = 'amazon', owner = '602401143452') =>
  aNodegroup({ amiType: 'CUSTOM', facets: { image: { id: 'ami-0a1b2c3d4e5f60718', name, owner, ownerAlias } } });
const unknownImage = (owner: string) => ({
  message: 'unknownImage' as const,
  data: { image: 'ami-0a1b2c3d4e5f60718', owner },
});

testControl(control, {
  passes: {
    Bottlerocket: { subject: aNodegroup() },
    'Amazon Linux 2023': { subject: ofType('AL2023_x86_64_STANDARD') },
    'Amazon Linux 2023 for GPUs, of a type newer than this control': { subject: ofType('AL2023_ARM_64_NEXT') },
    'Windows Server 2022': { subject: ofType('WINDOWS_CORE_2022_x86_64') },
    'Windows Server 2025': { subject: ofType('WINDOWS_FULL_2025_x86_64') },
    'Bottlerocket, where it is preferred': {
      subject: ofType('BOTTLEROCKET_ARM_64_FIPS'),
      params: { preferBottlerocket: true },
    },
    'a type that is allowed by name': {
      subject: ofType('AL2023_ARM_64_STANDARD'),
      params: { allowedAmiTypes: ['AL2023_ARM_64_STANDARD'] },
    },
    'a type that nobody knows yet, allowed by name': {
      subject: ofType('AL2027_x86_64_STANDARD'),
      params: { allowedAmiTypes: ['AL2027_x86_64_STANDARD'] },
    },
    'an image of EKS named in the template': {
      subject: ofImage('amazon-eks-node-al2023-x86_64-standard-1.36-v20261101'),
    },
    'an image of Bottlerocket named in the template': { subject: ofImage('bottlerocket-aws-k8s-1.36-x86_64-v1.52.0') },
    'an image of EKS for Windows named in the template': {
      subject: ofImage('Windows_Server-2022-English-Core-EKS_Optimized-1.36-2026.11.05'),
    },
    'an image of an approved account': {
      subject: ofImage('hardened', null, '444455556666'),
      params: { approvedAmiOwners: ['444455556666'] },
    },
    'an image of its own account, where that is approved': {
      subject: ofImage('hardened', null, '111122223333'),
      params: { approvedAmiOwners: ['self'] },
    },
  },

  fails: {
    'Amazon Linux 2': { subject: ofType('AL2_x86_64'), message: 'amazonLinux2' },
    'Amazon Linux 2 for GPUs': { subject: ofType('AL2_x86_64_GPU'), message: 'amazonLinux2' },
    'Amazon Linux 2 by the image of a template': {
      subject: ofImage('amazon-eks-node-1.32-v20250514'),
      message: 'amazonLinux2',
    },
    'Amazon Linux 2 for arm64 by the image of a template': {
      subject: ofImage('amazon-eks-arm64-node-1.31-v20250514'),
      message: 'amazonLinux2',
    },
    'Windows Server 2019': { subject: ofType('WINDOWS_CORE_2019_x86_64'), message: 'oldWindows' },
    'Windows Server 2019 by the image of a template': {
      subject: ofImage('Windows_Server-2019-English-Full-EKS_Optimized-1.36-2026.11.05'),
      message: 'oldWindows',
    },
    'Amazon Linux 2023, where Bottlerocket is preferred': {
      subject: ofType('AL2023_x86_64_STANDARD'),
      params: { preferBottlerocket: true },
      message: 'notBottlerocket',
    },
    'a type that is not among those allowed': {
      subject: ofType('BOTTLEROCKET_x86_64'),
      params: { allowedAmiTypes: ['AL2023_x86_64_STANDARD'] },
      message: 'notAllowed',
      data: { amiType: 'BOTTLEROCKET_x86_64' },
    },
    'an image of its own account': {
      subject: ofImage('hardened', null, '111122223333'),
      ...unknownImage('111122223333'),
    },
    'an image of Amazon that is not for nodes': {
      subject: ofImage('al2023-ami-2023.9.20261101-x86_64', 'amazon', '137112412989'),
      ...unknownImage('137112412989'),
    },
    'an image of a stranger under the name of one of EKS': {
      subject: ofImage('amazon-eks-node-al2023-x86_64-standard-1.36-v20261101', null, '999988887777'),
      ...unknownImage('999988887777'),
    },
    'an image of another account than the approved one': {
      subject: ofImage('hardened', null, '999988887777'),
      params: { approvedAmiOwners: ['444455556666', 'self'] },
      ...unknownImage('999988887777'),
    },
  },

  unforeseen: {
    'U-05: a type that AWS adds later': { subject: ofType('AL2027_x86_64_STANDARD'), field: 'amiType' },
    'U-01: an answer without a type': { subject: aNodegroup({ amiType: undefined }), field: 'amiType' },
  },
});
