import { Command } from 'commander';
import packaged from '../../package.json' with { type: 'json' };
import { ackCommand } from './ack/command.ts';
import { completionCommand } from './completion/command.ts';
import { controlsCommand } from './controls.ts';
import { costCommand } from './cost/command.ts';
import { coverageCommand } from './coverage/command.ts';
import { diffCommand } from './diff/command.ts';
import { doctorCommand } from './doctor/command.ts';
import { withExamples } from './examples.ts';
import { explainCommand } from './explain/command.ts';
import { fixesCommand } from './fixes/command.ts';
import { initCommand } from './init/command.ts';
import { muteCommand } from './mute/command.ts';
import { notifyCommand } from './notify/command.ts';
import type { Output } from './output.ts';
import { policyCommand } from './policy.ts';
import { redriveCommand } from './redrive/command.ts';
import { replayCommand } from './replay/command.ts';
import { reportCommand } from './report/command.ts';
import { scanCommand } from './scan/command.ts';
import { snapshotCommand } from './snapshot/command.ts';
import { sweepCommand } from './sweep/command.ts';
import { undoCommand } from './undo/command.ts';
import { validateCommand } from './validate.ts';
import { waiveCommand } from './waive/command.ts';

/** The whole command: a line for each of its parts. */
export function commands(output: Output): Command {
  const program = new Command('eks-warden')
    .description('Keeps every Amazon EKS estate at its security baseline.')
    .version(packaged.version)
    .option('--baseline <file>', 'the baseline to work with (default: ./baseline.yml, else the shipped one)')
    .showHelpAfterError('Help: npx eks-warden --help')
    .exitOverride();
  controlsCommand(program, output);
  validateCommand(program, output, Date.now);
  policyCommand(program, output, Date.now);
  replayCommand(program, output, Date.now, async (...asked) => {
    const { lookAtSnapshot } = await import('./replay/look-at-snapshot.ts');
    return lookAtSnapshot(...asked);
  });
  doctorCommand(program, output);
  notifyCommand(program, output);
  sweepCommand(program, output);
  fixesCommand(program, output);
  undoCommand(program, output);
  muteCommand(program, output);
  ackCommand(program, output);
  redriveCommand(program, output);
  costCommand(program, output);
  initCommand(program, output);
  completionCommand(program, output);
  explainCommand(program, output, Date.now);
  waiveCommand(program, output, Date.now);
  coverageCommand(program, output, Date.now);
  scanCommand(program, output);
  snapshotCommand(program, output);
  diffCommand(program, output);
  reportCommand(program, output);
  return withExamples(program);
}
