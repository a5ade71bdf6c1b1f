import { z } from 'zod';
import { defineControl } from '../../shared/controls/define-control.ts';
import { cluster } from '../../shared/resources/cluster.ts';
export const bad = defineControl({
  id: 'z',
  title: 't',
  severity: 'high',
  why: '',
  howToFix: '',
  references: {},
  resources: [cluster],
  needs: ['encryptionKey'],
  fix: 'auto',
  // @ts-expect-error miscased trigger
  triggers: ['eks:createCluster'],
  params: z.object({}),
  messages: { bad: 'Key {key}.' },
  evaluate({ subject, fail, pass }) {
    // @ts-expect-error a facet that was not asked for
    subject.facets.versionStatus;
    subject.facets.encryptionKey?.KeyManager;
    // @ts-expect-error misspelt placeholder
    if (subject.name) return fail('bad', { kye: 'x' });
    // @ts-expect-error missing data
    if (subject.arn) return fail('bad');
    // @ts-expect-error unknown message
    if (subject.id) return fail('worse');
    return pass();
  },
  remediation: {
    risk: 'r',
    uses: ['eks:UpdateClusterConfig'],
    plan: () => [
      // @ts-expect-error undeclared write
      { safety: 'auto', action: 'ecr:SetRepositoryPolicy', input: {} },
    ],
  },
});
export const badNeed = defineControl({
  id: 'z',
  title: 't',
  severity: 'high',
  why: '',
  howToFix: '',
  references: {},
  resources: [cluster],
  fix: 'none',
  // @ts-expect-error no such facet
  needs: ['subnets'],
  triggers: [],
  params: z.object({}),
  messages: {},
  evaluate: ({ pass }) => pass(),
});
