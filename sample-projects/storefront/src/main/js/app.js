jQuery(function ($) {
  'use strict';

  Shop.view.catalogue($('#catalogue'));
  Shop.view.cart($('#cart'), $('#badge'));
  Shop.view.checkout($('#checkout'), $('#done'));

  // For whoever runs the shop, not for its visitors: index.html?selftest
  if (/[?&]selftest\b/.test(window.location.search)) {
    $('#selftest').removeAttr('hidden').on('click', Shop.report.selfTest);
  }
})