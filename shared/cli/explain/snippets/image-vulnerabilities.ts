import { aws } from './shell.ts';
import type { Place, Snippets } from './snippet.ts';

const REBUILT = 'An image is rebuilt and deployed, not declared.';

function parts({ resource: { id } }: Place): { repositoryName: string; imageDigest: string } {
  const at = id.lastIndexOf('@');
  return { repositoryName: id.slice(0, at), imageDigest: id.slice(at + 1) };
}

export const imageVulnerabilities: Snippets = {
  cli(place) {
    const { repositoryName, imageDigest } = parts(place);
    const { region } = place.resource;
    return [
      '# What is wrong with it, and which version has the fix:',
      aws('ecr describe-image-scan-findings', { repositoryName, imageId: { imageDigest }, region }),
      '# Rebuild it on a newer base, push it, deploy it by its digest; then take the old one away:',
      aws('ecr batch-delete-image', { repositoryName, imageIds: [{ imageDigest }], region }),
    ];
  },
  console: (place) => [
    `In Amazon ECR, Private registry, Repositories, choose ${parts(place).repositoryName}, then ${parts(place).imageDigest}.`,
    'Under Vulnerabilities see which package has a fix; rebuild the image with it, push it and deploy it.',
  ],
  terraform: { none: REBUILT },
  cloudformation: { none: REBUILT },
  eksctl: { none: REBUILT },
};
