'use strict';

/** Bundles the functions before they are packaged, and empties the bucket of the sweep before the stack is removed. */
module.exports = class EksWarden {
  constructor(serverless, options) {
    const packageArtifacts = async () => (await import('./artifacts.ts')).packageArtifacts();
    this.hooks = {
      'before:package:cleanup': async () => {
        const { artifactFolder } = await import('./artifacts.ts');
        const folder = artifactFolder(serverless.service.service);
        if (folder) serverless.service.package.artifactDirectoryName = folder;
      },
      'before:package:createDeploymentArtifacts': packageArtifacts,
      'before:package:function:package': packageArtifacts,
      'after:package:createDeploymentArtifacts': async () => {
        const { keepForComparison } = await import('./artifacts.ts');
        const { functions } = serverless.service;
        keepForComparison(
          Object.values(functions).map((each) => each.package.artifact),
          serverless.serviceDir,
        );
      },
      'before:remove:remove': async () => {
        const { emptySweepBucket } = await import('./leaving.ts');
        const { stackName, region } = serverless.service.provider;
        const profile = options['aws-profile'];
        await emptySweepBucket(stackName, { region, ...(profile ? { profile } : {}) });
      },
    };
  }
};
