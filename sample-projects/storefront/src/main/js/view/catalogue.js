Shop.namespace('view').catalogue = function (root) {
  'use strict';

  var $ = jQuery;
  var wanted = { kind: '', text: '', order: 'shelf' };

  function render() {
    var found = Shop.catalogue.find(wanted);
    root.find('.cards').html($.map(found, function (product) {
      return Shop.template.render('card-template', $.extend({}, product, { price: Shop.format.money(product.price) }));
    }).join(''));
    root.find('.found').text(found.length ? Shop.format.count(found.length, 'product', 'products') : 'Nothing found. Try another word.');
  }

  root.on('click', '.kinds button', function () {
    wanted.kind = $(this).data('kind');
    root.find('.kinds button').each(function () {
      $(this).attr('aria-pressed', String($(this).data('kind') === wanted.kind));
    });
    render();
  });

  root.on('input', '#search', function () {
    wanted.text = this.value;
    render();
  });

  root.on('change', '#order', function () {
    wanted.order = this.value;
    render();
  });

  root.on('click', '.add', function () {
    var product = Shop.catalogue.byId($(this).data('id'));
    Shop.cart.add(product.id);
    $('#said').text(product.english + ' is in the cart.');
  });

  render();
};
