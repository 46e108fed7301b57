(function (Shop) {
  'use strict';

  var format = Shop.namespace('format');

  /** 189000 kopiykas -> "1 890,00 ₴", with spaces that do not break. */
  format.money = function (kopiykas) {
    var sign = kopiykas < 0 ? '−' : '';
    var amount = Math.abs(kopiykas);
    var whole = String(Math.floor(amount / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
    var rest = ('0' + amount % 100).slice(-2);
    return sign + whole + ',' + rest + '\u00a0₴';
  };

  /** (1, 'item', 'items') -> "1 item" */
  format.count = function (n, one, many) {
    return n + ' ' + (n === 1 ? one : many);
  };

  /** What is compared when somebody searches: "М’ята" is found as "м'ята". */
  format.plain = function (text) {
    return String(text).toLowerCase().replace(/[’ʼ`]/g, "'").replace(/\s+/g, ' ');
  };
}(Shop)) // prices are whole kopiykas everywhere: 0.1 + 0.2 is not 0.3