Shop.cart = (function (Shop, $, storage) {
  'use strict';

  var KEY = 'storefront.cart';
  var MOST = 99;
  var FREE_FROM = 150000;
  var DELIVERY = 7000;
  var lines = load();

  function stored() {
    try {
      return JSON.parse(storage.getItem(KEY)) || {};
    } catch (ignored) {
      // Storage is switched off, or holds nonsense: an empty cart is the answer to both.
      return {};
    }
  }

  function load() {
    var kept = {};
    $.each(stored(), function (id, quantity) {
      // A product may have left the shelf, and anybody can edit the storage.
      if (Shop.catalogue.byId(id) && quantity >= 1) {
        kept[id] = Math.min(MOST, Math.floor(quantity));
      }
    });
    return kept;
  }

  function changed() {
    try {
      storage.setItem(KEY, JSON.stringify(lines));
    } catch (ignored) {
      // The cart then lives as long as the page.
    }
    Shop.emit('cart:changed', cart);
  }

  var cart = {
    most: MOST,

    add: function (id) {
      cart.set(id, (lines[id] || 0) + 1);
    },

    /** 0 takes the line out; anything that is not a number leaves it as it is. */
    set: function (id, quantity) {
      var n = Math.floor(Number(quantity));
      if (n === 0) {
        delete lines[id];
      } else if (n > 0) {
        lines[id] = Math.min(MOST, n);
      }
      changed();
    },

    clear: function () {
      lines = {};
      changed();
    },

    lines: function () {
      return $.map(lines, function (quantity, id) {
        var product = Shop.catalogue.byId(id);
        return { product: product, quantity: quantity, sum: product.price * quantity };
      });
    },

    totals: function () {
      var goods = 0;
      var count = 0;
      $.each(cart.lines(), function (i, line) {
        goods += line.sum;
        count += line.quantity;
      });
      var delivery = goods === 0 || goods >= FREE_FROM ? 0 : DELIVERY;
      return { count: count, goods: goods, delivery: delivery, toFree: FREE_FROM - goods, all: goods + delivery };
    }
  };

  return cart;
}(Shop, jQuery, window.sessionStorage))
