(function (Shop, window) {
  'use strict';

  var report = Shop.namespace('report');

  report.errors = [];

  window.addEventListener('error', function (event) {
    report.errors.push({
      message: event.message,
      line: event.lineno,
      column: event.colno,
      stack: event.error && event.error.stack
    });
  });

  /** Fails on purpose, so that whoever runs the shop can see that errors arrive with the right file and line. */
  report.selfTest = function () {
    throw new Error('Self-test: this error was asked for');
  };
}(Shop, window))