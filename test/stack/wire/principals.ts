/** Who made a call. */
export interface Principal {
  account: string;
  /** ARN of the role. */
  role: string;
  /** A function's name, or what a session was called. */
  session: string;
}

interface Statement {
  Effect: string;
  Action: string | readonly string[];
}

/** The actions that the documents of a role allow, as they are written. The emulator itself judges resources and conditions of its own services. */
export function grantedBy(documents: readonly string[]): string[] {
  const statements = documents.flatMap((text) =>
    [(JSON.parse(text) as { Statement: Statement | Statement[] }).Statement].flat(),
  );
  return [...new Set(statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => [Action].flat()))];
}

/** Whether those documents allow an action. `*` stands for what it does in IAM. */
export function allowedBy(documents: readonly string[]): (action: string) => boolean {
  const patterns = grantedBy(documents).map((action) => new RegExp(`^${action.replaceAll('*', '.*')}$`, 'i'));
  return (action) => patterns.some((pattern) => pattern.test(action));
}
