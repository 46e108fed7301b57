Shop.order = (function (Shop, $) {
  'use strict';

  var next = 1001;

  var rules = [
    ['name', function (v) { return v.length >= 2; }, 'Tell us whom the parcel is for.'],
    ['email', function (v) { return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(v); }, 'Enter an e-mail address such as olena@example.com.'],
    ['phone', function (v) { return /^\+?(38)?0\d{9}$/.test(v.replace(/[\s()-]/g, '')); }, 'Enter a phone number such as +380 67 123 45 67.'],
    ['city', function (v) { return v.length >= 2; }, 'Tell us where to send the parcel.']
  ];

  return {
    /** Returns a list of {field, message}, empty when all is well. */
    check: function (form) {
      return $.map(rules, function (rule) {
        return rule[1]($.trim(form[rule[0]] || '')) ? null : { field: rule[0], message: rule[2] };
      });
    },

    place: function (form) {
      var order = { number: next++, name: $.trim(form.name), email: $.trim(form.email), total: Shop.cart.totals().all };
      Shop.cart.clear();
      Shop.emit('order:placed', order);
      return order;
    }
  };
}(Shop, jQuery));
