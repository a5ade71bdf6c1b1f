/**
 * What `doctor` tells and the emulator cannot show, each with the reason, by the name of the test in
 * test/cli/doctor/after-deploy.test.ts that proves it with a stand-in.
 */
export const NOT_BROKEN: Readonly<Record<string, string>> = {
  'a subscription is unconfirmed': 'the emulator lists the ARN of a subscription before anybody has confirmed it',
  'a function is joined to its queue, and gets nothing': 'no mapping of the emulator has a problem of its own',
  'nobody may look at what joins functions to queues': 'the emulator lets everybody read a mapping',
  'a rule was deleted': 'nothing but a deployment could restore it, with its targets and rights',
};
