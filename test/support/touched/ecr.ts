import { of, type Touching } from './touching.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const IMAGE = `team/payments@${DIGEST}`;
const finding = (repositoryName: unknown, type = 'AWS_ECR_CONTAINER_IMAGE') => ({
  resources: [{ type, details: { awsEcrContainerImage: { repositoryName, imageHash: DIGEST } } }],
});

export const ECR: readonly Touching[] = [
  [
    'image',
    'ecr:PutImage',
    { request: { repositoryName: 'team/payments' }, response: { image: { imageId: { imageDigest: DIGEST } } } },
    [IMAGE],
  ],
  [
    'image',
    'ecr:PutImage',
    { response: { image: { repositoryName: 'team/payments', imageId: { imageDigest: DIGEST } } } },
    [IMAGE],
  ],
  ['image', 'ecr:PutImage', { request: { repositoryName: 'team/payments', imageDigest: DIGEST } }, [IMAGE]],
  ['image', 'ecr:PutImage', { request: { repositoryName: 'team/payments', imageTag: '1.4.2' } }, undefined],
  [
    'image',
    'ecr:BatchDeleteImage',
    {
      request: { repositoryName: 'team/payments' },
      response: {
        imageIds: [
          { imageDigest: DIGEST, imageTag: 'a' },
          { imageDigest: DIGEST, imageTag: 'b' },
        ],
      },
    },
    [IMAGE],
  ],
  [
    'image',
    'ecr:BatchDeleteImage',
    {
      request: { repositoryName: 'team/payments', imageIds: [{ imageDigest: DIGEST }] },
      response: { imageIds: [], failures: [{}] },
    },
    [],
  ],
  [
    'image',
    'ecr:BatchDeleteImage',
    { request: { repositoryName: 'team/payments', imageIds: [{ imageDigest: DIGEST }] } },
    [IMAGE],
  ],
  [
    'image',
    'ecr:BatchDeleteImage',
    { request: { repositoryName: 'team/payments', imageIds: [{ imageTag: 'a' }] } },
    undefined,
  ],
  [
    'image',
    'ecr:ImageAction',
    {
      detail: {
        result: 'SUCCESS',
        'action-type': 'DELETE',
        'repository-name': 'team/payments',
        'image-digest': DIGEST,
      },
    },
    [IMAGE],
  ],
  [
    'image',
    'ecr:ImageAction',
    {
      detail: { result: 'SUCCESS', 'action-type': 'PUSH', 'repository-name': 'team/payments', 'image-digest': DIGEST },
    },
    [],
  ],
  [
    'image',
    'ecr:ImageAction',
    {
      detail: {
        result: 'FAILURE',
        'action-type': 'DELETE',
        'repository-name': 'team/payments',
        'image-digest': DIGEST,
      },
    },
    [],
  ],
  [
    'image',
    'ecr:ImageScan',
    { detail: { 'repository-name': 'team/payments', 'image-digest': DIGEST, 'image-tags': [] } },
    [IMAGE],
  ],
  ['image', 'ecr:ImageScan', { detail: {} }, undefined],
  [
    'image',
    'inspector2:Scan',
    {
      detail: {
        'repository-name': 'arn:aws:ecr:eu-west-1:111122223333:repository/team/payments',
        'image-digest': DIGEST,
      },
    },
    [IMAGE],
  ],
  ['image', 'inspector2:Finding', { detail: finding('team/payments') }, [IMAGE]],
  ['image', 'inspector2:Finding', { detail: finding('team/payments', 'AWS_EC2_INSTANCE') }, []],
  ['image', 'inspector2:Finding', { detail: finding(7) }, undefined],
  [
    'repository',
    of(
      'ecr',
      'CreateRepository',
      'DeleteRepository',
      'PutImageTagMutability',
      'SetRepositoryPolicy',
      'DeleteRepositoryPolicy',
    ),
    { request: { repositoryName: 'team/payments' } },
    ['team/payments'],
  ],
  [
    'repository',
    'ecr:CreateRepository',
    { response: { repository: { repositoryName: 'team/payments' } } },
    ['team/payments'],
  ],
  [
    'repository',
    'ecr:SetRepositoryPolicy',
    { arns: ['arn:aws:ecr:eu-west-1:111122223333:repository/team/payments'] },
    ['team/payments'],
  ],
  ['repository', 'ecr:SetRepositoryPolicy', { request: { repositoryName: 'Team Payments' } }, undefined],
];
