(function (Shop, $) {
  'use strict';

  var template = Shop.namespace('template');
  var texts = {};
  var entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

  template.escape = function (value) {
    return String(value === undefined || value === null ? '' : value).replace(/[&<>"']/g, function (c) {
      return entities[c];
    });
  };

  /** Fills {{name}} in the page's <script type="text/template" id="..."> with escaped values. */
  template.render = function (id, values) {
    var text = texts[id] || (texts[id] = $.trim($('#' + id).html()));
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, function (all, name) {
      return template.escape(values[name]);
    });
  };
}(Shop, jQuery));
