'use strict';

// What serverless.yml includes. CommonJS, so that an older Node gets as far as a sentence that says what to do.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  throw plainly(
    `Node ${process.versions.node} runs this, which cannot read TypeScript. Use npx serverless, or npm run deploy: they take Node 24 from node_modules.`,
  );
}

try {
  const { hubOf } = require('./hub.ts');
  const { stackSettings } = require('./settings.ts');
  const settings = stackSettings();
  const { slackSecret } = settings.deployment;
  module.exports = {
    hub: hubOf(settings),
    functions: {
      postToSlack: included('post-to-slack', slackSecret !== undefined),
      remediateFinding: included('remediate-finding', settings.baseline.fixed.length > 0),
    },
  };
} catch (error) {
  const isOurs = ['BaselineError', 'DeploymentError', 'UserMistake'].includes(error?.name);
  throw isOurs ? plainly(error.message) : error;
}

/** A function's own file, where it is wanted at all. */
function included(name, wanted) {
  return ({ resolveVariable }) => (wanted ? resolveVariable(`file(./functions/${name}/function.yml)`) : {});
}

/** A mistake of a person: shown without a stack. */
function plainly(message) {
  return Object.assign(new Error(message), { stack: message });
}
