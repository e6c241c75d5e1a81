import { relative } from 'node:path';
import { ROOT } from './install.js';

/** Tells Jest's progress: one line for each suite as it ends, and what failed in it right below. */
export default class ProgressReporter {
  onTestResult(_, result, { numTotalTestSuites, ...done }) {
    const ended = done.numPassedTestSuites + done.numFailedTestSuites + done.numPendingTestSuites;
    const { numPassingTests, numFailingTests, numPendingTests, perfStats, failureMessage } = result;
    const place = `${String(ended).padStart(String(numTotalTestSuites).length)}/${numTotalTestSuites}`;
    const counts = [
      [numPassingTests, 'passed'],
      [numFailingTests, 'failed'],
      [numPendingTests, 'skipped'],
    ].filter(([count]) => count > 0);
    const seconds = ((perfStats.end - perfStats.start) / 1000).toFixed(1);
    const outcome = counts.map(([count, what]) => `${count} ${what}`).join(', ') || 'could not run';
    process.stderr.write(`${place} ${relative(ROOT, result.testFilePath)}  ${outcome}, ${seconds} s\n`);
    if (failureMessage) process.stderr.write(`${failureMessage}\n`);
  }

  onRunComplete(_, { wasInterrupted }) {
    if (wasInterrupted) process.stderr.write('The tests were interrupted.\n');
  }
}
