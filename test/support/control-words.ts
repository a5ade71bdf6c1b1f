import type { AnyControl, Message } from '../../shared/controls/define-control.ts';

const LONGEST_MESSAGE = 160;

/** What is wrong with the words of a control; an empty list is right. */
export function wordProblems(control: AnyControl): string[] {
  const { title, why, howToFix, messages, notJudged = {}, remediation } = control;
  const texts = Object.entries(messages as Record<string, Message>).map(
    ([name, message]) => [`messages.${name}`, typeof message === 'string' ? message : message.text] as const,
  );
  const sentences: (readonly [string, string | undefined])[] = [
    ['why', why],
    ['howToFix', howToFix],
    ...texts,
    ...Object.entries(notJudged).map(([name, text]) => [`notJudged.${name}`, text] as const),
    ['remediation.risk', remediation?.risk],
    ['remediation.irreversible', remediation?.irreversible],
    ...Object.entries(control.params.shape).map(([name, field]) => [`params.${name}`, described(field)] as const),
  ];
  return [
    ...(/^[A-Z].*[^.!?\s]$/.test(title) ? [] : [`title: "${title}" is no statement without a full stop.`]),
    ...sentences.flatMap(([name, text]) =>
      text === undefined || /^[A-Z`{].*\.$/.test(text) ? [] : [`${name}: "${text}" is no sentence.`],
    ),
    ...texts.flatMap(([name, text]) =>
      text.length > LONGEST_MESSAGE ? [`${name} has ${text.length} characters, more than ${LONGEST_MESSAGE}.`] : [],
    ),
  ];
}

/** A param without a description is no sentence either. */
function described(field: unknown): string {
  return (field as { description?: string }).description ?? '';
}
