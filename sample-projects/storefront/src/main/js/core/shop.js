/*
 * The one global of the page. Every other script adds to it, so this one comes first.
 */
var Shop = (function ($) {
  'use strict';

  var shop = {
    version: 1,
    events: $({})
  };

  /** Returns the object at a dotted path below Shop and makes what is missing on the way. */
  shop.namespace = function (path) {
    var at = shop;
    $.each(path.split('.'), function (i, name) {
      at = at[name] = at[name] || {};
    });
    return at;
  };

  /** The views listen here for what the models say: 'cart:changed', 'order:placed'. */
  shop.on = function (name, handler) {
    shop.events.on(name, function (event, detail) {
      handler(detail);
    });
  };

  shop.emit = function (name, detail) {
    shop.events.trigger(name, [detail]);
  };

  return shop;
}(jQuery));
