import { relative } from 'node:path';
import { ROOT } from './install.js';
import { suitesOf } from './suite-groups.js';

/** Tells Jest's progress: one line for each suite as it or its group ends, and what failed right below. */
export default class ProgressReporter {
  onTestResult(_, result, { numTotalTestSuites, ...done }) {
    const ended = done.numPassedTestSuites + done.numFailedTestSuites + done.numPendingTestSuites;
    const { testFilePath, testResults, perfStats, failureMessage } = result;
    const place = `${String(ended).padStart(String(numTotalTestSuites).length)}/${numTotalTestSuites}`;
    const whole = (perfStats.end - perfStats.start) / 1000;
    const suites = [...suitesOf(testFilePath, testResults)];
    if (suites.length === 0) write(`${place} ${relative(ROOT, testFilePath)}  could not run, ${seconds(whole)}`);
    if (suites.length > 1) write(`${place} ${suites.length} suites, ${seconds(whole)}`);
    for (const [file, tests] of suites) {
      const own = tests.reduce((sum, { duration }) => sum + (duration ?? 0) / 1000, 0);
      if (suites.length > 1) write(`${' '.repeat(place.length)} ${file}  ${outcome(tests)}, ${seconds(own)}`);
      else write(`${place} ${file}  ${outcome(tests)}, ${seconds(whole)}`);
    }
    if (failureMessage) write(failureMessage);
  }

  onRunComplete(_, { wasInterrupted }) {
    if (wasInterrupted) process.stderr.write('The tests were interrupted.\n');
  }
}

function outcome(tests) {
  const counts = [
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['pending', 'skipped'],
    ['todo', 'to do'],
  ].map(([status, name]) => [tests.filter((test) => test.status === status).length, name]);
  const told = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
  return told.join(', ') || 'could not run';
}

function seconds(count) {
  return `${count.toFixed(1)} s`;
}

function write(line) {
  process.stderr.write(`${line}\n`);
}
