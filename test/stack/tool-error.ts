/** What these tests need of the machine is not there: told in a sentence, without a stack. */
export class ToolError extends Error {
  override name = 'ToolError';
}
