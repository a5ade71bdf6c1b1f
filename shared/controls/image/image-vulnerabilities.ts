import { z } from 'zod';
import { image } from '../../resources/image.ts';
import { defineControl } from '../define-control.ts';
import { overdue, some } from '../open-vulnerabilities.ts';

const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED', 'UNDEFINED'];
const LIST_OF_IMAGES = /manifest\.list|image\.index/;
/** What says how a container is run; a chart, a software bill and other artifacts have something else in its place. */
const OF_IMAGE = /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\./;

export default defineControl({
  id: 'image-vulnerabilities',
  title: 'Images have no critical or high vulnerabilities past their time',
  severity: 'high',
  why: 'A known flaw with a fix is what attackers try first, and a container is often open to the internet.',
  howToFix: 'Rebuild the image on a newer base or with newer packages, and deploy it.',
  references: { cis: ['5.1.1'], securityHub: ['Inspector.2', 'ECR.1'] },

  resources: [image],
  needs: ['scan'],
  triggers: ['ecr:PutImage', 'ecr:ImageScan', 'inspector2:Finding', 'inspector2:Scan'],
  fix: 'manual',
  notJudged: {
    workload: 'Which images run in clusters is not known: every image of a repository is judged.',
    exploits: 'Lists of exploited flaws (CISA KEV) and their likelihood (EPSS) are not read.',
    elsewhere: 'Images outside ECR are not looked at, and the same digest in two repositories counts twice.',
  },

  params: z.object({
    slaCritical: z.int().min(0).default(7).describe('Days until a critical vulnerability must be gone.'),
    slaHigh: z.int().min(0).default(30).describe('Days until a high one must be gone.'),
    minSeverity: z.enum(['critical', 'high']).default('high').describe('The least severity that counts.'),
    ignoreUnfixed: z.boolean().default(true).describe('Leaves out what has neither a fix nor a known exploit.'),
    accepted: z
      .array(z.strictObject({ cve: z.string().min(1), repository: z.string().min(1), until: z.iso.date() }))
      .default([])
      .describe('Vulnerabilities accepted in a repository, each to the end of a day.'),
  }),

  messages: {
    critical: {
      text: 'Critical vulnerabilities past their time: {count} ({names}); days allowed: {days}.',
      severity: 'critical',
    },
    high: {
      text: 'High vulnerabilities past their time: {count} ({names}); days allowed: {days}.',
      severity: 'high',
    },
  },

  evaluate({ subject, params, now, pass, fail, notApplicable, unforeseen }) {
    const { imageManifestMediaType = '', subjectManifestDigest, imageStatus, imagePushedAt: pushed, facets } = subject;
    if (LIST_OF_IMAGES.test(imageManifestMediaType))
      return notApplicable('A list of images: each is judged by itself.');
    if (subjectManifestDigest) return notApplicable('It belongs to another image, as a signature does.');
    if (imageStatus === 'ARCHIVED') return notApplicable('It is archived and cannot be pulled.');

    const { status, findings } = facets.scan ?? { status: 'not made yet', findings: [] };
    if (status !== 'COMPLETE' && status !== 'ACTIVE') {
      const isImage = OF_IMAGE.test(subject.artifactMediaType ?? 'application/vnd.oci.image.config.');
      return isImage ? unforeseen('scan', status) : notApplicable('It is no image, but a chart or something else.');
    }
    const strange = findings.find(({ severity }) => !SEVERITIES.includes(severity));
    if (strange) return unforeseen('severity', strange.severity);
    const repository = subject.at.id.slice(0, subject.at.id.lastIndexOf('@'));
    const late = overdue({ repository, pushed, findings }, params, now);
    if (late === undefined) return unforeseen('imagePushedAt', pushed);

    const fails = [
      ...(late.critical.length > 0 ? [fail('critical', told(late.critical, params.slaCritical))] : []),
      ...(late.high.length > 0 ? [fail('high', told(late.high, params.slaHigh))] : []),
    ];
    return fails.length > 0 ? fails : pass();
  },
});

function told(names: readonly string[], days: number) {
  return { count: names.length, days, names: some(names) };
}
