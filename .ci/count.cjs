// Prints how many tests of a jest result passed, failed and were skipped. A file of tests that could not run has failed.
const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = require(
  require('node:path').resolve(process.argv[2]),
);

console.log(numPassedTests, numFailedTests + numRuntimeErrorTestSuites, numPendingTests);
