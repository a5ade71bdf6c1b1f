export * from '../runtime/terminal.ts';
