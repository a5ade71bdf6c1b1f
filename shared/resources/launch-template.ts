import { ec2Id } from './ec2-requests.ts';
import { defineKind, type Locate } from './kind.ts';

/** A call may name the template by its name; the answer always has the id. */
const named: Locate = (touched) =>
  ec2Id(
    'launch-template',
    touched,
    'launchTemplateId',
    ['launchTemplate', 'launchTemplateId'],
    ['launchTemplateVersion', 'launchTemplateId'],
  );

export const launchTemplate = defineKind()({
  kind: 'launch-template',
  called: 'launch template',
  judged: 'linked',
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'ec2:CreateLaunchTemplate': named,
    'ec2:CreateLaunchTemplateVersion': named,
    'ec2:ModifyLaunchTemplate': named,
  },
  reachedThrough: [],
});
