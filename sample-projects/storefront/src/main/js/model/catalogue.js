Shop.catalogue = (function (Shop, $) {
  'use strict';

  // price in kopiykas
  var products = [
    { id: 'honey-linden', kind: 'honey', art: 'honey', tint: '#f1cf6b', name: 'Мед липовий', english: 'Linden honey', note: 'Light and minty, 0.5 kg', price: 18500 },
    { id: 'honey-buckwheat', kind: 'honey', art: 'honey', tint: '#8a4b1f', name: 'Мед гречаний', english: 'Buckwheat honey', note: 'Dark, with a bite, 0.5 kg', price: 16500 },
    { id: 'honey-meadow', kind: 'honey', art: 'honey', tint: '#e0982c', name: 'Мед із різнотрав’я', english: 'Meadow honey', note: 'From one Polissia apiary, 1 kg', price: 29000 },
    { id: 'tea-carpathian', kind: 'tea', art: 'tea', tint: '#b4533a', name: 'Чай «Карпатський»', english: 'Carpathian herbs', note: 'Rose hip, oregano, linden, 100 g', price: 9550 },
    { id: 'tea-thyme', kind: 'tea', art: 'tea', tint: '#5f8a55', name: 'Чебрець і м’ята', english: 'Thyme and mint', note: 'For the end of the day, 80 g', price: 7800 },
    { id: 'tea-fireweed', kind: 'tea', art: 'tea', tint: '#a5527f', name: 'Іван-чай', english: 'Fermented fireweed', note: 'No caffeine, 100 g', price: 12000 },
    { id: 'jug-opishnia', kind: 'ceramics', art: 'jug', tint: '#b5562f', name: 'Глечик опішнянський', english: 'Opishnia jug', note: 'Red clay, thrown by hand, 1.5 l', price: 64000 },
    { id: 'bowl-cockerel', kind: 'ceramics', art: 'bowl', tint: '#c9803f', name: 'Миска «Півник»', english: 'Cockerel bowl', note: 'Underglaze painting, 22 cm', price: 42000 },
    { id: 'cup-kosiv', kind: 'ceramics', art: 'cup', tint: '#4f7a4a', name: 'Горнятко косівське', english: 'Kosiv cup', note: 'Green, ochre and brown, 300 ml', price: 31000 },
    { id: 'towel-tree', kind: 'linen', art: 'towel', tint: '#f6f1e4', name: 'Рушник «Дерево життя»', english: 'Tree of life towel', note: 'Cross-stitch on linen, 1.8 m', price: 145000 },
    { id: 'cloth-linen', kind: 'linen', art: 'cloth', tint: '#d8cbb0', name: 'Скатертина лляна', english: 'Linen tablecloth', note: 'Softened, 150 × 220 cm', price: 189000 },
    { id: 'napkins', kind: 'linen', art: 'napkins', tint: '#e6dcc6', name: 'Серветки, 4 шт.', english: 'Four napkins', note: 'Hemstitched edge, 40 × 40 cm', price: 38000 }
  ];

  var orders = {
    shelf: function () { return 0; },
    cheap: function (a, b) { return a.price - b.price; },
    dear: function (a, b) { return b.price - a.price; },
    name: function (a, b) { return a.name.localeCompare(b.name, 'uk'); }
  };

  return {
    byId: function (id) {
      return $.grep(products, function (p) { return p.id === id; })[0];
    },

    /** wanted: kind ('' for all), text (in either language), order (a key of orders) */
    find: function (wanted) {
      var text = Shop.format.plain($.trim(wanted.text || ''));
      return $.grep(products, function (p) {
        var words = Shop.format.plain([p.name, p.english, p.note].join(' '));
        return (!wanted.kind || p.kind === wanted.kind) && words.indexOf(text) >= 0;
      }).sort(orders[wanted.order] || orders.shelf);
    }
  };
}(Shop, jQuery));