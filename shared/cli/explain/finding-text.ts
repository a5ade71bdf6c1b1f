import { SEVERITIES } from '../../controls/define-control.ts';
import { isId } from '../../resources/ids.ts';
import type { Output } from '../output.ts';
import { severityColour } from '../severity-colour.ts';
import { plain } from '../terminal.ts';
import { type Explained, placeOf } from './explained.ts';
import { acceptance, ackWords, culprit, evidence, stepWords, verdictWords } from './finding-words.ts';
import { labelled, paragraphs } from './paragraphs.ts';
import { SNIPPETS } from './snippets/index.ts';
import type { Place, Template } from './snippets/snippet.ts';

/** A finding for reading: what, where, who, when, how to put it right and how to accept it. */
export function findingText(explained: Explained, output: Pick<Output, 'colour' | 'width'>, now: number): string {
  const { reported, control, history } = explained;
  const { colour } = output;
  const { resource } = reported;
  const { part, code } = paragraphs(output);
  const severity = SEVERITIES.includes(reported.severity) ? reported.severity : 'info';
  const accept = acceptance(explained, now);
  return [
    `${severityColour(colour, severity)}  ${colour.bold(control.title)}`,
    plain(`${control.id} on ${resource.kind} ${resource.id} (${resource.account}, ${resource.region})`),
    colour.dim(plain(reported.id)),
    ...part('What it says', verdictWords(explained)),
    ...part('What was found', labelled(evidence(explained))),
    ...part('Who did it', labelled(culprit(explained))),
    ...part('What happened', [...(history ?? []).map(stepWords), ...ackWords(explained)]),
    ...part('Why it matters', [control.why]),
    ...repair(explained, output),
    ...(accept.length === 0
      ? []
      : [
          ...part('How to accept it instead', ['With the command, or by these lines in baseline.yml:']),
          ...code('Waiver', accept),
        ]),
  ].join('\n');
}

/** The fix by each tool; nothing where nothing is to be put right. */
function repair(explained: Explained, output: Pick<Output, 'colour' | 'width'>): string[] {
  const { reported, control } = explained;
  if (reported.verdict !== 'fail' && reported.verdict !== 'waived') return permission(explained, output);
  const { part, code } = paragraphs(output);
  const snippets = SNIPPETS[control.id];
  const place = placeOf(explained);
  if (snippets === undefined || !isId(place.resource.kind, place.resource.id)) {
    return part('How to put it right', [control.howToFix]);
  }
  const steps = snippets.console(place).map((step, at) => `  ${at + 1}. ${step}`);
  return [
    ...part('How to put it right', [
      control.howToFix,
      'Words in capitals are to be replaced; files show only what has to change.',
      reported.plan && `eks-warden would call ${reported.plan.map((call) => call.split(' ')[0]).join(', ')}.`,
    ]),
    ...code('AWS CLI', snippets.cli(place)),
    ...part('  Console', steps),
    ...file('Terraform', snippets.terraform, place, output),
    ...file('CloudFormation', snippets.cloudformation, place, output),
    ...file('eksctl', snippets.eksctl, place, output),
  ];
}

/** What would let an unknown be judged. */
function permission({ reported: { unread } }: Explained, output: Pick<Output, 'colour' | 'width'>): string[] {
  if (unread?.missing === undefined) return [];
  const statement = JSON.stringify({ Effect: 'Allow', Action: unread.missing, Resource: '*' });
  return paragraphs(output).code('To the policy of the role that reads', [statement]);
}

function file(tool: string, template: Template, place: Place, output: Pick<Output, 'colour' | 'width'>): string[] {
  const { part, code } = paragraphs(output);
  return typeof template === 'function'
    ? code(tool, template(place).trimEnd().split('\n'))
    : part(`  ${tool}`, [`  ${template.none}`]);
}
