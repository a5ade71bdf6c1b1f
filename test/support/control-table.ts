import type { z } from 'zod';
import type { AnyControl, Fillings, Severity } from '../../shared/controls/define-control.ts';
import type { SubjectOf } from '../../shared/resources/kind.ts';

/** One example: a subject as read, with the params and at the time it is judged. */
export interface Row<C extends AnyControl> {
  subject: SubjectOf<C['resources'][number]>;
  params?: z.input<C['params']>;
  /** ISO 8601; without it the same moment for every row. */
  now?: string;
  /** The judged value in words; compared where it stands here, because notices tell what was before and is now. */
  shows?: string;
}

export interface Saying<C extends AnyControl> {
  message: keyof C['messages'] & string;
  /** What fills the message's holes; absent for one without. */
  data?: Fillings;
}

export interface FailRow<C extends AnyControl> extends Row<C>, Saying<C> {
  /** Of the whole verdict; needs to stand here only where a reader would not expect it. */
  severity?: Severity;
  /** What is said besides, in the order of severity. */
  also?: readonly Saying<C>[];
  /** Why the control's plan cannot put this one right; a plan that is not empty must. */
  unplanned?: string;
}

/** The examples of a control, each under a name that reads as a sentence after its heading. */
export interface ControlTable<C extends AnyControl> {
  passes: Readonly<Record<string, Row<C>>>;
  fails: Readonly<Record<string, FailRow<C>>>;
  notApplicable?: Readonly<Record<string, Row<C>>>;
  /** Values that AWS may add: the engine makes them `unknown`, naming the field. */
  unforeseen?: Readonly<Record<string, Row<C> & { field: string }>>;
}

export type AnyTable = ControlTable<AnyControl>;

/** A row as it stands in a table, whatever its control. */
export interface Example {
  heading: keyof AnyTable;
  name: string;
  row: Row<AnyControl> & Partial<Omit<FailRow<AnyControl>, keyof Row<AnyControl>>> & { field?: string };
}

/** Every row, in the order of the table. */
export function examplesOf(table: AnyTable): Example[] {
  const headings = ['passes', 'notApplicable', 'fails', 'unforeseen'] as const;
  return headings.flatMap((heading) =>
    Object.entries(table[heading] ?? {}).map(([name, row]) => ({ heading, name, row })),
  );
}
